import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { attempt } from '../../db/schema/quizzes.ts'
import { saveAnswers } from '../../src/quizzes/save-answers.ts'
import { startAttempt } from '../../src/quizzes/start-attempt.ts'
import { submitAttempt } from '../../src/quizzes/submit-attempt.ts'
import { longestStretch, timeSpent } from '../../src/quizzes/time-spent.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { madeUp } from './made-up.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1, 10) + seconds * 1000)
const fresh = { startedAt: at(0), savedAt: null, spent: {}, answers: {} }

describe('time', () => {
  test('since the start goes to the first question that is answered, since then to the next', () => {
    const first = timeSpent(fresh, { one: ['a'] }, at(40))
    expect(first).toEqual({ spent: { one: 40 }, savedAt: at(40) })
    const open = { ...fresh, ...first, savedAt: at(40), answers: { one: ['a'] } }
    expect(timeSpent(open, { one: ['a'], two: ['b'] }, at(55)).spent).toEqual({ one: 40, two: 15 })
  })

  test('of an answer that is changed later is added to it, and so is that of one taken back', () => {
    const open = { ...fresh, savedAt: at(40), spent: { one: 40 }, answers: { one: ['a'] } }
    expect(timeSpent(open, { one: ['c'] }, at(50)).spent).toEqual({ one: 50 })
    expect(timeSpent(open, {}, at(50)).spent).toEqual({ one: 50 })
  })

  test('is split evenly where several change at once, as without JavaScript', () => {
    expect(timeSpent(fresh, { one: ['a'], two: ['b'], three: ['c'] }, at(90)).spent).toEqual({
      ...{ one: 30, two: 30, three: 30 },
    })
  })

  test('is ten minutes at most: who is away for longer has laid the quiz aside', () => {
    expect(timeSpent(fresh, { one: ['a'] }, at(86_400)).spent).toEqual({ one: longestStretch })
  })

  test('runs on where nothing changes, and never back', () => {
    expect(timeSpent({ ...fresh, answers: { one: ['a'] } }, { one: ['a'] }, at(90))).toEqual({})
    expect(timeSpent({ ...fresh, savedAt: at(50) }, { one: ['a'] }, at(40)).spent).toEqual({ one: 0 })
  })

  test('given is never more than has gone by', () => {
    const answers = fc.dictionary(
      fc.constantFrom('one', 'two', 'constructor'),
      fc.array(fc.constantFrom('a', 'b')),
    )
    fc.assert(
      fc.property(answers, answers, fc.nat(2000), (before, after, seconds) => {
        const { spent = {} } = timeSpent({ ...fresh, answers: before }, after, at(seconds))
        const given = Object.values(spent).reduce((sum, one) => sum + one, 0)
        expect(given).toBeLessThanOrEqual(Math.min(seconds, longestStretch) + 0.2)
      }),
    )
  })
})

const { db } = await testDatabase()

test('somebody answers, changes their mind and hands in: each save says how long it took', async () => {
  const { content, quiz } = madeUp()
  const person = await addTrainee(db)
  const id = await db.transaction(tx => startAttempt(tx, content, person, quiz.id, at(0)))
  const save = (answers: Record<string, string[]>, seconds: number) =>
    db.transaction(tx => saveAnswers(tx, person, { attempt: id, answers }, at(seconds)))
  await save({ first: ['a'] }, 30)
  await save({ first: ['a'] }, 35)
  await save({ first: ['b'] }, 45)
  const answers = { first: ['b'], second: ['a', 'c'] }
  await db.transaction(tx => submitAttempt(tx, person, { attempt: id, answers }, at(105)))
  const [row] = await db.select().from(attempt).where(eq(attempt.id, id))
  expect(row).toMatchObject({ spent: { first: 45, second: 60 }, savedAt: at(105), submittedAt: at(105) })
})
