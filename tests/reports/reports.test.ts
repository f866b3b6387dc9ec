import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { marking } from '../../db/schema/grading.ts'
import { notification, suspension } from '../../db/schema/people.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { report as reports } from '../../db/schema/reports.ts'
import { selfPacedCohort } from '../../src/courses/cohorts.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { hidePost } from '../../src/discussions/moderation/hiding.ts'
import { permalinkOf } from '../../src/discussions/permalink.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { claimNext } from '../../src/grading/next.ts'
import { desk, waitingOnDesk } from '../../src/grading/queue.ts'
import type { Person } from '../../src/people/person.ts'
import { auditLog } from '../../src/record/audit-log.ts'
import { caseFor } from '../../src/reports/case.ts'
import { postToReport } from '../../src/reports/report.ts'
import { reportPage, reportQueue, reportsWaiting } from '../../src/reports/queue.ts'
import { lenient, open, reflect, reply } from '../discussions/deeds.ts'
import { claimPost, gradePost } from '../grading/deeds.ts'
import { markingOf } from '../grading/reflections.ts'
import { addAdmin, addClass, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { handle, report, unkind, worried } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

/** Two trainees of a cohort with their mentor, and a reflection of one of them. */
async function aCohort() {
  const cast = await addClass(db)
  const { id: post } = await reflect(db, cast.river)
  return { ...cast, post }
}

const toldTo = async ({ id }: { id: number }) =>
  (await db.select().from(notification).where(eq(notification.personId, id))).map(
    ({ kind, summary, href }) => ({
      kind,
      summary,
      href,
    }),
  )

const openOf = async (post: number) => {
  const rows = await db.select().from(reports).where(eq(reports.postId, post)).orderBy(reports.id)
  return rows.filter(({ handledAt }) => handledAt === null)
}

const firstOf = async (post: number) => (await openOf(post))[0]!.id

const pausedAt = async (post: number) =>
  (
    await db
      .select()
      .from(marking)
      .where(eq(marking.id, await markingOf(db, post)))
  )[0]!.pausedAt

const queueOf = async (viewer: Person) =>
  (await reportQueue(db, lenient, viewer)).waiting.map(({ postId }) => postId)

describe('reporting', () => {
  test('a trainee reports a post; it waits for its mentor, and nobody is told by name', async () => {
    const { river, moss, mentor, post } = await aCohort()
    await report(db, moss, post, unkind, 'It mocks @someone.')
    expect(await queueOf(mentor)).toEqual([post])
    expect(await toldTo(river)).toEqual([])
    expect(await toldTo(mentor)).toEqual([])
    const about = await caseFor(db, lenient, mentor, await firstOf(post))
    expect(about).toMatchObject({
      author: { handle: river.handle },
      open: [
        { reporter: { handle: moss.handle }, reason: unkind, words: 'It mocks @someone.', concern: false },
      ],
      handled: [],
    })
    expect(await pausedAt(post)).toBeNull()
  })

  test('a second report of the same person is told kindly that the first is there, also of two at once', async () => {
    const { moss, post } = await aCohort()
    const both = await Promise.allSettled([report(db, moss, post), report(db, moss, post)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(report(db, moss, post, worried)).rejects.toThrow(/already, and somebody will look/)
    expect(await openOf(post)).toHaveLength(1)
    expect((await postToReport(db, lenient, moss, post)).reportedAt).toBeInstanceOf(Date)
  })

  test('nobody reports their own post, one that they can’t see, or one that is gone', async () => {
    const { river, moss, stranger, mentor, post } = await aCohort()
    await expect(report(db, river, post)).rejects.toThrow(Forbidden)
    await expect(report(db, stranger, post)).rejects.toThrow(NotFound)
    await expect(postToReport(db, lenient, river, post)).rejects.toThrow(NotFound)
    await db.transaction(tx => hidePost(tx, lenient, mentor, { post, reason: 'A name.' }))
    await expect(report(db, moss, post)).rejects.toThrow(Conflict)
    await expect(postToReport(db, lenient, moss, post)).rejects.toThrow(NotFound)
  })

  test('it takes a reason that there is, and words where the reason says nothing without', async () => {
    const { moss, post } = await aCohort()
    await expect(report(db, moss, post, 'made-up')).rejects.toThrow(Invalid)
    await expect(report(db, moss, post, 'other')).rejects.toThrow(Invalid)
    await report(db, moss, post, 'other', 'I can’t put my finger on it.')
  })
})

describe('a worry about somebody', () => {
  test('the mentors of the place and the admins are told at once, each once until they have seen it', async () => {
    const { river, moss, mentor, cohort, post } = await aCohort()
    const beside = await addMentorOf(db, [cohort.id])
    const elsewhere = await addMentorOf(db)
    const [admin, gone] = [await addAdmin(db), await addAdmin(db)]
    await db.insert(suspension).values({ personId: gone.id, byId: admin.id, reason: 'A test.' })
    await report(db, moss, post, worried)
    await report(db, beside, post, worried)
    const told = [{ kind: 'reported', summary: expect.stringContaining(`@${river.handle}`) as string }]
    for (const one of [mentor, admin, beside]) expect(await toldTo(one)).toMatchObject(told)
    for (const one of [river, moss, elsewhere, gone]) expect(await toldTo(one)).toEqual([])
    expect((await toldTo(mentor))[0]).toMatchObject({ href: `/reports/${await firstOf(post)}` })
    expect(JSON.stringify(await toldTo(mentor))).not.toContain(moss.handle)
  })

  test('grading of the reflection pauses, and goes on once it has been handled', async () => {
    const { moss, mentor, post } = await aCohort()
    const other = await reflect(db, moss)
    await report(db, moss, post, worried)
    expect(await pausedAt(post)).toBeInstanceOf(Date)
    const id = await firstOf(post)
    const { waiting } = await desk(db, lenient, mentor)
    expect(waiting.map(({ postId, concern }) => [postId, concern])).toEqual([
      [post, id],
      [other.id, null],
    ])
    expect(await waitingOnDesk(db, lenient, mentor)).toMatchObject({ waiting: 1 })
    await expect(claimPost(db, mentor, post)).rejects.toThrow(/Somebody is worried/)
    expect(await db.transaction(tx => claimNext(tx, lenient, mentor))).toBe(await markingOf(db, other.id))

    await handle(db, mentor, { report: id })
    expect(await pausedAt(post)).toBeNull()
    await claimPost(db, mentor, post)
  })

  test('a mentor who is at work on it is told why their grade was not taken', async () => {
    const { moss, mentor, post } = await aCohort()
    await claimPost(db, mentor, post)
    await report(db, moss, post, worried)
    await expect(gradePost(db, mentor, post, { all: lenient })).rejects.toThrow(Conflict)
    await handle(db, mentor, { report: await firstOf(post) })
    await gradePost(db, mentor, post, { all: lenient })
  })

  test('an unkind word pauses nothing, and a worry about a reply has nothing to pause', async () => {
    const { river, moss, post } = await aCohort()
    const answer = await reply(db, moss, post)
    await report(db, river, answer.id, worried)
    await report(db, moss, post)
    expect(await pausedAt(post)).toBeNull()
  })
})

describe('the queue', () => {
  test('holds what was reported in one’s own places: mentors see theirs, admins all, trainees nothing', async () => {
    const { moss, mentor, river, post } = await aCohort()
    const other = await aCohort()
    await report(db, moss, post)
    await report(db, other.moss, other.post)
    const id = await firstOf(post)
    expect(await queueOf(mentor)).toEqual([post])
    expect(await queueOf(other.mentor)).toEqual([other.post])
    const admin = await addAdmin(db)
    expect(await queueOf(admin)).toEqual(expect.arrayContaining([post, other.post]))
    for (const nobody of [moss, river]) {
      expect(await queueOf(nobody)).toEqual([])
      expect(await reportsWaiting(db, lenient, nobody)).toEqual({ posts: 0, concern: false })
    }
    for (const outside of [moss, river, other.mentor]) {
      await expect(caseFor(db, lenient, outside, id)).rejects.toThrow(NotFound)
      await expect(handle(db, outside, { report: id })).rejects.toThrow(NotFound)
    }
    await caseFor(db, lenient, admin, id)
  })

  test('puts worries first and then the oldest, several reports of one post in one row, page by page', async () => {
    const crowd = await Promise.all(Array.from({ length: reportPage + 3 }, () => addTrainee(db)))
    const [one, two] = [crowd[0]!, crowd[1]!]
    const cohort = await addCohortOf(db, crowd)
    const mentor = await addMentorOf(db, [cohort.id])
    const posts: number[] = []
    for (const person of crowd) posts.push((await reflect(db, person)).id)
    for (const post of posts.slice(2)) await report(db, one, post)
    const last = posts.at(-1)!
    await report(db, two, last, worried)

    const first = await reportQueue(db, lenient, mentor)
    const second = await reportQueue(db, lenient, mentor, first.next!)
    const rows = [...first.waiting, ...second.waiting]
    expect(rows.map(({ postId }) => postId)).toEqual([last, ...posts.slice(2, -1)])
    expect(rows[0]).toMatchObject({ concern: true, reports: 2, reasons: [worried, unkind] })
    expect([first.waiting.length, second.next]).toEqual([reportPage, null])
    expect(await reportsWaiting(db, lenient, mentor)).toEqual({ posts: rows.length, concern: true })
  })

  test('hides from mentors and admins what was reported of themselves', async () => {
    const { river, mentor, post } = await aCohort()
    const answer = await reply(db, mentor, post)
    await report(db, river, answer.id, worried)
    const id = await firstOf(answer.id)
    expect(await queueOf(mentor)).toEqual([])
    await expect(caseFor(db, lenient, mentor, id)).rejects.toThrow(NotFound)
    await expect(handle(db, mentor, { report: id })).rejects.toThrow(NotFound)
    expect(await toldTo(mentor)).toEqual([])
  })
})

describe('handling', () => {
  test('closes all that was reported of the post, thanks those who reported it, and stands in the audit log', async () => {
    const { river, moss, mentor, cohort, post } = await aCohort()
    const third = await addMentorOf(db, [cohort.id])
    await report(db, moss, post)
    await report(db, third, post, worried)
    const id = await firstOf(post)
    await handle(db, mentor, { report: id, outcome: 'I wrote to them, and they are safe.' })
    expect(await openOf(post)).toEqual([])
    expect(await queueOf(mentor)).toEqual([])
    const thanks = {
      kind: 'report_handled',
      summary: 'A mentor has looked at the post you reported. Thank you.',
    }
    expect(await toldTo(moss)).toMatchObject([thanks])
    expect(await toldTo(third)).toMatchObject([thanks])
    expect(await toldTo(river)).toEqual([])
    const [line] = (await auditLog(db, await addAdmin(db), { person: mentor.id })).lines
    expect(line).toMatchObject({
      action: 'report.handled',
      whom: river.handle,
      details: { post, outcome: 'I wrote to them, and they are safe.' },
    })
    const { handled } = await caseFor(db, lenient, mentor, id)
    expect(handled).toHaveLength(2)
    expect(handled[0]).toMatchObject({ handledBy: mentor.handle })
  })

  test('nobody handles what they reported themselves', async () => {
    const { moss, mentor, post } = await aCohort()
    await report(db, moss, post)
    await report(db, mentor, post)
    await expect(handle(db, mentor, { report: await firstOf(post) })).rejects.toThrow(Forbidden)
    await handle(db, await addAdmin(db), { report: await firstOf(post) })
  })

  test('of two who handle it at once one is told, and whoever has not read the newest report reads it first', async () => {
    const { moss, mentor, cohort, post } = await aCohort()
    const other = await addMentorOf(db, [cohort.id])
    await report(db, moss, post)
    const id = await firstOf(post)
    await report(db, other, post, worried)
    await expect(handle(db, mentor, { report: id, seen: id })).rejects.toThrow(/since you opened it/)
    expect(await pausedAt(post)).toBeInstanceOf(Date)
    const admins = [await addAdmin(db), await addAdmin(db)]
    const both = await Promise.allSettled(admins.map(admin => handle(db, admin, { report: id })))
    const refused = both.filter(one => one.status === 'rejected')
    expect(refused.map(({ reason }) => reason as unknown)).toEqual([expect.any(Conflict)])
  })

  test('a post that was handled can be reported again', async () => {
    const { moss, mentor, post } = await aCohort()
    await report(db, moss, post)
    await handle(db, mentor, { report: await firstOf(post) })
    await report(db, moss, post, worried)
    expect(await queueOf(mentor)).toEqual([post])
    expect(await pausedAt(post)).toBeInstanceOf(Date)
  })
})

test('the link in the thanks leads whoever reported it to the post', async () => {
  const { moss, mentor, post } = await aCohort()
  await report(db, moss, post)
  await handle(db, mentor, { report: await firstOf(post) })
  const [thanks] = await toldTo(moss)
  expect(thanks?.href).toBe(`/posts/${post}`)
  expect(await permalinkOf(db, lenient, moss, post)).toContain(`post-${post}`)
})

test('a report is written to the audit log, where only admins read who made it', async () => {
  const { river, moss, post } = await aCohort()
  await report(db, moss, post, worried, 'Something private.')
  const [line] = await db.select().from(auditEntry).where(eq(auditEntry.actorId, moss.id))
  expect(line).toMatchObject({ action: 'post.reported', subjectId: river.id })
  expect(JSON.stringify(line!.details)).not.toContain('private')
})

test('all mentors are told of a worry in a self-paced course, and find it in their queue', async () => {
  const [river, moss] = [await addTrainee(db), await addTrainee(db)]
  const [mentor, other] = [await addMentorOf(db), await addMentorOf(db)]
  await db.transaction(async tx => {
    const { id: cohortId } = await selfPacedCohort(tx, open.course)
    for (const { id: personId } of [river, moss]) await enrol(tx, null, { cohortId, personId })
  })
  const { id } = await reflect(db, river)
  await report(db, moss, id, worried)
  for (const one of [mentor, other]) {
    expect(await toldTo(one)).toHaveLength(1)
    expect(await queueOf(one)).toEqual([id])
  }
})
