import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { discussion as discussions } from '../../db/schema/discussions.ts'
import { following } from '../../db/schema/following.ts'
import { discussionFor } from '../../src/discussions/discussion.ts'
import { NotFound } from '../../src/errors.ts'
import { follow } from '../../src/following/follow.ts'
import { jumpTo } from '../../src/following/jump.ts'
import { noteRead, readAll } from '../../src/following/read.ts'
import { countUnread, newPosts } from '../../src/following/unread-posts.ts'
import type { Person } from '../../src/people/person.ts'
import { guarded, lenient, open, reflect, reply } from '../discussions/deeds.ts'
import { addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
await openCourses(db)

/** Two of a cohort with their mentor; one of them has posted a reflection. */
async function aCohort(module = open.id) {
  const [river, moss, stranger] = [await addTrainee(db), await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  const mentor = await addMentorOf(db, [cohort.id])
  const { id: post } = await reflect(db, river, 'My own words.', module)
  const [row] = await db.select().from(discussions).where(eq(discussions.cohortId, cohort.id))
  return { river, moss, stranger, mentor, post, id: row!.id }
}

const see = async (person: Person, discussion: number, posts: number[], upTo?: number) => {
  const { lastPostId } = await discussionFor(db, person, discussion)
  return db.transaction(tx =>
    noteRead(tx, lenient, person, { discussion, posts, upTo: upTo ?? lastPostId ?? 1 }),
  )
}
const unreadBy = async (person: Person, id: number) =>
  countUnread(db, lenient, person, await discussionFor(db, person, id))
const marksOf = async (person: Person, id: number) =>
  (
    await db
      .select({ readTo: following.readTo, readBeyond: following.readBeyond })
      .from(following)
      .where(and(eq(following.personId, person.id), eq(following.discussionId, id)))
  )[0]

test('on the first visit nothing is new; what is posted from then on is, until it was read', async () => {
  const { river, moss, mentor, post, id } = await aCohort()
  expect(await unreadBy(moss, id)).toBe(0)
  await see(moss, id, [])
  expect(await marksOf(moss, id)).toEqual({ readTo: post, readBeyond: [] })
  const one = await reply(db, mentor, post)
  const two = await reply(db, river, post)
  expect(await unreadBy(moss, id)).toBe(2)
  await see(moss, id, [two.id])
  expect(await marksOf(moss, id)).toEqual({ readTo: one.id - 1, readBeyond: [two.id] })
  expect(await unreadBy(moss, id)).toBe(1)
  await see(moss, id, [one.id])
  expect(await marksOf(moss, id)).toEqual({ readTo: two.id, readBeyond: [] })
  expect(await unreadBy(moss, id)).toBe(0)
})

test('what came while the first page was being read is new all the same', async () => {
  const { river, moss, post, id } = await aCohort()
  await reply(db, river, post)
  await see(moss, id, [], post)
  expect(await unreadBy(moss, id)).toBe(1)
})

test('one’s own posts are never new, and stand in the way of nothing', async () => {
  const { moss, mentor, post, id } = await aCohort()
  await see(moss, id, [])
  const one = await reply(db, mentor, post)
  const own = await reply(db, moss, post)
  expect(await unreadBy(moss, id)).toBe(1)
  await see(moss, id, [one.id])
  expect(await marksOf(moss, id)).toEqual({ readTo: own.id, readBeyond: [] })
})

test('marks for posts of elsewhere are left out', async () => {
  const { moss, mentor, post, id } = await aCohort()
  const elsewhere = await aCohort()
  await see(moss, id, [])
  const { id: one } = await reply(db, mentor, post)
  const { id: other } = await reply(db, elsewhere.river, elsewhere.post)
  await see(moss, id, [elsewhere.post, other, Number.MAX_SAFE_INTEGER])
  expect(await marksOf(moss, id)).toEqual({ readTo: post, readBeyond: [] })
  expect(await unreadBy(moss, id)).toBe(1)
  expect(one).toBeLessThan(other)
})

test('where one answers first, others’ posts are not new before one has', async () => {
  const { river, moss, post, id } = await aCohort(guarded.id)
  await db.transaction(tx => follow(tx, moss, { discussion: id, level: 'normal' }))
  await reply(db, river, post)
  expect(await unreadBy(moss, id)).toBe(0)
  await see(moss, id, [post + 1])
  expect((await marksOf(moss, id))?.readTo).toBe(post)
  await reflect(db, moss, 'Mine.', guarded.id)
  expect(await unreadBy(moss, id)).toBe(1)
})

test('marking all as read leaves what came after the page was drawn', async () => {
  const { river, moss, post, id } = await aCohort()
  await see(moss, id, [])
  const one = await reply(db, river, post)
  await reply(db, river, post)
  await db.transaction(tx => readAll(tx, lenient, moss, { discussion: id, upTo: one.id }))
  expect(await unreadBy(moss, id)).toBe(1)
  await db.transaction(tx => readAll(tx, lenient, moss, { discussion: id, upTo: Number.MAX_SAFE_INTEGER }))
  expect(await unreadBy(moss, id)).toBe(0)
  await reply(db, river, post)
  expect(await unreadBy(moss, id)).toBe(1)
})

test('two tabs that tell at once lose nothing', async () => {
  const { river, moss, post, id } = await aCohort()
  await see(moss, id, [])
  const posts: number[] = []
  for (let count = 0; count < 6; count++) posts.push((await reply(db, river, post)).id)
  await Promise.all(posts.slice(1).map(one => see(moss, id, [one])))
  expect(await unreadBy(moss, id)).toBe(1)
  await see(moss, id, posts.slice(0, 1))
  expect(await marksOf(moss, id)).toEqual({ readTo: posts.at(-1), readBeyond: [] })
})

test('the jump leads to the first new post, from there to the next, and from the last to the head', async () => {
  const { river, moss, post, id } = await aCohort()
  await see(moss, id, [])
  const one = await reply(db, river, post)
  const two = await reply(db, river, post)
  const jump = (after: number | null = null) => jumpTo(db, lenient, moss, { discussion: id, after })
  expect(await jump()).toBe(`/courses/${open.id}?replies=${post}#post-${one.id}`)
  expect(await jump(one.id)).toBe(`/courses/${open.id}?replies=${post}#post-${two.id}`)
  expect(await jump(two.id)).toMatch(/#discussion$/)
})

test('who may not know of a discussion can neither follow it, nor mark or jump in it', async () => {
  const { stranger, post, id } = await aCohort()
  await expect(jumpTo(db, lenient, stranger, { discussion: id, after: null })).rejects.toThrow(NotFound)
  await expect(see(stranger, id, [post])).rejects.toThrow(NotFound)
  await expect(
    db.transaction(tx => follow(tx, stranger, { discussion: id, level: 'watching' })),
  ).rejects.toThrow(NotFound)
})

test('a thousand new posts are counted as 99+, and marked by the hundred', async () => {
  const { river, moss, post, id } = await aCohort()
  await see(moss, id, [])
  const rows = await db.execute<{ id: string }>(sql`
    insert into post (discussion_id, author_id, kind, parent_id, markdown, html)
    select ${id}, ${river.id}, 'reply', ${post}, 'more', '<p>more</p>' from generate_series(1, 1000) returning id`)
  const ids = rows.map(row => Number(row.id))
  await db
    .update(discussions)
    .set({ lastPostId: ids.at(-1)! })
    .where(eq(discussions.id, id))
  expect(newPosts(await unreadBy(moss, id))).toBe('99+ new posts')
  // Every second one: more gaps than are kept.
  const odd = ids.filter((_, index) => index % 2 === 1)
  for (let from = 0; from < odd.length; from += 200) await see(moss, id, odd.slice(from, from + 200))
  await reply(db, river, post)
  await see(moss, id, [odd[0]!, ids.at(-1)!])
  expect((await marksOf(moss, id))!.readBeyond.length).toBeLessThanOrEqual(500)
  expect(newPosts(1)).toBe('1 new post')
})
