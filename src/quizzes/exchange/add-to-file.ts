import { type Document, isMap, isSeq, parseDocument, stringify, type YAMLSeq } from 'yaml'
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
 * A quiz file with more questions at the end of its list: of a quiz in sections, that of the last one that has any. What
 * stands there stays, letter for letter, unless its questions are written in one line.
 * @throws Refusal where everything is drawn from banks, section by section
 */
export function fileWith(text: string, additions: readonly Addition[]): string {
  const document = parseDocument(text)
  const questions = listIn(document)
  if (!questions) return withList(document, text, additions)
  const range = (item: unknown) => (item as { range?: [number, number, number] } | undefined)?.range
  const first = range(questions.items[0])
  const last = range(questions.items.at(-1))
  if (!questions.flow && last && first) {
    const indent = text.slice(0, first[0]).split('\n').at(-1)!.indexOf('-')
    const end = endOfLine(text, last[1])
    const before = text.slice(0, end)
    const added = `${before}${before.endsWith('\n') ? '' : '\n'}${itemsOf(additions, Math.max(0, indent))}${text.slice(end)}`
    const wanted = [questions.toJSON(), additions.map(clean)].flat()
    if (JSON.stringify(listIn(parseDocument(added))) === JSON.stringify(wanted))
      return text.includes('\r\n') ? added.replace(/\r?\n/g, '\r\n') : added
  }
  for (const addition of additions)
    questions.add(document.createNode(clean(addition), { aliasDuplicateObjects: false }))
  return document.toString({ lineWidth: 110 })
}

/** The list of questions that more may be added to. */
function listIn(document: Document): YAMLSeq | undefined {
  const quiz = document.contents
  if (!isMap(quiz)) return undefined
  const sections = quiz.get('sections', true)
  const lists: unknown[] = [quiz, ...(isSeq(sections) ? sections.items : [])].map(part =>
    isMap(part) ? part.get('questions', true) : undefined,
  )
  return lists.filter((list): list is YAMLSeq => isSeq(list)).at(-1)
}

/** A quiz that draws from banks alone gets a list of its own. */
function withList(document: Document, text: string, additions: readonly Addition[]): string {
  if (document.has('sections'))
    throw new Refusal(
      'all sections of the quiz draw from banks alone',
      'Give one of them a list of `questions:`, or import into another module.',
    )
  return `${text}${text.endsWith('\n') ? '' : '\n'}questions:\n${itemsOf(additions, 2)}`
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
