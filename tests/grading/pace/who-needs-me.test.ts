import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { enrolment, reading } from '../../../db/schema/courses.ts'
import { post as posts } from '../../../db/schema/discussions.ts'
import { result, submission } from '../../../db/schema/grading.ts'
import { suspension } from '../../../db/schema/people.ts'
import { content } from '../../../src/authoring/content.ts'
import { Forbidden } from '../../../src/errors.ts'
import { whoNeedsMe } from '../../../src/grading/pace/who-needs-me.ts'
import type { Person } from '../../../src/people/person.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { gradePost } from '../deeds.ts'
import { aModule, reflect, resubmit } from '../reflections.ts'

const { db } = await testDatabase()
const now = Date.now()
const ago = (days: number) => new Date(now - days * 86_400_000)

let cohort: { id: number }
let maple: Person
let river: Person
beforeEach(async () => {
  river = await addTrainee(db)
  cohort = await addCohortOf(db, [river])
  maple = await addMentorOf(db, [cohort.id])
})

const joined = (person: Person, days: number) =>
  db
    .update(enrolment)
    .set({ at: ago(days) })
    .where(eq(enrolment.personId, person.id))
const reads = (person: Person, days: number) =>
  db.insert(reading).values({ personId: person.id, module: `${aModule}-${days}`, at: ago(days) })
const names = (people: { handle: string }[] | undefined) => people?.map(({ handle }) => handle)
const quiet = async (list?: 'quiet') => names((await whoNeedsMe(db, maple, { list })).quiet?.people)

describe('somebody has gone quiet', () => {
  test('who came two weeks ago or more and has read, written and tried nothing since', async () => {
    await joined(river, 30)
    expect(await quiet()).toEqual([river.handle])
    await reads(river, 20)
    expect((await whoNeedsMe(db, maple)).quiet?.people[0]).toMatchObject({
      since: ago(20),
      postId: null,
      cohort: { cohortId: cohort.id },
    })
    await reads(river, 13)
    expect(await quiet()).toEqual([])
  })

  test('but not who came lately, has finished, has left, was suspended, or went long ago', async () => {
    expect(await quiet()).toEqual([])
    await joined(river, 100)
    expect(await quiet()).toEqual([])
    await joined(river, 30)
    await db.update(enrolment).set({ finishedAt: new Date() }).where(eq(enrolment.personId, river.id))
    expect(await quiet()).toEqual([])
    await db
      .update(enrolment)
      .set({ finishedAt: null, endedAt: new Date() })
      .where(eq(enrolment.personId, river.id))
    expect(await quiet()).toEqual([])
    await db.update(enrolment).set({ endedAt: null }).where(eq(enrolment.personId, river.id))
    expect(await quiet()).toEqual([river.handle])
    await db.insert(suspension).values({ personId: river.id, byId: maple.id, reason: 'A test.' })
    expect(await quiet()).toEqual([])
  })

  test('and not who waits for an answer: it is they who have not heard', async () => {
    await joined(river, 30)
    const post = await reflect(db, river, cohort, { daysAgo: 20 })
    await db
      .update(posts)
      .set({ createdAt: ago(20) })
      .where(eq(posts.id, post))
    expect(await quiet()).toEqual([])
    await db.update(submission).set({ state: 'passed' }).where(eq(submission.postId, post))
    expect((await whoNeedsMe(db, maple)).quiet?.people).toMatchObject([
      { handle: river.handle, postId: post, since: ago(20) },
    ])
  })

  test('the newest silence first, each once, page by page', async () => {
    const others = await Promise.all(Array.from({ length: 29 }, () => addTrainee(db)))
    await db.insert(enrolment).values(
      others.map(({ id }, n) => ({
        ...{ cohortId: cohort.id, personId: id, course: 'introduction-to-group-support', at: ago(15 + n) },
      })),
    )
    await joined(river, 60)
    const first = (await whoNeedsMe(db, maple, { list: 'quiet' })).quiet!
    const second = (await whoNeedsMe(db, maple, { list: 'quiet', after: first.next! })).quiet!
    expect([...names(first.people)!, ...names(second.people)!]).toEqual([...names(others)!, river.handle])
    expect([first.people.length, second.next]).toEqual([25, null])
    expect((await whoNeedsMe(db, maple)).quiet!.people).toHaveLength(5)
    expect((await whoNeedsMe(db, maple, { list: 'quiet', after: 'nonsense' })).quiet!.people).toHaveLength(25)
  })
})

describe('a returned reflection that does not come again', () => {
  const returned = async () => (await whoNeedsMe(db, maple)).returned!.people
  const givenBack = async (days: number) => {
    const post = await reflect(db, river, cohort, { daysAgo: days + 1 })
    await gradePost(db, maple, post, { outcome: 'return' })
    await inThePast(post, days)
    return post
  }
  /** As if its result had been released so many days ago. */
  const inThePast = (post: number, days: number) =>
    db.transaction(async tx => {
      await tx.execute('set local session_replication_role = replica')
      await tx
        .update(result)
        .set({ releasedAt: ago(days) })
        .where(eq(result.postId, post))
    })

  test('is listed from the fifth day on, until it comes', async () => {
    const post = await givenBack(4)
    expect(await returned()).toEqual([])
    await inThePast(post, 5)
    expect(await returned()).toMatchObject([
      { handle: river.handle, postId: post, module: aModule, returned: ago(5) },
    ])
    await resubmit(db, post, 'Once more.')
    expect(await returned()).toEqual([])
  })

  test('and not when its author has left the cohort', async () => {
    await givenBack(6)
    await db.update(enrolment).set({ endedAt: new Date() }).where(eq(enrolment.personId, river.id))
    expect(await returned()).toEqual([])
  })
})

describe('worth celebrating', () => {
  const celebrated = async () => (await whoNeedsMe(db, maple)).celebrate!.people

  test('is a distinction that was released, and nothing less', async () => {
    const moss = await addTrainee(db)
    await gradePost(db, maple, await reflect(db, moss, cohort))
    const post = await reflect(db, river, cohort)
    await gradePost(db, maple, post, { outcome: 'distinction' })
    expect(await celebrated()).toMatchObject([
      { handle: river.handle, postId: post, distinction: true, finished: false },
    ])
  })

  test('but not while it is held, nor once it is corrected', async () => {
    const post = await reflect(db, river, cohort)
    await gradePost(db, maple, post, { outcome: 'distinction', hold: true })
    expect(await celebrated()).toEqual([])
    const other = await reflect(db, await addTrainee(db), cohort)
    await gradePost(db, maple, other, { outcome: 'distinction' })
    expect(await celebrated()).toHaveLength(1)
    await gradePost(db, maple, other, { outcome: 'pass', corrects: true })
    expect(await celebrated()).toEqual([])
  })

  test('is a whole course that was finished', async () => {
    const asked = content()
      .course('introduction-to-group-support')!
      .modules.filter(({ reflection }) => reflection)
    for (const { id } of asked) await gradePost(db, maple, await reflect(db, river, cohort, { module: id }))
    expect(await celebrated()).toMatchObject([
      { handle: river.handle, module: asked.at(-1)!.id, distinction: false, finished: true },
    ])
  })
})

test('a mentor finds people of their own cohorts alone, and never themselves', async () => {
  const other = await addMentorOf(db, [(await addCohortOf(db)).id])
  await joined(river, 30)
  await gradePost(db, maple, await reflect(db, await addTrainee(db), cohort), { outcome: 'distinction' })
  expect(await whoNeedsMe(db, other)).toMatchObject({
    quiet: { people: [] },
    returned: { people: [] },
    celebrate: { people: [] },
  })
  await expect(whoNeedsMe(db, river)).rejects.toThrow(Forbidden)
  await expect(whoNeedsMe(db, await addAdmin(db))).rejects.toThrow(Forbidden)
})
