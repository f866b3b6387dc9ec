import { and, eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attempt } from '../../db/schema/quizzes.ts'
import { auditEntry } from '../../db/schema/record.ts'
import type { Content } from '../../src/authoring/content.ts'
import { Conflict, Forbidden, NotFound } from '../../src/errors.ts'
import { isPass, mark, type Answers } from '../../src/quizzes/marking.ts'
import { ownAttempt, triesAt } from '../../src/quizzes/own-attempt.ts'
import { quizState } from '../../src/quizzes/quiz-state.ts'
import { saveAnswers } from '../../src/quizzes/save-answers.ts'
import { startAttempt } from '../../src/quizzes/start-attempt.ts'
import { submitAttempt } from '../../src/quizzes/submit-attempt.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { anyQuiz, madeUp } from './made-up.ts'

const { db } = await testDatabase()

type Someone = { id: number }

const right = { first: ['b'], second: ['a', 'c'] }
const wrong = { first: ['a'], second: ['b'] }
const at = (time: string) => new Date(`2026-03-01T${time}:00Z`)

const start = (content: Content, person: Someone, now?: Date) =>
  db.transaction(tx => startAttempt(tx, content, person, madeUp().quiz.id, now))
const save = (person: Someone, id: number, answers: Answers) =>
  db.transaction(tx => saveAnswers(tx, person, { attempt: id, answers }))
const submit = (person: Someone, id: number, answers: Answers, now?: Date, anyway = false) =>
  db.transaction(tx => submitAttempt(tx, person, { attempt: id, answers, anyway }, now))
const stateOf = async (content: Content, person: Someone, now?: Date) =>
  (await quizState(db, content, person, [madeUp().quiz.id], now)).get(madeUp().quiz.id)!
/** Opening one takes longer than a whole write: without this, writes "at once" would come one after another. */
const openConnections = () => Promise.all([1, 2, 3, 4].map(() => db.execute(sql`select pg_sleep(0.05)`)))
const rowsOf = (person: Someone) => db.select().from(attempt).where(eq(attempt.personId, person.id))

describe('a try', () => {
  test('begins with the questions alone, and says how it went once it is handed in', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    const id = await start(content, person)

    const open = await ownAttempt(db, content, person, id)
    expect(open.state === 'open' && open.paper.map(({ id }) => id)).toEqual(['first', 'second'])
    expect(JSON.stringify(open)).not.toMatch(/KEY|correct/)

    expect(await submit(person, id, right)).toEqual({ outcome: 'marked', passed: true })
    expect(await ownAttempt(db, content, person, id)).toMatchObject({
      state: 'submitted',
      score: 2,
      passed: true,
    })
    expect(await stateOf(content, person)).toMatchObject({ passed: true, best: { score: 2, outOf: 2 } })
  })

  test('is kept as it stands, and goes on with its answers', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    const id = await start(content, person)
    await save(person, id, { second: ['a', 'c'], first: [] })

    expect(await start(content, person)).toBe(id)
    expect(await ownAttempt(db, content, person, id)).toMatchObject({ answers: { second: ['a', 'c'] } })
  })

  test('is one, however often the button is pressed', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    await openConnections()
    const ids = await Promise.all([1, 2, 3, 4].map(() => start(content, person)))
    expect(new Set(ids).size).toBe(1)
    expect(await rowsOf(person)).toHaveLength(1)
  })

  test('handed in from two tabs at once is marked once, and the second tab sees how it went', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    const id = await start(content, person)
    const outcomes = await Promise.all([
      submit(person, id, right),
      submit(person, id, right),
      submit(person, id, right),
    ])
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'marked',
      'marked-before',
      'marked-before',
    ])
    expect(outcomes.every(({ passed }) => passed)).toBe(true)
    const said = await db
      .select()
      .from(auditEntry)
      .where(and(eq(auditEntry.actorId, person.id), eq(auditEntry.action, 'attempt.submitted')))
    expect(said).toHaveLength(1)
  })

  test('takes no answers once it is handed in', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    const id = await start(content, person)
    await submit(person, id, wrong)
    await expect(save(person, id, right)).rejects.toThrow(Conflict)
    expect(await ownAttempt(db, content, person, id)).toMatchObject({ score: 0, passed: false })
  })

  test('with questions open is kept and not marked, until the person says that they mean it', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    const id = await start(content, person)
    expect(await submit(person, id, { first: ['b'] })).toEqual({ outcome: 'unanswered', passed: false })
    expect(await ownAttempt(db, content, person, id)).toMatchObject({
      state: 'open',
      answers: { first: ['b'] },
    })

    expect(await submit(person, id, { first: ['b'] }, undefined, true)).toMatchObject({ outcome: 'marked' })
    expect(await ownAttempt(db, content, person, id)).toMatchObject({ state: 'submitted', score: 1 })
  })

  test('is nobody else’s to see, to answer or to hand in', async () => {
    const { content } = madeUp()
    const [person, other] = [await addTrainee(db), await addTrainee(db)]
    const id = await start(content, person)
    await expect(ownAttempt(db, content, other, id)).rejects.toThrow(NotFound)
    await expect(save(other, id, right)).rejects.toThrow(NotFound)
    await expect(submit(other, id, right)).rejects.toThrow(NotFound)
    expect(await triesAt(db, other, madeUp().quiz.id)).toEqual([])
    expect((await rowsOf(person))[0]).toMatchObject({ answers: {}, submittedAt: null })
  })

  test('keeps its own copy: an author who changes the quiz changes nothing of it', async () => {
    const person = await addTrainee(db)
    const id = await start(madeUp().content, person)
    const changed = madeUp({ questions: [], passMark: 100, draw: 0 }).content
    expect(await submit(person, id, right)).toEqual({ outcome: 'marked', passed: true })
    expect(await ownAttempt(db, changed, person, id)).toMatchObject({ score: 2, outOf: 2, passMark: 80 })
  })

  test('answers to what was not asked, or with what is no option, are left out', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    const id = await start(content, person)
    await save(person, id, { first: ['b', 'z'], third: ['a'], constructor: ['a'], second: ['c', 'c'] })
    expect((await rowsOf(person))[0]?.answers).toEqual({ first: ['b'], second: ['c'] })
  })
})

describe('another try', () => {
  test('opens when the wait is over, counted from handing in, and not a minute before', async () => {
    const { content } = madeUp({ wait: { amount: 1, unit: 'hours' } })
    const person = await addTrainee(db)
    await submit(person, await start(content, person, at('08:00')), wrong, at('09:00'))

    expect((await stateOf(content, person, at('09:59'))).opensAt).toEqual(at('10:00'))
    await expect(start(content, person, at('09:59'))).rejects.toThrow(Forbidden)
    expect((await stateOf(content, person, at('10:00'))).opensAt).toBeNull()
    await start(content, person, at('10:00'))
    expect(await stateOf(content, person, at('10:00'))).toMatchObject({ attemptsUsed: 2, opensAt: null })
  })

  test('there is none after the last, and only then is the whole key shown', async () => {
    const { content } = madeUp({ attempts: 2 })
    const person = await addTrainee(db)
    const first = await start(content, person)
    await submit(person, first, wrong)
    expect(await keyShownOf(content, person, first)).toBe(false)

    const second = await start(content, person)
    expect((await stateOf(content, person)).attemptsLeft).toBe(0)
    // The last is still open: the first would help with it.
    expect(await keyShownOf(content, person, first)).toBe(false)

    await submit(person, second, wrong)
    expect(await keyShownOf(content, person, first)).toBe(true)
    await expect(start(content, person)).rejects.toThrow(Forbidden)
  })

  test('there is none once it is passed', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    const id = await start(content, person)
    await submit(person, id, right)
    await expect(start(content, person)).rejects.toThrow('passed')
    expect(await keyShownOf(content, person, id)).toBe(true)
  })

  test('what was nearly right tells about what was chosen, and not what else there was', async () => {
    const { content } = madeUp()
    const person = await addTrainee(db)
    const id = await start(content, person)
    await submit(person, id, wrong)
    const shown = await ownAttempt(db, content, person, id)
    expect(JSON.stringify(shown).match(/KEY of \w+, \w/g)).toEqual(['KEY of first, a', 'KEY of second, b'])
  })

  test('the best of several is the one with the largest share right', async () => {
    const person = await addTrainee(db)
    const { content } = madeUp()
    const one = madeUp({ draw: 1, questions: madeUp().quiz.questions.slice(0, 1), passMark: 100 }).content
    await submit(person, await start(content, person), { first: ['b'], second: ['b'] })
    await submit(person, await start(one, person), { first: ['a'] })
    expect((await stateOf(content, person)).best).toEqual({ score: 1, outOf: 2 })
  })
})

test('there is no starting a guide’s check, or a quiz that is not there, as a module’s quiz', async () => {
  const { content } = madeUp()
  const person = await addTrainee(db)
  for (const quiz of ['guides/giving-a-warning', 'nowhere/nothing', '', 'constructor'])
    await expect(db.transaction(tx => startAttempt(tx, content, person, quiz))).rejects.toThrow(NotFound)
})

test('whatever the quiz and the answers, the score is what marking says, and nothing leaks before', async () => {
  const person = await addTrainee(db)
  await fc.assert(
    fc.asyncProperty(
      anyQuiz,
      fc.array(fc.subarray(['a', 'b', 'c', 'z']), { maxLength: 9 }),
      async (quiz, choices) => {
        await db.delete(attempt).where(eq(attempt.personId, person.id))
        const { content } = madeUp(quiz)
        const id = await start(content, person)
        expect(JSON.stringify(await ownAttempt(db, content, person, id))).not.toMatch(/KEY|correct/)

        const answers = Object.fromEntries(choices.map((chosen, index) => [`q${index}`, chosen]))
        const [{ questions }] = (await rowsOf(person)) as [typeof attempt.$inferSelect]
        expect(questions).toHaveLength(quiz.draw)
        const known = Object.fromEntries(
          choices.map((chosen, index) => [`q${index}`, chosen.filter(one => one !== 'z')]),
        )
        const { score, outOf } = mark(questions, known)

        expect(await submit(person, id, answers, undefined, true)).toEqual({
          outcome: 'marked',
          passed: isPass({ score, outOf }, quiz.passMark),
        })
        expect(await ownAttempt(db, content, person, id)).toMatchObject({ score, outOf })
      },
    ),
    { numRuns: 60 },
  )
})

async function keyShownOf(content: Content, person: Someone, id: number): Promise<boolean> {
  const shown = await ownAttempt(db, content, person, id)
  expect(shown.state).toBe('submitted')
  return JSON.stringify(shown).includes('KEY of second, c')
}
