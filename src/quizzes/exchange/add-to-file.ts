import { type Document, isMap, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Report } from '../../authoring/problem.ts'
import { readYaml } from '../../authoring/written.ts'
import { quizSchema } from '../quiz.ts'
import { type Draft, Refusal } from './reading.ts'

/** A question with its id, as it goes into the file. */
export type Addition = { readonly id: string } & Draft

type Problem = { readonly line: number; readonly reason: string; readonly remedy: string }

/** What a quiz file says, or what is wrong with it. */
export function readQuizFile(file: string, text: string) {
  const problems: Problem[] = []
  const report: Report = (_, line, reason, remedy = '') => problems.push({ line, reason, remedy })
  const value = readYaml({ file, text }, quizSchema, report)?.value
  return { value, problems }
}

/** The text of a new quiz file: four in five to pass, an hour between tries, and ten questions at most in each. */
export function newFile(additions: readonly Addition[]): string {
  const draw = additions.length > 10 ? 'draw: 10\n' : ''
  return `pass-mark: 80\nwait: 1 hour\n${draw}questions:\n${itemsOf(additions, 2)}`
}

/**
 * A quiz file with more questions at the end of its list, or of that of the section at this place. What stands there
 * stays, letter for letter, unless its questions are written in one line, or a section has none so far.
 * @throws Refusal where the questions of the section are written elsewhere in the file
 */
export function fileWith(text: string, additions: readonly Addition[], section: number | null): string {
  const document = parseDocument(text)
  const questions = listIn(document, section)
  if (!questions) return withList(document, text, additions, section)
  const range = (item: unknown) => (item as { range?: [number, number, number] } | undefined)?.range
  const first = range(questions.items[0])
  const last = range(questions.items.at(-1))
  if (!questions.flow && last && first) {
    const indent = text.slice(0, first[0]).split('\n').at(-1)!.indexOf('-')
    const end = endOfLine(text, last[1])
    const before = text.slice(0, end)
    const added = `${before}${before.endsWith('\n') ? '' : '\n'}${itemsOf(additions, Math.max(0, indent))}${text.slice(end)}`
    const wanted = [questions.toJSON(), additions.map(clean)].flat()
    if (JSON.stringify(listIn(parseDocument(added), section)) === JSON.stringify(wanted))
      return text.includes('\r\n') ? added.replace(/\r?\n/g, '\r\n') : added
  }
  for (const addition of additions)
    questions.add(document.createNode(clean(addition), { aliasDuplicateObjects: false }))
  return document.toString({ lineWidth: 110 })
}

/** The quiz, or one of its sections. */
function partOf({ contents }: Document, section: number | null): YAMLMap | undefined {
  const sections = isMap(contents) ? contents.get('sections', true) : undefined
  const part = section === null ? contents : isSeq(sections) ? sections.items[section] : undefined
  return isMap(part) ? part : undefined
}

/** The list of questions that more may be added to. */
function listIn(document: Document, section: number | null): YAMLSeq | undefined {
  const list = partOf(document, section)?.get('questions', true)
  return isSeq(list) ? list : undefined
}

/** What draws from banks alone gets a list of its own. */
function withList(document: Document, text: string, additions: readonly Addition[], section: number | null) {
  if (section === null) return `${text}${text.endsWith('\n') ? '' : '\n'}questions:\n${itemsOf(additions, 2)}`
  const part = partOf(document, section)
  if (!part || part.has('questions'))
    throw new Refusal(
      'the questions of the section are written elsewhere in the file, by an alias',
      'Write them where the section is, and try again.',
    )
  const list = document.createNode(additions.map(clean), { aliasDuplicateObjects: false })
  part.set('questions', list)
  return document.toString({ lineWidth: 110 })
}

const endOfLine = (text: string, from: number) => {
  if (text[from - 1] === '\n') return from
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end + 1
}

const itemsOf = (additions: readonly Addition[], indent: number) =>
  stringify(additions.map(clean), { lineWidth: 110 - indent, aliasDuplicateObjects: false }).replace(
    /^(?=.)/gm,
    ' '.repeat(indent),
  )

/** In the order in which authors write it. */
const clean = ({ id, kind, ...rest }: Addition) => ({ id, kind, ...rest })
