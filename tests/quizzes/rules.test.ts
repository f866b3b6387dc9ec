import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attempt } from '../../db/schema/quizzes.ts'
import { loadFacts } from '../../src/badges/load-facts.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { Conflict, Forbidden } from '../../src/errors.ts'
import { asBank, bankSchema } from '../../src/quizzes/bank.ts'
import { draw } from '../../src/quizzes/drawing.ts'
import { endExtraTime, giveExtraTime } from '../../src/quizzes/extra-time.ts'
import { mark } from '../../src/quizzes/marking.ts'
import { ownAttempt } from '../../src/quizzes/own-attempt.ts'
import { isPassed, sectionResults } from '../../src/quizzes/passing.ts'
import { quizState } from '../../src/quizzes/quiz-state.ts'
import { asQuiz, type Quiz, quizSchema } from '../../src/quizzes/quiz.ts'
import { saveAnswers } from '../../src/quizzes/save-answers.ts'
import { startAttempt } from '../../src/quizzes/start-attempt.ts'
import { submitAttempt } from '../../src/quizzes/submit-attempt.ts'
import { takeHint } from '../../src/quizzes/take-hint.ts'
import { extraPercent, handInOverdue } from '../../src/quizzes/time-limit.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { madeUp, question } from './made-up.ts'

const { db } = await testDatabase()

type Someone = { id: number }
const right = { first: ['b'], second: ['a', 'c'] }
const wrong = { first: ['a'], second: ['b'] }
const at = (minutes: number) => new Date(Date.UTC(2026, 2, 1, 12, minutes))

const quizId = madeUp().quiz.id
const start = (rules: Partial<Quiz>, person: Someone, now?: Date) =>
  db.transaction(tx => startAttempt(tx, madeUp(rules).content, person, quizId, now))
const submit = (person: Someone, id: number, answers: typeof right, now?: Date) =>
  db.transaction(tx => submitAttempt(tx, person, { attempt: id, answers, anyway: true }, now))
const stateOf = async (rules: Partial<Quiz>, person: Someone) =>
  (await quizState(db, madeUp(rules).content, person, [quizId])).get(quizId)!
const rowOf = async (id: number) => (await db.select().from(attempt).where(eq(attempt.id, id)))[0]!

const yaml = (id: string, more: object = {}) => ({
  ...{ id, kind: 'true-false', stem: `Is ${id}?`, answer: true, feedback: 'So.' },
  ...more,
})
const bank = asBank(
  'grief',
  bankSchema.parse({
    title: 'Grief',
    questions: [
      ...['one', 'two', 'three'].map(id => yaml(id, { tags: ['listening'], difficulty: 'easy' })),
      ...['four', 'five'].map(id => yaml(id, { tags: ['listening', 'loss'], difficulty: 'hard' })),
    ],
  }),
)
const fromBanks = (written: object) =>
  asQuiz(quizId, quizSchema.parse({ 'pass-mark': 80, ...written }), new Map([[bank.id, bank]]))

describe('a draw', () => {
  test('takes from banks by tag and difficulty, section by section, and nothing twice', () => {
    const quiz = fromBanks({
      sections: [
        {
          title: 'Hearing',
          questions: [yaml('own')],
          from: [{ bank: 'grief', draw: 2, difficulty: 'easy' }],
        },
        {
          title: 'Loss',
          'pass-mark': 50,
          from: [
            { bank: 'grief', draw: 1, tags: ['loss'] },
            { bank: 'grief', draw: 2 },
          ],
        },
      ],
    })
    expect([quiz.draw, quiz.questions.length]).toEqual([6, 6])
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 30 }),
        numbers => {
          const { questions, rules } = draw(quiz, () => numbers.pop() ?? 0)
          const ids = questions.map(({ id }) => id)
          expect(new Set(ids).size).toBe(6)
          const [hearing, loss] = rules.sections
          expect(hearing!.questions[0]).toBe('own')
          expect(hearing!.questions.slice(1).every(id => /--(one|two|three)$/.test(id))).toBe(true)
          expect(loss!.questions[0]).toMatch(/^grief--(four|five)$/)
          expect(rules.sections.flatMap(section => section.questions)).toEqual(ids)
        },
      ),
    )
  })

  test('is not written both ways, with twins, or with more than there is', () => {
    const problems = (written: object) =>
      quizSchema
        .safeParse({ 'pass-mark': 80, ...written })
        .error?.issues.map(issue => issue.message.split('\n')[0])
    expect(problems({ questions: [yaml('a')], sections: [{ title: 'S', questions: [yaml('b')] }] })).toEqual([
      'stands beside `sections`',
    ])
    expect(problems({})).toEqual(['is missing'])
    expect(problems({ questions: [yaml('a')], draw: 2 })).toEqual(['draws 2 questions, and the file has 1'])
    expect(
      problems({
        sections: [
          { title: 'S', questions: [yaml('a')] },
          { title: 'T', questions: [yaml('a')] },
        ],
      }),
    ).toEqual(["'a' is the name of a question of an earlier section"])
  })
})

test('a section with a mark of its own has to be reached as well as the whole', () => {
  const quiz = fromBanks({
    'pass-mark': 50,
    sections: [
      { title: 'Easy', from: [{ bank: 'grief', draw: 3, difficulty: 'easy' }] },
      { title: 'Hard', 'pass-mark': 100, from: [{ bank: 'grief', draw: 2, difficulty: 'hard' }] },
    ],
  })
  const { questions, rules } = draw(quiz, Math.random)
  const answers = Object.fromEntries(questions.slice(0, 4).map(({ id }) => [id, ['true']]))
  const marking = mark(questions, answers)
  expect(marking).toMatchObject({ score: 4, outOf: 5 })
  expect(sectionResults(marking, rules)).toMatchObject([
    { title: 'Easy', score: 3, passed: true },
    { title: 'Hard', score: 1, outOf: 2, passed: false },
  ])
  expect(isPassed(marking, 50, rules)).toBe(false)
  expect(isPassed(marking, 50, null)).toBe(true)
})

describe('of several tries', () => {
  test('the best counts where it says so, and one may better it after passing', async () => {
    const person = await addTrainee(db)
    const rules = { again: true }
    await submit(person, await start(rules, person), right)
    expect(await stateOf(rules, person)).toMatchObject({ passed: true, another: true })
    await submit(person, await start(rules, person), wrong)
    expect(await stateOf(rules, person)).toMatchObject({ passed: true, best: { score: 2 } })
    await expect(start({}, person)).rejects.toThrow(Forbidden)
  })

  test('the last counts where it says so: for the page, for progress and for badges', async () => {
    const person = await addTrainee(db)
    const rules = { again: true, counts: 'last' as const }
    await submit(person, await start(rules, person), right)
    expect((await progressOf(db, person)).quizzesPassed.has(quizId)).toBe(true)
    await submit(person, await start(rules, person), wrong)
    expect(await stateOf(rules, person)).toMatchObject({ passed: false, best: { score: 0 } })
    expect((await progressOf(db, person)).quizzesPassed.has(quizId)).toBe(false)
    const facts = (await loadFacts(db, madeUp().content, [person.id])).get(person.id)!
    expect(facts.quizzesPassed.has(quizId)).toBe(false)
  })
})

describe('what is shown', () => {
  const shownTo = async (review: Quiz['review'], answers: typeof right) => {
    const person = await addTrainee(db)
    const id = await start({ review }, person)
    await submit(person, id, answers)
    const own = await ownAttempt(db, madeUp({ review }).content, person, id)
    return own.state === 'submitted' ? own : null
  }

  test('follows the author: nothing but whether it is passed, or all at once', async () => {
    expect(await shownTo({ handedIn: [], done: ['score'] }, wrong)).toMatchObject({
      ...{ score: null, review: [], passed: false, withKey: false },
    })
    const answersAlone = await shownTo({ handedIn: ['answers'], done: [] }, wrong)
    expect(answersAlone?.review.every(({ said }) => said.length === 0)).toBe(true)
    expect(answersAlone?.score).toBeNull()
    const all = await shownTo({ handedIn: ['score', 'answers', 'feedback', 'key'], done: [] }, wrong)
    expect(all).toMatchObject({ score: 0, withKey: true })
    expect(JSON.stringify(all?.review)).toContain('KEY of first, b')
  })

  test('is what it was when the try began, whatever the file says since', async () => {
    const person = await addTrainee(db)
    const id = await start({ review: { handedIn: [], done: [] } }, person)
    await submit(person, id, right)
    expect(await ownAttempt(db, madeUp().content, person, id)).toMatchObject({ score: null, review: [] })
  })
})

describe('a quiz that limits time', () => {
  const timeLimit = { amount: 20, unit: 'minutes' } as const

  test('takes answers until then and a moment longer; after that what was saved is handed in, and counts', async () => {
    const person = await addTrainee(db)
    const id = await start({ timeLimit }, person, at(0))
    expect((await rowOf(id)).endsAt).toEqual(at(20))
    const save = (answers: Record<string, string[]>, now: Date) =>
      db.transaction(tx => saveAnswers(tx, person, { attempt: id, answers }, now))
    expect(await save({ first: ['b'] }, new Date(at(20).getTime() + 10_000))).toMatchObject({ over: false })
    expect(await save(right, at(21))).toMatchObject({ over: true })
    expect(await rowOf(id)).toMatchObject({
      score: 1,
      passed: false,
      submittedAt: at(20),
      answers: { first: ['b'] },
    })
    await expect(save(right, at(22))).rejects.toThrow(Conflict)
    await expect(
      db.transaction(tx => takeHint(tx, person, { attempt: id, answers: {}, hint: 'first' })),
    ).rejects.toThrow(Conflict)
  })

  test('handed in too late is marked as it was saved', async () => {
    const person = await addTrainee(db)
    const id = await start({ timeLimit }, person, at(0))
    expect(await submit(person, id, right, at(30))).toEqual({ outcome: 'over', passed: false })
    expect(await rowOf(id)).toMatchObject({ score: 0, submittedAt: at(20) })
  })

  test('is handed in by itself for whoever never comes back, once, and nobody else’s with it', async () => {
    const [away, here] = [await addTrainee(db), await addTrainee(db)]
    const late = await start({ timeLimit }, away, at(0))
    const open = await start({ timeLimit }, here, at(15))
    const untimed = await start({}, await addTrainee(db), at(0))
    const both = await Promise.all([1, 2].map(() => db.transaction(tx => handInOverdue(tx, at(21)))))
    expect(both.flat()).toEqual([away.id])
    expect((await rowOf(late)).submittedAt).toEqual(at(20))
    expect([(await rowOf(open)).submittedAt, (await rowOf(untimed)).submittedAt]).toEqual([null, null])
  })

  test('gives more to whoever an admin gave it, from the next try on', async () => {
    const [person, admin] = [await addTrainee(db), await addAdmin(db)]
    const give = (by: typeof admin, percent: number) =>
      db.transaction(tx => giveExtraTime(tx, by, { handle: person.handle, percent, reason: 'Reads slowly.' }))
    await expect(give(person, 50)).rejects.toThrow(Forbidden)
    await give(admin, 25)
    await give(admin, 50)
    expect(await extraPercent(db, person)).toBe(50)
    const id = await start({ timeLimit }, person, at(0))
    expect((await rowOf(id)).endsAt).toEqual(at(30))
    const endIt = () => db.transaction(tx => endExtraTime(tx, admin, { handle: person.handle }))
    await endIt()
    await expect(endIt()).rejects.toThrow(Conflict)
    expect(await extraPercent(db, person)).toBe(0)
    expect((await rowOf(id)).endsAt).toEqual(at(30))
  })
})

test('one question is enough to be a quiz', () => {
  const { questions } = draw(
    madeUp({ questions: [question('only', 'single', 'a')], draw: 1 }).quiz,
    Math.random,
  )
  expect(questions).toHaveLength(1)
})
