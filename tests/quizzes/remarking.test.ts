import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attempt, remark } from '../../db/schema/quizzes.ts'
import { Conflict, Forbidden } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import { draw } from '../../src/quizzes/drawing.ts'
import { mark } from '../../src/quizzes/marking.ts'
import type { Choice } from '../../src/quizzes/questions/choice.ts'
import type { Quiz } from '../../src/quizzes/quiz.ts'
import { effectsOf } from '../../src/quizzes/remarking/effects.ts'
import { markAnew } from '../../src/quizzes/remarking/mark-anew.ts'
import { remarkQuiz } from '../../src/quizzes/remarking/remark-quiz.ts'
import { remarksOf } from '../../src/quizzes/remarking/remarks.ts'
import { startAttempt } from '../../src/quizzes/start-attempt.ts'
import { submitAttempt } from '../../src/quizzes/submit-attempt.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { allKinds } from './all-kinds.ts'
import { rightAnswers } from './answering.ts'
import { madeUp, question, quizOf } from './made-up.ts'

const { db } = await testDatabase()

const first = question('first', 'single', 'b')
const second = question('second', 'single', 'a')
const before: Partial<Quiz> = { questions: [first, second], draw: 2, passMark: 100 }
/** The key of the first question was wrong: it is c. */
const mended: Partial<Quiz> = { ...before, questions: [question('first', 'single', 'c'), second] }
const quizId = madeUp().quiz.id

/** The questions of one test are nobody else's. */
async function take(answers: Record<string, string[]>, rules = before) {
  const person = await addTrainee(db)
  const id = await db.transaction(tx => startAttempt(tx, madeUp(rules).content, person, quizId))
  await db.transaction(tx => submitAttempt(tx, person, { attempt: id, answers, anyway: true }))
  return { person, id }
}
const rowOf = async (id: number) => (await db.select().from(attempt).where(eq(attempt.id, id)))[0]!
const clear = async () => {
  await db.delete(remark)
  await db.delete(attempt)
}
const effects = (admin: Awaited<ReturnType<typeof addAdmin>>, rules = mended) =>
  effectsOf(db, madeUp(rules).content, admin, quizId)
const remarks = async (
  admin: Awaited<ReturnType<typeof addAdmin>>,
  passes: 'keep' | 'as-marked' = 'keep',
  rules = mended,
) => {
  const { fingerprint } = await effects(admin, rules)
  return db.transaction(tx =>
    remarkQuiz(tx, madeUp(rules).content, admin, {
      ...{ quiz: quizId, reason: 'The key was wrong.', seen: fingerprint, passes },
    }),
  )
}

describe('a key that was wrong', () => {
  test('is mended for all in one go: who gains is told, who had passed keeps it, and both marks stay', async () => {
    await clear()
    const admin = await addAdmin(db)
    const wronged = await take({ first: ['c'], second: ['a'] })
    const lucky = await take({ first: ['b'], second: ['a'] })
    const neither = await take({ first: ['a'], second: ['b'] })
    expect((await effects(admin)).changed).toEqual(['first'])
    expect((await effects(admin)).effects.map(({ before, now }) => [before.score, now.score])).toEqual([
      [1, 2],
      [0, 0],
      [2, 1],
    ])

    expect(await remarks(admin)).toMatchObject({ attempts: 3 })
    expect(await rowOf(wronged.id)).toMatchObject({ score: 2, passed: true })
    expect(await rowOf(lucky.id)).toMatchObject({ score: 1, passed: true })
    expect(await rowOf(neither.id)).toMatchObject({ score: 0, passed: false })
    expect(await unseen(db, wronged.person)).toMatchObject([
      { kind: 'quiz_remarked', href: `/attempts/${wronged.id}` },
    ])
    expect((await unseen(db, wronged.person))[0]!.summary).toContain('2 of 2 points now: it has passed')
    expect((await unseen(db, lucky.person))[0]!.summary).toContain('1 of 2 points now, and it stays passed')
    expect(await unseen(db, neither.person)).toEqual([])
    expect(await remarksOf(db, wronged.id)).toMatchObject([
      { reason: 'The key was wrong.', scoreBefore: 1, passedBefore: false, score: 2, passed: true },
    ])
    const [kept] = await db.select().from(remark).where(eq(remark.attemptId, wronged.id))
    expect((kept!.questionsBefore[0] as Choice).options.find(({ correct }) => correct)?.id).toBe('b')
    await expect(remarks(admin)).rejects.toThrow(Conflict)
  })

  test('takes a pass away only where the admin chose that', async () => {
    await clear()
    const admin = await addAdmin(db)
    const lucky = await take({ first: ['b'], second: ['a'] })
    await remarks(admin, 'as-marked')
    expect(await rowOf(lucky.id)).toMatchObject({ score: 1, passed: false })
    expect((await unseen(db, lucky.person))[0]!.summary).toContain('and it has not passed any more')
  })

  test('is not mended behind the back of whoever looked: what was seen is what is done', async () => {
    await clear()
    const admin = await addAdmin(db)
    await take({ first: ['c'], second: ['a'] })
    const { fingerprint } = await effects(admin)
    await take({ first: ['b'], second: ['a'] })
    const late = { quiz: quizId, reason: 'The key was wrong.', seen: fingerprint, passes: 'keep' as const }
    await expect(db.transaction(tx => remarkQuiz(tx, madeUp(mended).content, admin, late))).rejects.toThrow(
      'since you looked',
    )
    const both = await Promise.allSettled([remarks(admin), remarks(admin)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('is nobody’s but an admin’s to mend', async () => {
    await expect(effects(await addTrainee(db))).rejects.toThrow(Forbidden)
  })
})

describe('what was asked in other words', () => {
  test('stays as it was marked, and is counted', async () => {
    await clear()
    const admin = await addAdmin(db)
    await take({ first: ['c'], second: ['a'] })
    const reworded = { ...question('first', 'single', 'c'), stem: 'Something else?' }
    const seen = await effects(admin, { ...before, questions: [reworded, second] })
    expect([seen.effects, [...seen.other]]).toEqual([[], [['first', 1]]])
    const fewer = question('first', 'single', 'c', 3)
    expect((await effects(admin, { ...before, questions: [fewer, second] })).other.size).toBe(1)
  })

  test('feedback and hints that were mended mark nothing anew', async () => {
    await clear()
    const admin = await addAdmin(db)
    await take({ first: ['c'], second: ['a'] })
    const kinder = { ...first, options: first.options.map(option => ({ ...option, feedback: 'Kindly.' })) }
    expect((await effects(admin, { ...before, questions: [kinder, second] })).effects).toEqual([])
  })
})

test('of every kind, in whatever order it was asked, today’s question marks an answer as it would have', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const today = new Map(allKinds.map(one => [one.id, one]))
  fc.assert(
    fc.property(fc.array(unit, { minLength: 60, maxLength: 60 }), numbers => {
      const { questions, rules } = draw(
        quizOf('q', { questions: allKinds, draw: allKinds.length, shuffle: true }),
        () => numbers.pop() ?? 0,
      )
      // As the database gives it back.
      const asked = structuredClone(JSON.parse(JSON.stringify(questions))) as typeof questions
      const answers = rightAnswers(asked)
      const { score } = mark(asked, answers)
      const attempt = { questions: asked, answers, hints: {}, rules, passMark: 80, score, passed: true }
      expect(markAnew(attempt, today)).toBeNull()
      const otherwise = new Map(
        [...today].map(([id, one]) => [
          id,
          id === 'count' ? { ...one, accept: [{ value: 9, tolerance: 0, credit: 1 }] } : one,
        ]),
      ) as typeof today
      expect(markAnew(attempt, otherwise)).toMatchObject({ changed: ['count'], other: [], score: score - 1 })
    }),
  )
})
