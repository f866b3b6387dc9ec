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
