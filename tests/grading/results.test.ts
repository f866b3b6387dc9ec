import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { enrolment } from '../../db/schema/courses.ts'
import { grade, marking, result, submission } from '../../db/schema/grading.ts'
import { content } from '../../src/authoring/content.ts'
import { loadFacts } from '../../src/badges/load-facts.ts'
import { resubmit } from '../../src/discussions/editing.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { appealResult } from '../../src/grading/appeal.ts'
import { heldBatches, releaseBatch } from '../../src/grading/held.ts'
import { reflectionOnDesk } from '../../src/grading/desk/on-desk.ts'
import { resultsOf } from '../../src/grading/results.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { gradePost } from './deeds.ts'
import { aModule, levels, markingOf, reflect, resubmit as handInAnew } from './reflections.ts'

const { db } = await testDatabase()

let trainee: Person
let cohort: { id: number }
let mentor: Person
let other: Person
let post: number

beforeEach(async () => {
  trainee = await addTrainee(db)
  cohort = await addCohortOf(db, [trainee])
  mentor = await addMentorOf(db, [cohort.id])
  other = await addMentorOf(db, [cohort.id])
  post = await reflect(db, trainee, cohort)
})

const stateNow = async (id = post) =>
  (await db.select().from(submission).where(eq(submission.postId, id)))[0]!.state
const told = async () => (await resultsOf(db, trainee, [post])).get(post)!
const releases = (who: Person) =>
  db.transaction(tx => releaseBatch(tx, content(), who, { cohort: cohort.id, module: aModule }))
const latest = async () => (await told()).results.at(-1)!
const appeals = async (who = trainee, id?: number) => {
  const about = id ?? (await latest()).id
  return db.transaction(tx =>
    appealResult(tx, content(), who, { result: about, reason: 'It says what I did.' }),
  )
}

describe('a held answer', () => {
  test('reaches nobody before its batch is released; then it counts, with all the others', async () => {
    const another = await reflect(db, await addTrainee(db), cohort)
    expect(await gradePost(db, mentor, post, { hold: true })).toMatchObject({ became: 'held' })
    await gradePost(db, mentor, another, { hold: true, outcome: 'return' })
    expect(await told()).toMatchObject({ state: 'submitted', withMentor: true, results: [] })
    expect(await unseen(db, trainee)).toEqual([])
    expect(await heldBatches(db, other)).toMatchObject([{ module: aModule, answers: 2, waiting: 0 }])

    expect((await releases(other)).authorIds).toHaveLength(2)
    expect([await stateNow(), await stateNow(another)]).toEqual(['passed', 'returned'])
    expect(await unseen(db, trainee)).toMatchObject([{ kind: 'reflection_passed' }])
    const facts = (await loadFacts(db, content(), [trainee.id])).get(trainee.id)!
    expect(facts.reflectionsPassed).toContain(aModule)
    await expect(releases(mentor)).rejects.toThrow(Conflict)
  })

  test('is released once, however many press at the same moment', async () => {
    await gradePost(db, mentor, post, { hold: true })
    const both = await Promise.allSettled([releases(mentor), releases(other)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await unseen(db, trainee)).toHaveLength(1)
  })

  test('is released by a mentor of the cohort alone', async () => {
    await gradePost(db, mentor, post, { hold: true })
    await expect(releases(await addMentorOf(db))).rejects.toThrow(Forbidden)
    await expect(releases(trainee)).rejects.toThrow(Forbidden)
  })

  test('that is corrected goes out as it was corrected', async () => {
    await gradePost(db, mentor, post, { hold: true, outcome: 'return' })
    await gradePost(db, mentor, post, { hold: true, corrects: true })
    expect(await heldBatches(db, mentor)).toMatchObject([{ answers: 1 }])
    await releases(mentor)
    expect((await told()).results).toMatchObject([{ outcome: 'pass' }])
  })
})

describe('a grade that was given by mistake', () => {
  test('is corrected by who gave it: both are kept, the latest counts, and its author is told', async () => {
    await gradePost(db, mentor, post, { outcome: 'return' })
    await gradePost(db, mentor, post, { corrects: true })
    expect(await stateNow()).toBe('passed')
    expect(await db.select().from(grade).where(eq(grade.postId, post))).toHaveLength(2)
    expect((await unseen(db, trainee)).map(({ kind }) => kind)).toContain('grade_corrected')
    expect((await told()).results.map(({ outcome }) => outcome)).toEqual(['return', 'pass'])
  })

  test('is not corrected by another, nor once its author has handed it in again', async () => {
    await gradePost(db, mentor, post, { outcome: 'return' })
    await expect(gradePost(db, other, post, { corrects: true })).rejects.toThrow(Forbidden)
    const first = await markingOf(db, post)
    await handInAnew(db, post, 'Another try.')
    await expect(gradePost(db, mentor, post, { marking: first, corrects: true })).rejects.toThrow(Conflict)
  })
})

test('whoever returns a reflection says what to change, and its author reads it', async () => {
  await expect(gradePost(db, mentor, post, { outcome: 'return', toChange: '' })).rejects.toThrow(Invalid)
  await gradePost(db, mentor, post, { outcome: 'return', toChange: 'Say **one** moment.' })
  expect((await latest()).feedback[0]!.toChangeHtml).toContain('<strong>one</strong>')
})

test('grades and results are only ever added to, whoever asks', async () => {
  await gradePost(db, mentor, post)
  for (const write of [
    db.update(grade).set({ outcome: 'return' }),
    db.delete(grade),
    db.update(result).set({ outcome: 'return' }),
    db.update(result).set({ releasedAt: null }),
    db.delete(result),
  ])
    await expect(write.execute()).rejects.toThrow()
})

describe('an appeal', () => {
  test('is decided by a mentor who has not marked it and sees all, and lifts the result', async () => {
    await gradePost(db, mentor, post, { outcome: 'return', feedback: 'Too short.' })
    await appeals()
    expect((await latest()).appeal).toBe('open')
    expect(await stateNow()).toBe('returned')
    const wanted = await markingOf(db, post)
    await expect(gradePost(db, mentor, post)).rejects.toThrow(Forbidden)
    const seen = await reflectionOnDesk(db, other, wanted)
    expect(seen.appealHtml).toContain('It says what I did.')
    expect(seen.before).toMatchObject([{ feedback: 'Too short.' }])

    await gradePost(db, other, post)
    expect(await stateNow()).toBe('passed')
    expect((await unseen(db, trainee)).map(({ kind }) => kind)).toContain('appeal_decided')
  })

  test('leaves what stood where the second look is less kind', async () => {
    await gradePost(db, mentor, post)
    await appeals()
    await gradePost(db, other, post, { outcome: 'return', levels: { ...levels, care: 'not-yet' } })
    expect(await stateNow()).toBe('passed')
    expect(await latest()).toMatchObject({ outcome: 'pass', rule: 'appeal', levels })
  })

  test('is made once for each try, by its author alone, and of the answer that stands', async () => {
    await gradePost(db, mentor, post, { outcome: 'return' })
    const { id } = await latest()
    await expect(appeals(await addTrainee(db), id)).rejects.toThrow(NotFound)
    await appeals()
    await expect(appeals()).rejects.toThrow('asked about this answer already')
    await gradePost(db, other, post, { outcome: 'return' })
    await expect(appeals()).rejects.toThrow('asked about this answer already')
    await handInAnew(db, post, 'Another try.')
    await expect(appeals(trainee, id)).rejects.toThrow(Conflict)
  })

  test('of a held answer is not possible, for its author does not know it', async () => {
    await gradePost(db, mentor, post, { hold: true })
    const [held] = await db.select().from(result).where(eq(result.postId, post))
    await expect(appeals(trainee, held!.id)).rejects.toThrow(NotFound)
  })

  test('is given up when its author hands in another try instead', async () => {
    await gradePost(db, mentor, post, { outcome: 'return' })
    await appeals()
    await db.transaction(tx =>
      resubmit(tx, content(), trainee, { post, revision: 1, markdown: 'Better words.' }),
    )
    const wanted = await db.select().from(marking).where(eq(marking.postId, post)).orderBy(marking.id)
    expect(wanted.map(({ purpose, closedAt }) => [purpose, closedAt !== null])).toEqual([
      ['first', true],
      ['appeal', true],
      ['first', false],
    ])
  })

  test('says so where no other mentor could decide it', async () => {
    const alone = await addCohortOf(db)
    const only = await addMentorOf(db, [alone.id])
    const own = await reflect(db, trainee, alone)
    await gradePost(db, only, own, { outcome: 'return' })
    const [given] = await db.select().from(result).where(eq(result.postId, own))
    await expect(appeals(trainee, given!.id)).rejects.toThrow('no other mentor')
  })
})

describe('the database itself', () => {
  const bare = async (mentorId: number) => {
    const [row] = await db.execute<{ id: string }>(
      `insert into grade (marking_id, post_id, try, revision, mentor_id, outcome, rubric, levels, feedback, feedback_html)
       values (${await markingOf(db, post)}, ${post}, 1, 1, ${mentorId}, 'pass', 'reflection', '{}', 'x', 'x') returning id`,
    )
    return row
  }

  test('refuses a grade of one’s own reflection, and in a cohort one studies in', async () => {
    await expect(bare(trainee.id)).rejects.toThrow()
    await db
      .insert(enrolment)
      .values({ cohortId: cohort.id, personId: other.id, course: 'introduction-to-group-support' })
    await expect(bare(other.id)).rejects.toThrow()
    await db.update(enrolment).set({ reflectedAt: new Date() }).where(eq(enrolment.personId, other.id))
    await expect(bare(other.id)).resolves.toBeDefined()
  })
})
