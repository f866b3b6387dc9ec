import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sentence } from '../../src/authoring/problem.ts'
import { readContent } from '../../src/authoring/reading.ts'

const { content, problems } = readContent()
const modules = content?.courses.flatMap(course => course.modules) ?? []

test('the content that ships has no mistakes in it', () => {
  expect(problems.map(sentence)).toEqual([])
})

test.each(modules)('$id teaches, shows a situation, asks and examines', ({ words, reflection, quiz }) => {
  expect(words).toBeGreaterThanOrEqual(600)
  expect(words).toBeLessThanOrEqual(1500)
  expect(reflection).toBeDefined()
  expect(quiz?.questions.length).toBeGreaterThanOrEqual(5)
})

test('every module and every guide shows what it means', () => {
  const silent = globSync('content/**/*.mdx').filter(
    file => !/<(Scenario|Say)\b/.test(readFileSync(file, 'utf8')),
  )
  expect(silent).toEqual([])
})

const quizzes = modules.flatMap(({ quiz }) => quiz ?? [])
const fromBanks = [
  ...new Map(quizzes.flatMap(({ questions }) => questions).map(one => [one.id, one])).values(),
].filter(({ id }) => id.includes('--'))
const choices = fromBanks.flatMap(question => (question.kind === 'single' ? [question.options] : []))

test('nobody is examined against a clock', () => {
  expect(quizzes.filter(({ timeLimit }) => timeLimit !== undefined).map(({ id }) => id)).toEqual([])
})

test('a moderator who tries again is asked other things, of several kinds', () => {
  expect(fromBanks.length).toBeGreaterThanOrEqual(30)
  expect(new Set(fromBanks.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(6)
  const drawing = quizzes.filter(({ questions }) => questions.some(({ id }) => id.includes('--')))
  expect(drawing.map(({ id }) => id)).toContain('moderator-training/crisis')
  for (const { id, draw, questions } of drawing) expect(questions.length, id).toBeGreaterThan(draw)
})

test('no question of a bank is given away by how long an answer is, or where it stands', () => {
  const places = choices.map(options => options.findIndex(({ correct }) => correct))
  const longest = choices.filter(options => {
    const lengths = options.map(({ text }) => text.length)
    return lengths[options.findIndex(({ correct }) => correct)] === Math.max(...lengths)
  })
  expect(longest.length).toBeLessThanOrEqual(choices.length / 3)
  for (const place of [0, 1, 2, 3])
    expect(places.filter(one => one === place).length).toBeGreaterThanOrEqual(choices.length / 6)
})

test('every answer that can be chosen from a bank has its own word of why', () => {
  const silent = fromBanks.filter(question =>
    question.kind === 'single' || question.kind === 'multiple'
      ? question.options.some(({ feedback }) => feedback === undefined)
      : question.kind !== 'true-false' && question.kind !== 'chat' && question.feedback === undefined,
  )
  expect(silent.map(({ id }) => id)).toEqual([])
})

test('the whole leadership path is there, and each badge leads on from one below', () => {
  expect(content?.badges.map(({ id }) => id)).toEqual([
    'room-supporter',
    'moderator',
    'mentor',
    'mentor-leader',
    'ambassador',
    'sharing-circle-host',
    'support-session-leader',
    'on-spot-host',
  ])
  expect(content?.badges.filter(({ after }) => after.length === 0).map(({ id }) => id)).toEqual([
    'room-supporter',
  ])
  expect(content?.badge('mentor')).toMatchObject({
    unlocks: ['grade'],
    duties: [{ course: 'global-mod-training', within: { amount: 2, unit: 'weeks' } }],
  })
})
