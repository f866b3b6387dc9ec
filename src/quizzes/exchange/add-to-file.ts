import { isMap, isSeq, parseDocument, stringify } from 'yaml'
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
 * A quiz file with more questions at the end of its list. What stands there stays, letter for letter, unless its
 * questions are written in one line.
 * @throws Refusal where it has no such list
 */
export function fileWith(text: string, additions: readonly Addition[]): string {
  const document = parseDocument(text)
  const questions = isMap(document.contents) ? document.get('questions', true) : undefined
  if (!isSeq(questions))
    throw new Refusal(
      'the quiz has no list of `questions:` of its own: it has sections, or draws from banks',
      'Import into another module, and move the questions to the section or bank that they are for.',
    )
  const last = questions.items.at(-1) as { range?: [number, number, number] } | undefined
  const first = questions.items[0] as { range?: [number, number, number] } | undefined
  if (!questions.flow && last?.range && first?.range) {
    const indent = text.slice(0, first.range[0]).split('\n').at(-1)!.indexOf('-')
    const end = endOfLine(text, last.range[1])
    const before = text.slice(0, end)
    const added = `${before}${before.endsWith('\n') ? '' : '\n'}${itemsOf(additions, Math.max(0, indent))}${text.slice(end)}`
    const wanted = [questions.toJSON(), additions.map(clean)].flat()
    if (isSaid(added, wanted)) return text.includes('\r\n') ? added.replace(/\r?\n/g, '\r\n') : added
  }
  for (const addition of additions)
    questions.add(document.createNode(clean(addition), { aliasDuplicateObjects: false }))
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

const isSaid = (text: string, wanted: unknown) => {
  const said: unknown = (parseDocument(text).toJS() as { questions?: unknown } | null)?.questions
  return JSON.stringify(said) === JSON.stringify(wanted)
}
