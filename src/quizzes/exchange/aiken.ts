import { plainAsMarkdown } from './markup/markdown.ts'
import { type Draft, Gathering, type Reading, Refusal, said } from './reading.ts'

const option = /^([A-Z])[.)]\s+(\S.*)$/
const answer = /^ANSWER\s*:\s*(.*)$/i

type Open = { line: number; stem: string[]; options: { letter: string; text: string }[]; paused: boolean }

const nothing = (): Open => ({ line: 0, stem: [], options: [], paused: false })

/**
 * Reads Aiken, as https://docs.moodle.org/en/Aiken_format describes it: a question, its options by letters, and
 * `ANSWER: B`. A question may run over several lines, and so may an option.
 */
export function readAiken(text: string): Reading {
  const gathering = new Gathering()
  let open = nothing()
  const end = (key: string | null) => {
    const { line, stem, options } = open
    open = nothing()
    if (line > 0) gathering.take(line, () => ({ name: '', draft: draftFrom(stem, options, key) }))
  }
  text.split('\n').forEach((whole, index) => {
    const row = whole.trim()
    if (row === '') {
      open.paused = true
      return
    }
    // Words after a blank line are another question: the one before has no key.
    if (open.paused && open.options.length > 0 && !option.test(row) && !answer.test(row)) end(null)
    open.line ||= index + 1
    open.paused = false
    const [, letter, words] = option.exec(row) ?? []
    const key = answer.exec(row)?.[1]
    if (key !== undefined) end(key)
    else if (letter && words) open.options.push({ letter, text: words })
    else if (open.options.length > 0) open.options.at(-1)!.text += ` ${row}`
    else open.stem.push(row)
  })
  end(null)
  return gathering
}

function draftFrom(stem: readonly string[], options: Open['options'], key: string | null): Draft {
  if (stem.length === 0)
    throw new Refusal('there is no question before its options', 'Write the question on the line above `A.`')
  if (key === null)
    throw new Refusal(
      'it has no line that begins with `ANSWER:`',
      'Add one with the letter of the right option.',
    )
  const right = options.find(({ letter }) => letter === key.toUpperCase())
  if (!right)
    throw new Refusal(
      `its answer '${key.slice(0, 40)}' is none of its options`,
      /^[A-Z]\W+[A-Z]\b/i.test(key)
        ? 'Aiken has one right answer to a question; several can be written in GIFT.'
        : 'Write the letter of one of them, such as `ANSWER: B`.',
    )
  return {
    kind: 'single',
    stem: plainAsMarkdown(stem.join(' ')),
    options: options.map(one =>
      said({ text: plainAsMarkdown(one.text), correct: one === right || undefined }),
    ),
  }
}
