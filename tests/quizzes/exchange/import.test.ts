import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { importQuestions } from '../../../src/quizzes/exchange/import.ts'

const bring = (gift: string, text: string | null) =>
  importQuestions(Buffer.from(gift), 'gift', { file: 'quiz.yaml', text }, () => false)

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

test('what stands in sections counts, and what is new goes into the last of them', () => {
  const sections = `pass-mark: 80\nsections:\n  - title: First\n${standing.split('\n').slice(1).join('\n').replace(/^/gm, '    ').trimEnd()}\n`
  expect(bring('A welcome can be short. {T}', sections).skipped).toHaveLength(1)
  const { text } = bring('Is it so? {T}', sections)
  expect(text!.startsWith(sections)).toBe(true)
  expect(text).toContain('\n      - id: is-it-so\n')
  const banks = 'pass-mark: 80\nfrom: [{ bank: words, draw: 1 }]\n'
  expect(bring('Is it so? {T}', banks).text).toContain('draw: 1 }]\nquestions:\n  - id: is-it-so\n')
  const drawn = 'pass-mark: 80\nsections:\n  - title: First\n    from: [{ bank: words, draw: 1 }]\n'
  expect(() => bring('Is it so? {T}', drawn)).toThrow('draw from banks alone')
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
