import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exampleQuestions, questionExamples } from '../../src/authoring/question-examples.ts'
import { readContent } from '../../src/authoring/reading.ts'
import { beginContent, begun, type Begun } from '../../src/authoring/scaffold.ts'
import { kindOf } from '../../src/quizzes/questions/question.ts'
import { rightAnswer, wrongAnswer } from '../../src/authoring/sample-answers.ts'
import { contentFolder } from './small-content.ts'

const names: Record<Begun, string> = {
  course: 'first-steps',
  module: 'hosting/late-evenings',
  guide: 'being-awake',
  quiz: 'hosting/goodbye',
  badge: 'night-owl',
}

describe.each(begun)('what is begun is sound at once: %s', kind => {
  test('and says what to do next', () => {
    const folder = contentFolder()
    const { files, next } = beginContent(kind, names[kind], folder)
    expect(files.length).toBeGreaterThan(0)
    expect(next.length).toBeGreaterThan(0)
    expect(readContent(folder, { advice: true })).toMatchObject({ problems: [], warnings: [] })
  })

  test('and is never written over', () => {
    const folder = contentFolder()
    const { files } = beginContent(kind, names[kind], folder)
    const before = files.map(file => readFileSync(file, 'utf8'))
    expect(() => beginContent(kind, names[kind], folder)).toThrow()
    expect(files.map(file => readFileSync(file, 'utf8'))).toEqual(before)
  })
})

test('a module takes the number after the last, and comes from the course’s own rubric', () => {
  const folder = contentFolder()
  expect(beginContent('module', 'hosting/one', folder).files).toEqual([
    `${folder}/courses/hosting/03-one.mdx`,
  ])
  expect(beginContent('module', 'hosting/two', folder).files).toEqual([
    `${folder}/courses/hosting/04-two.mdx`,
  ])
  expect(readdirSync(join(folder, 'courses/hosting')).filter(name => name.endsWith('.mdx'))).toHaveLength(4)
  expect(readContent(folder).withDrafts!.module('hosting/one')!.reflection!.rubric).toBe('plain')
})

test('a course, its modules and a guide begin as drafts, which nobody else sees', () => {
  const folder = contentFolder()
  for (const kind of ['course', 'module', 'guide'] as const) beginContent(kind, names[kind], folder)
  const { content, withDrafts } = readContent(folder)
  expect([
    content!.courses.length,
    content!.guides.length,
    content!.course('hosting')!.modules.length,
  ]).toEqual([1, 1, 2])
  expect([withDrafts!.courses.length, withDrafts!.guides.length]).toEqual([2, 2])
})

test.each<[Begun, string, string]>([
  ['module', 'hostin/late', 'There is no course called “hostin”. Did you mean “hosting”?'],
  ['quiz', 'hosting/godbye', 'There is no module called “godbye”. Did you mean “goodbye”?'],
  ['quiz', 'nowhere/at-all', 'There is no course called “nowhere”.'],
  [
    'module',
    'hosting/welcome',
    'The course “hosting” has a module called “welcome” already. Nothing was changed.',
  ],
  ['guide', 'saying-hello', 'guides/saying-hello.mdx is there already. Nothing was changed.'],
  ['guide', 'Saying Hello', '“Saying Hello” is no name for a guide. Write it like ground-rules'],
  ['guide', '../../etc/passwd', 'is no name for a guide'],
  [
    'module',
    'late-evenings',
    '“late-evenings” is no name for a module. Write it like moderator-training/ground-rules',
  ],
])('an author who asks for what can’t be begun is told why: %s %s', (kind, name, sentence) => {
  const folder = contentFolder()
  const before = readdirSync(folder, { recursive: true })
  expect(() => beginContent(kind, name, folder)).toThrow(
    expect.objectContaining({ fields: { '': expect.stringContaining(sentence) as unknown } }),
  )
  expect(readdirSync(folder, { recursive: true })).toEqual(before)
})

test('there is an example of every kind of question, and its samples are right and wrong', () => {
  expect(exampleQuestions.map(({ question }) => question.kind)).toEqual(Object.keys(questionExamples))
  for (const { question } of exampleQuestions) {
    const credit = (answer: readonly string[]) => kindOf(question).credit(question, answer)
    expect(credit(rightAnswer(question)), question.kind).toBe(1)
    expect(credit(wrongAnswer(question)), question.kind).toBeLessThan(1)
  }
})
