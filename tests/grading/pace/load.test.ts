import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { marking, mentorPace, result, submission } from '../../../db/schema/grading.ts'
import { content } from '../../../src/authoring/content.ts'
import { Forbidden } from '../../../src/errors.ts'
import { answerTimes } from '../../../src/grading/pace/answer-times.ts'
import { loadFor, median } from '../../../src/grading/pace/load.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { gradePost } from '../deeds.ts'
import { markingOf, reflect } from '../reflections.ts'

const { db } = await testDatabase()
const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day)
const cohort = await addCohortOf(db)
const other = await addCohortOf(db)
const [maple, myrtle] = [await addMentorOf(db, [cohort.id]), await addMentorOf(db, [other.id])]
const admin = await addAdmin(db)

/** A reflection that was handed in so many days ago, promised within three, and answered so many days after. */
async function answered(
  took: number,
  { where = cohort, mentor = maple, releasedAgo = 0 } = {},
): Promise<number> {
  const post = await reflect(db, await addTrainee(db), where, { daysAgo: took + releasedAgo })
  await db
    .update(submission)
    .set({ submittedAt: ago(took + releasedAgo), promisedBy: ago(took + releasedAgo - 3) })
    .where(eq(submission.postId, post))
  await db
    .update(marking)
    .set({ promisedBy: ago(took + releasedAgo - 3) })
    .where(eq(marking.postId, post))
  await gradePost(db, mentor, post)
  await db.transaction(async tx => {
    await tx.execute('set local session_replication_role = replica')
    await tx
      .update(result)
      .set({ releasedAt: ago(releasedAgo) })
      .where(eq(result.postId, post))
  })
  await db
    .update(marking)
    .set({ closedAt: ago(releasedAgo) })
    .where(eq(marking.postId, post))
  return post
}

const posts = [await answered(1), await answered(2), await answered(6, { releasedAgo: 10 })]
await answered(4, { where: other, mentor: myrtle })
await answered(2, { releasedAgo: 30 })

const inDays = (times: Awaited<ReturnType<typeof answerTimes>>) =>
  times.map(({ cohort: one, answers, median: half, within }) => [
    one?.id ?? null,
    answers,
    Math.round((half / day) * 100) / 100,
    within,
  ])

test('half of the answers of a cohort took no more than the median, and some came by their promise', async () => {
  expect(inDays(await answerTimes(db, maple))).toEqual([
    [null, 3, 2, 2],
    [cohort.id, 3, 2, 2],
  ])
})

test('an admin sees every cohort, and the course over all of them', async () => {
  expect(inDays(await answerTimes(db, admin))).toEqual([
    [null, 4, 3, 2],
    [cohort.id, 3, 2, 2],
    [other.id, 1, 4, 0],
  ])
})

test('a correction is no second answer', async () => {
  await gradePost(db, maple, posts[0]!, {
    marking: await markingOf(db, posts[0]!),
    corrects: true,
    outcome: 'distinction',
  })
  expect((await answerTimes(db, maple))[0]!.answers).toBe(3)
})

test('nobody else’s times are told to a mentor of no cohort, or to anybody who does not mentor', async () => {
  expect(await answerTimes(db, await addTrainee(db))).toEqual([])
})

test('a mentor sees their own load beside the middle of those who are here; an admin sees each', async () => {
  await db
    .insert(mentorPace)
    .values({ mentorId: myrtle.id, weekly: 4, awayFrom: '2026-01-01', awayUntil: '2099-01-01' })
  const open = await reflect(db, await addTrainee(db), cohort)
  await db.update(marking).set({ handedToId: maple.id, handedAt: new Date() }).where(eq(marking.postId, open))
  const own = await loadFor(db, content(), maple)
  expect(own.own).toMatchObject({ open: 1, done7: 2, done28: 3 })
  expect(own).toMatchObject({ each: null, away: 1, middle: { open: 1, done7: 2, done28: 3 } })
  const { each } = await loadFor(db, content(), admin)
  expect(each?.find(({ id }) => id === myrtle.id)).toMatchObject({ weekly: 4, away: true, done7: 1 })
  await expect(loadFor(db, content(), await addTrainee(db))).rejects.toThrow(Forbidden)
})

test('the middle of numbers is the middle one, or lies halfway between two', () => {
  expect([median([]), median([3]), median([9, 1, 5]), median([4, 1, 2, 100])]).toEqual([0, 3, 5, 3])
})
