import { and, eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { discussion as discussions, post as posts } from '../../db/schema/discussions.ts'
import { notification, suspension } from '../../db/schema/people.ts'
import { discussionFor } from '../../src/discussions/discussion.ts'
import { noteRead } from '../../src/following/read.ts'
import { countUnread } from '../../src/following/unread-posts.ts'
import { markSeen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { guarded, lenient, open } from '../discussions/deeds.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { deedsIn } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

const { reflect, reply, set } = deedsIn(db)

async function aCohort(module = open.id) {
  const [river, moss, fern] = [await addTrainee(db), await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss, fern])
  const mentor = await addMentorOf(db, [cohort.id])
  const { id: post } = await reflect(river, module)
  const [row] = await db.select().from(discussions).where(eq(discussions.cohortId, cohort.id))
  return { river, moss, fern, mentor, post, id: row!.id }
}

const told = async ({ id }: Person) =>
  (
    await db
      .select({ kind: notification.kind, summary: notification.summary, href: notification.href })
      .from(notification)
      .where(and(eq(notification.personId, id), isNull(notification.seenAt)))
  ).map(({ kind, summary, href }) => ({ kind, summary, href }))
const kinds = async (person: Person) => (await told(person)).map(({ kind }) => kind)

test('who watches is told once of a burst, and again once they have looked', async () => {
  const { moss, mentor, fern, post, id } = await aCohort()
  await set(moss, id, 'watching')
  await reply(mentor, post)
  await reply(fern, post)
  await reply(mentor, post)
  expect(await told(moss)).toEqual([
    {
      kind: 'posted',
      summary: `@${mentor.handle} posted in “${open.title}”, which you watch.`,
      href: `/discussions/${id}/unread`,
    },
  ])
  await db.transaction(tx => markSeen(tx, moss, null))
  const { id: last } = await reply(fern, post)
  expect(await kinds(moss)).toEqual(['posted'])
  // Came by themselves, and read it.
  const seen = { discussion: id, posts: [last], upTo: last }
  await db.transaction(tx => noteRead(tx, lenient, moss, seen))
  expect(await kinds(moss)).toEqual([])
})

test('nobody is told of their own posts, nor twice of one that answers or mentions them', async () => {
  const { river, moss, mentor, post, id } = await aCohort()
  await set(river, id, 'watching')
  await set(moss, id, 'watching')
  await reply(moss, post, 'I think so too.')
  expect(await kinds(moss)).toEqual([])
  expect(await kinds(river)).toEqual(['replied'])
  await reply(mentor, post, `And what of you, @${moss.handle}?`)
  expect(await kinds(moss)).toEqual(['mentioned'])
})

test('two posts at once tell a watcher once', async () => {
  const { moss, fern, mentor, post, id } = await aCohort()
  await set(moss, id, 'watching')
  await Promise.all([reply(mentor, post), reply(fern, post), reflect(fern)])
  expect(await kinds(moss)).toEqual(['posted'])
})

test('who has muted a discussion hears nothing at all from it', async () => {
  const { river, moss, mentor, post, id } = await aCohort()
  await set(river, id, 'muted')
  await reply(mentor, post, `What of you, @${river.handle}?`)
  await reply(moss, post)
  expect(await told(river)).toEqual([])
  await set(river, id, 'normal')
  await reply(moss, post)
  expect(await kinds(river)).toEqual(['replied'])
})

test('a watcher is told only of what they may see', async () => {
  const { moss, fern, mentor, post, id } = await aCohort(guarded.id)
  const admin = await addAdmin(db)
  for (const person of [moss, mentor, admin]) await set(person, id, 'watching')
  await reflect(fern, guarded.id)
  // Has not answered yet.
  expect(await kinds(moss)).toEqual([])
  expect(await kinds(mentor)).toEqual(['posted'])
  expect(await kinds(admin)).toEqual(['posted'])

  await reflect(moss, guarded.id)
  await db.update(posts).set({ audience: 'mentors' }).where(eq(posts.id, post))
  await reply(mentor, post)
  expect(await kinds(moss)).toEqual([])
})

test('who is suspended is told nothing', async () => {
  const { moss, mentor, post, id } = await aCohort()
  await set(moss, id, 'watching')
  await db.insert(suspension).values({ personId: moss.id, byId: mentor.id, reason: 'A test.' })
  await reply(mentor, post)
  expect(await kinds(moss)).toEqual([])
})

test('who posts has looked in: what others post from then on is new to them', async () => {
  const { river, mentor, post, id } = await aCohort()
  await reply(mentor, post)
  expect(await countUnread(db, lenient, river, await discussionFor(db, river, id))).toBe(1)
})
