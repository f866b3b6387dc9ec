import { beforeAll, describe, expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { Forbidden, NotFound } from '../../../src/errors.ts'
import { listQuizzes, placesOf } from '../../../src/quizzes/analysis/listed.ts'
import { analyse } from '../../../src/quizzes/analysis/of-quiz.ts'
import { analysisOf } from '../../../src/quizzes/analysis/one-quiz.ts'
import { triesAtEach } from '../../../src/quizzes/analysis/tries.ts'
import { addAdmin, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { allKinds } from '../all-kinds.ts'
import { byStrength, handIn, tries } from './handed-in.ts'

const { db, sql } = await testDatabase()

const [first, second] = content().courses[0]!.modules
const quiz = content().quiz(first!.id)!
const handed = tries(
  quiz.questions,
  60,
  byStrength(n => n / 9),
)
const again = tries(
  quiz.questions,
  20,
  byStrength(() => 0),
)

beforeAll(async () => {
  await handIn(db, quiz.id, handed)
  await handIn(db, quiz.id, again, { number: 2 })
  await handIn(
    db,
    'a/quiz-of-all-kinds',
    tries(
      allKinds,
      12,
      byStrength(() => 0.5),
    ),
  )
  await sql`insert into attempt (person_id, quiz, number, questions, pass_mark, out_of)
    select min(id), ${second!.id}, 1, '[]', 80, 1 from person`
})

describe('tries', () => {
  test('come from the database as they were handed in, each question as it was shown', async () => {
    const read = (await triesAtEach(db, ['a/quiz-of-all-kinds'])).get('a/quiz-of-all-kinds')!
    const sorted = [...read].sort((a, b) => a.person - b.person)
    const written = tries(
      allKinds,
      12,
      byStrength(() => 0.5),
    )
    expect(sorted.map(({ questions, answers }) => ({ questions, answers }))).toEqual(
      JSON.parse(JSON.stringify(written.map(({ questions, answers }) => ({ questions, answers })))),
    )
    expect(sorted.map(({ seconds }) => seconds)).toEqual(written.map(({ seconds }) => seconds))
  })

  test('of each person the first counts, unless all are asked for', async () => {
    expect((await triesAtEach(db, [quiz.id])).get(quiz.id)).toHaveLength(60)
    expect((await triesAtEach(db, [quiz.id], { which: 'all' })).get(quiz.id)).toHaveLength(80)
  })

  test('are the newest, and no more than asked for, of each quiz', async () => {
    const found = await triesAtEach(db, [quiz.id, 'a/quiz-of-all-kinds'], { most: 5 })
    expect([...found.values()].map(({ length }) => length)).toEqual([5, 5])
    // The last one handed in was the strongest: it took longest.
    expect(
      found
        .get(quiz.id)!
        .map(({ seconds }) => seconds)
        .sort(),
    ).toEqual([115, 116, 117, 118, 119])
  })

  test('that are open are not looked at', async () => {
    expect((await triesAtEach(db, [second!.id], { which: 'all' })).get(second!.id)).toEqual([])
  })

  test('give the same figures from the database as from memory', async () => {
    const read = (await triesAtEach(db, [quiz.id])).get(quiz.id)!
    const [from, of] = [analyse(quiz, read), analyse(quiz, handed)]
    expect(from.alpha.value).toBeCloseTo(of.alpha.value!, 10)
    expect(from.questions.map(({ drew }) => drew)).toEqual(of.questions.map(({ drew }) => drew))
  })
})

describe('who looks', () => {
  test('an admin gets every quiz of courses and guides, with how many took it', async () => {
    const admin = await addAdmin(db)
    const list = await listQuizzes(db, admin, placesOf(content()))
    expect(list).toHaveLength(content().quizzes.size)
    expect(list.find(one => one.quiz.id === quiz.id)).toMatchObject({ people: 60, tries: 80 })
    expect((await analysisOf(db, content(), admin, quiz.id, 'all')).analysis.tries).toBe(80)
    await expect(analysisOf(db, content(), admin, 'no/such', 'all')).rejects.toThrow(NotFound)
  })

  test('a trainee, and nobody in particular, is refused', async () => {
    for (const person of [await addTrainee(db), null]) {
      await expect(listQuizzes(db, person, placesOf(content()))).rejects.toThrow(Forbidden)
      await expect(analysisOf(db, content(), person, quiz.id, 'first')).rejects.toThrow(Forbidden)
    }
  })
})
