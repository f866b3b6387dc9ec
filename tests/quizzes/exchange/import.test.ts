import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { importQuestions } from '../../../src/quizzes/exchange/import.ts'

const bring = (gift: string, text: string | null, section?: string) =>
  importQuestions(Buffer.from(gift), 'gift', { file: 'quiz.yaml', text, section }, () => false)

const standing = `pass-mark: 80
questions:
  - id: hello # the first
    kind: true-false
    stem: A welcome can be short.
    answer: true
    feedback: One line is enough.
`

test('ids come from names, then from words, and none is given twice', () => {
  const { questions } = bring(
    '::Hello!::Is it so? {T}\n\n::hello::Is it not so? {F}\n\nIs it? {T}\n\nهل هو؟ {T}',
    standing,
  )
  expect(questions).toEqual(['hello-2', 'hello-3', 'is-it', 'question'])
})

test('who stands there already is known by stem and key, in the file and in itself', () => {
  const told = bring(
    'a  welcome can be SHORT. {T}\n\nA welcome can be short. {F}\n\nA welcome can be short. {F}',
    standing,
  )
  expect(told.imported).toBe(1)
  expect(told.skipped.map(({ line, reason }) => [line, reason])).toEqual([
    [1, "it stands there already, as 'hello'"],
    [5, "it stands there already, as 'a-welcome-can-be-short'"],
  ])
})

/** A quiz in two sections: one with questions of its own, one that draws from a bank alone. */
const inSections = `pass-mark: 80
sections:
  - title: What to say # first
${standing
  .split('\n')
  .slice(1)
  .join('\n')
  .replace(/^(?=.)/gm, '    ')}  - title: Words # last
    from: [{ bank: words, draw: 1 }]
`

test.each(['What to say', 'what-to-say', ' WHAT to say? '])(
  'what is new goes into the section that is named, by %j',
  section => {
    const { text } = bring('Is it so? {T}', inSections, section)
    const [before, after] = inSections.split(/(?= {2}- title: Words)/)
    expect(text!.startsWith(before!)).toBe(true)
    expect(text!.endsWith(after!)).toBe(true)
    expect(text).toContain('\n      - id: is-it-so\n')
  },
)

test('what stands in any section is not added to another', () => {
  const { skipped, text } = bring('A welcome can be short. {T}', inSections, 'Words')
  expect(skipped.map(({ reason }) => reason)).toEqual(["it stands there already, as 'hello'"])
  expect(text).toBeNull()
})

test('a part that draws from a bank alone gets a list, and keeps what it draws and what is noted beside it', () => {
  const banks = 'pass-mark: 80\nfrom: [{ bank: words, draw: 1 }]\n'
  expect(bring('Is it so? {T}', banks).text).toContain('draw: 1 }]\nquestions:\n  - id: is-it-so\n')
  const { text } = bring('Is it so? {T}', inSections, 'Words')
  expect(text).toContain('- title: Words # last\n')
  const read = parse(text!) as { sections: { title: string; questions: { id: string }[]; from?: unknown }[] }
  expect(read.sections.map(({ questions }) => questions.map(({ id }) => id))).toEqual([
    ['hello'],
    ['is-it-so'],
  ])
  expect(read.sections[1]!.from).toEqual([{ bank: 'words', draw: 1 }])
})

test('questions that a section has from elsewhere in the file are not lost by adding to it', () => {
  const aliased = inSections
    .replace('    questions:', '    questions: &all')
    .replace('    from: [{ bank: words, draw: 1 }]', '    questions: *all')
  expect(() => bring('Is it so? {T}', aliased, 'Words')).toThrow()
})

test.each([
  ['none is named', inSections, undefined, "has sections, and none is named: 'What to say' and 'Words'"],
  ['another is named', inSections, 'Wirds', "has no section 'Wirds': there is 'What to say' and 'Words'"],
  ['a name of signs alone is given', inSections, '???', "has no section '???'"],
  ['two have one title', inSections.replace('Words', 'What to say'), 'What to say', '2 sections of the quiz'],
  ['the quiz has none', standing, 'Words', 'the quiz has no sections'],
  ['there is no quiz yet', null, 'Words', 'the quiz has no sections'],
])('nothing is read where it is not clear what section is meant: %s', (_, text, section, reason) => {
  expect(() => bring('Is it so? {T}', text, section)).toThrow(reason)
})

test('a question that is too long for us is refused in the words of the content check, the others come in', () => {
  const told = bring(`${'long '.repeat(400)}? {T}\n\nIs it so? {T}`, standing)
  expect(told).toMatchObject({
    imported: 1,
    skipped: [
      { line: 1, reason: 'its `stem` has 2001 characters, and 1200 is the most', remedy: 'Shorten it.' },
    ],
  })
})

test('the comment beside a question stays, and so do texts in several lines', () => {
  const { text } = bring('[markdown]One\\n\\nTwo: # {T####- a\\n- b}'.replace('# ', '\\# '), standing)
  expect(text!.startsWith(standing)).toBe(true)
  expect(text).toContain('stem: |-\n      One\n\n      Two: #\n')
})
