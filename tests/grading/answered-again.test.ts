import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { enrolment } from '../../db/schema/courses.ts'
import { grade, result, submission } from '../../db/schema/grading.ts'
import type { Content } from '../../src/authoring/content.ts'
import { loadFacts } from '../../src/badges/load-facts.ts'
import { cohortPeople } from '../../src/courses/cohort-people.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { changedSince, isDone, moduleState, stepIn } from '../../src/courses/steps.ts'
import { deletePost } from '../../src/discussions/deletion.ts'
import { resubmit } from '../../src/discussions/editing.ts'
import { postReflection } from '../../src/discussions/posting.ts'
import { Conflict } from '../../src/errors.ts'
import { resultsOf } from '../../src/grading/results.ts'
import type { Person } from '../../src/people/person.ts'
import { courseId, revised, shortCourse } from '../courses/changed-content.ts'
import { content } from '../../src/authoring/content.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { gradePost } from './deeds.ts'
import { aModule, reflect } from './reflections.ts'

const { db } = await testDatabase()

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** The first module asks its question, and nothing else; from this day on it asks for another answer. */
const asking = (on?: string): Content =>
  shortCourse((module, index) =>
    index > 0
      ? {}
      : {
          ...{ reflection: content().module(module.id)!.reflection },
          completion: { read: false, reflected: true, replied: 0, quiz: false, guides: false },
          ...(on && revised({ asks: 'redo', again: ['reflection'], on })),
        },
  )
const before = asking()
const since = asking(dayBefore(0))

let trainee: Person
let cohort: { id: number }
let mentor: Person
let post: number

/** Somebody has passed, some days ago. */
beforeEach(async () => {
  trainee = await addTrainee(db)
  cohort = await addCohortOf(db, [trainee])
  mentor = await addMentorOf(db, [cohort.id])
  post = await reflect(db, trainee, cohort, { daysAgo: 3 })
  await gradePost(db, mentor, post)
})

const state = async (within: Content) => {
  const progress = await progressOf(db, trainee)
  return moduleState(within, within.module(aModule)!, progress)
}
const counts = async (within: Content) =>
  (await loadFacts(db, within, [trainee.id])).get(trainee.id)!.reflectionsPassed.has(aModule)
const answers = (within = since) =>
  db.transaction(tx =>
    resubmit(tx, within, trainee, { post, revision: 1, markdown: 'What I think of the new step.' }),
  )
const submissions = () => db.select().from(submission).where(eq(submission.authorId, trainee.id))

describe('a question that is asked again', () => {
  test('is told with what changed; the pass is kept, and does not count', async () => {
    expect(await state(before)).toMatchObject({ reflection: 'passed', open: [], done: true })
    const asked = await state(since)
    expect(asked).toMatchObject({ reflection: 'again', open: ['reflected'], done: false })
    expect(stepIn(asked)).toBe('reflect')
    const progress = await progressOf(db, trainee)
    const own = progress.reflections.get(aModule)!
    expect(changedSince(since.module(aModule)!, own)).toMatchObject([{ version: 2 }])
    expect([await counts(before), await counts(since)]).toEqual([true, false])
    expect((await submissions())[0]!.state).toBe('passed')
  })

  test('is answered anew on top of the old answer; what the mentor made of that stays, and the new pass counts', async () => {
    await answers()
    expect(await submissions()).toMatchObject([{ postId: post, try: 2, state: 'submitted' }])
    expect(await state(since)).toMatchObject({ reflection: 'submitted', done: true })
    await gradePost(db, mentor, post, { outcome: 'distinction', all: since })
    expect((await resultsOf(db, trainee, [post])).get(post)).toMatchObject({
      state: 'passed',
      results: [
        { try: 1, outcome: 'pass', revision: 1 },
        { try: 2, outcome: 'distinction', revision: 2 },
      ],
    })
    expect(await db.select().from(grade).where(eq(grade.mentorId, mentor.id))).toHaveLength(2)
    expect([await counts(since), isDone(since.module(aModule)!, await progressOf(db, trainee))]).toEqual([
      true,
      true,
    ])
    await expect(answers()).rejects.toThrow(Conflict)
  })

  test('is answered by whoever is asked alone: not where it has passed since, or nothing is asked', async () => {
    await expect(answers(before)).rejects.toThrow('has been passed')
    await expect(answers(asking(dayBefore(3)))).rejects.toThrow('has been passed')
    expect(await counts(asking(dayBefore(3)))).toBe(true)
  })

  test('is once answered by two presses at the same moment', async () => {
    const both = await Promise.allSettled([answers(), answers()])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('leaves an answer that is with the mentors alone until it has passed', async () => {
    const [moss] = [await addTrainee(db)]
    const another = await addCohortOf(db, [moss])
    await reflect(db, moss, another, { daysAgo: 3 })
    const progress = await progressOf(db, moss)
    expect(moduleState(since, since.module(aModule)!, progress)).toMatchObject({
      reflection: 'submitted',
      done: true,
    })
  })

  test('takes a new post of whoever has deleted theirs; the old result stays on the record', async () => {
    const posts = (within: Content) =>
      db.transaction(tx => postReflection(tx, within, trainee, { module: aModule, markdown: 'Once more.' }))
    await expect(posts(since)).rejects.toThrow(Conflict)
    await db.transaction(tx => deletePost(tx, content(), trainee, { post, told: 'passed' }))
    await expect(posts(before)).rejects.toThrow('has passed')
    const { id } = await posts(since)
    expect(await submissions()).toMatchObject([{ postId: id, try: 1, state: 'submitted' }])
    expect(await db.select().from(result).where(eq(result.postId, post))).toMatchObject([{ outcome: 'pass' }])
  })

  test('is asked of whoever had finished the course without saying that they read it, and is not new to them', async () => {
    await db.update(enrolment).set({ finishedAt: new Date() }).where(eq(enrolment.personId, trainee.id))
    const added = since.course(courseId)!.modules[1]!
    const progress = await progressOf(db, trainee)
    expect(moduleState(since, since.module(aModule)!, progress)).toMatchObject({
      offered: false,
      reflection: 'again',
    })
    expect(moduleState(since, added, progress)).toMatchObject({ offered: true })
    const { spared } = (await loadFacts(db, since, [trainee.id])).get(trainee.id)!
    expect([spared.has(aModule), spared.has(added.id)]).toEqual([false, true])
    await answers()
    await gradePost(db, mentor, post, { outcome: 'return', all: since })
    expect((await state(since)).offered).toBe(false)
  })

  test('shows an admin what counts of a cohort', async () => {
    const admin = await addAdmin(db)
    const passedIn = async (within: Content) =>
      (await cohortPeople(db, within, admin, { id: cohort.id, course: courseId })).members[0]?.passed
    expect([await passedIn(before), await passedIn(since)]).toEqual([1, 0])
  })
})
