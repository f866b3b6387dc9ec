import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { discussion as discussions, post as posts } from '../../db/schema/discussions.ts'
import { caughtUp } from '../../db/schema/following.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { catchUp } from '../../src/following/catch-up.ts'
import { newsFor } from '../../src/following/news.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { guarded, lenient, open, read } from '../discussions/deeds.ts'
import { addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { deedsIn } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

const { reflect, reply, set } = deedsIn(db)

async function aCohort() {
  const [river, moss] = [await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  const mentor = await addMentorOf(db, [cohort.id])
  return { river, moss, mentor, cohort }
}
const idOf = async (post: number) =>
  (await db.select({ id: posts.discussionId }).from(posts).where(eq(posts.id, post)))[0]!.id
const newsOf = async (person: Person) =>
  (await newsFor(db, lenient, person)).discussions.map(({ id, unread, watched }) => ({ id, unread, watched }))

/** Adds a topic of the whole community, with this post in it. */
async function aTopic(author: Person, title: string) {
  const [topic] = await db.insert(discussions).values({ title, form: 'talk' }).returning()
  const [post] = await db
    .insert(posts)
    .values({
      discussionId: topic!.id,
      authorId: author.id,
      kind: 'opening',
      markdown: 'Hello',
      html: '<p>Hello</p>',
    })
    .returning()
  await db.update(discussions).set({ lastPostId: post!.id }).where(eq(discussions.id, topic!.id))
  return topic!.id
}

test('what is new stands there by discussion: how much, by whom, and the way to the first of it', async () => {
  const { river, moss, mentor, cohort } = await aCohort()
  const { id } = await reflect(river)
  const place = await idOf(id)
  await set(moss, place, 'normal')
  expect(await newsOf(moss)).toEqual([])
  await reply(mentor, id)
  await reply(river, id)
  const { discussions: list } = await newsFor(db, lenient, moss)
  expect(list).toMatchObject([
    {
      ...{ id: place, title: open.title, cohort: cohort.name, unread: 2, lastBy: river.handle },
      ...{ watched: false, unopened: false, href: `/discussions/${place}/unread` },
    },
  ])
})

test('watched discussions come first, and muted ones not at all', async () => {
  const { river, moss, mentor } = await aCohort()
  const [one, two, three] = [
    await aTopic(river, 'One'),
    await aTopic(river, 'Two'),
    await aTopic(river, 'Three'),
  ]
  for (const topic of [one, two, three]) await set(moss, topic, topic === one ? 'watching' : 'normal')
  await set(moss, three, 'muted')
  for (const topic of [one, two, three]) {
    const [post] = await db
      .insert(posts)
      .values({ discussionId: topic, authorId: mentor.id, kind: 'opening', markdown: 'a', html: 'a' })
      .onConflictDoNothing()
      .returning()
    expect(post).toBeUndefined()
    const [opening] = await db.select().from(posts).where(eq(posts.discussionId, topic))
    const [next] = await db
      .insert(posts)
      .values({
        ...{ discussionId: topic, authorId: mentor.id, kind: 'reply', parentId: opening!.id },
        ...{ markdown: 'a', html: 'a' },
      })
      .returning()
    await db.update(discussions).set({ lastPostId: next!.id }).where(eq(discussions.id, topic))
  }
  expect(await newsOf(moss)).toEqual([
    { id: one, unread: 1, watched: true },
    { id: two, unread: 1, watched: false },
  ])
})

test('one that was never opened counts from when one caught up, and not from before one came', async () => {
  const { river, cohort } = await aCohort()
  const { id } = await reflect(river)
  const newcomer = await addTrainee(db)
  await db.transaction(tx => enrol(tx, null, { cohortId: cohort.id, personId: newcomer.id }))
  const place = await idOf(id)
  expect((await newsOf(newcomer)).map(one => one.id)).not.toContain(place)
  await reply(river, id)
  // Has not come to that module yet.
  expect((await newsOf(newcomer)).map(one => one.id)).not.toContain(place)
  await read(db, newcomer, open.id)
  const { discussions: list } = await newsFor(db, lenient, newcomer)
  expect(list.find(one => one.id === place)).toMatchObject({ unread: 1, unopened: true })
  await db.insert(caughtUp).values({ personId: newcomer.id, at: sql`now()` })
  expect((await newsOf(newcomer)).map(one => one.id)).not.toContain(place)
})

test('where one answers first, a discussion is listed only once one has', async () => {
  const { river, moss, mentor } = await aCohort()
  const { id } = await reflect(river, guarded.id)
  const place = await idOf(id)
  const lists = async () => (await newsOf(moss)).map(one => one.id).includes(place)
  await set(moss, place, 'watching')
  await reply(mentor, id)
  expect(await lists()).toBe(false)
  await reflect(moss, guarded.id)
  expect(await lists()).toBe(true)
})

test('who has seen it all is up to date; what comes later is new again', async () => {
  const { river, moss, mentor } = await aCohort()
  const { id } = await reflect(moss)
  const place = await idOf(id)
  await reply(river, id)
  const { upTo } = await newsFor(db, lenient, moss)
  const late = await reply(mentor, id)
  await db.transaction(tx => catchUp(tx, moss, { upTo }))
  expect((await newsOf(moss)).find(one => one.id === place)?.unread).toBe(1)
  expect((await unseen(db, moss)).map(({ href }) => href)).toEqual([`/posts/${late.id}`])
  await db.transaction(tx => catchUp(tx, moss, { upTo: Number.MAX_SAFE_INTEGER }))
  expect(await newsOf(moss)).toEqual([])
})

test('people of elsewhere see nothing of a cohort here', async () => {
  const { river } = await aCohort()
  const { id } = await reflect(river)
  const stranger = await addTrainee(db)
  expect((await newsOf(stranger)).map(one => one.id)).not.toContain(await idOf(id))
})

test('more than a page goes on where it ended, with nothing twice', async () => {
  const { river } = await aCohort()
  const reader = await addTrainee(db)
  const topics: number[] = []
  for (let count = 0; count < 45; count++) topics.push(await aTopic(river, `Topic ${count}`))
  const seen: number[] = []
  let after: string | null = null
  do {
    const page = await newsFor(db, lenient, reader, after)
    seen.push(...page.discussions.map(({ id }) => id))
    after = page.more
  } while (after)
  expect(seen.filter(id => topics.includes(id))).toEqual(topics.toReversed())
  expect(new Set(seen).size).toBe(seen.length)
  expect((await newsFor(db, lenient, reader, 'nonsense')).discussions).toHaveLength(20)
})
