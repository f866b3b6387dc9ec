import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { discussion, pollOption, vote } from '../../db/schema/discussions.ts'
import { deletePost } from '../../src/discussions/deletion.ts'
import { compareCounts, rebuildCounts } from '../../src/discussions/kept-counts.ts'
import { react } from '../../src/discussions/reactions.ts'
import { addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { lenient, open, reflect, reply } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

const [river, moss] = [await addTrainee(db), await addTrainee(db)]
const cohort = await addCohortOf(db, [river, moss])
const mentor = await addMentorOf(db, [cohort.id])
const rivers = await reflect(db, river)
const mosses = await reflect(db, moss)
const kind = await reply(db, moss, rivers.id)
const regretted = await reply(db, moss, rivers.id, 'Too quick.')
await reply(db, mentor, mosses.id)
await db.transaction(tx => deletePost(tx, lenient, moss, { post: regretted.id }))
await db.transaction(tx =>
  react(tx, lenient, moss, { post: rivers.id, reaction: lenient.discussions.reactions[0]!.id, on: true }),
)
await aPoll()

/** A poll in which two have voted. */
async function aPoll() {
  const place = { cohortId: cohort.id, title: 'When shall we meet?', form: 'poll' as const, voters: 2 }
  const [row] = await db.insert(discussion).values(place).returning()
  const discussionId = row!.id
  await db.insert(pollOption).values([
    { discussionId, position: 0, words: 'Monday', votes: 2 },
    { discussionId, position: 1, words: 'Friday', votes: 0 },
  ])
  await db.insert(vote).values([river, moss].map(({ id }) => ({ discussionId, personId: id, position: 0 })))
}

test('what people do keeps every count as the facts have it', async () => {
  expect(await compareCounts(db)).toEqual([])
  expect(await rebuildCounts(db)).toEqual([])
})

test.each([
  ['taking_part', sql`update taking_part set replies = 7 where person_id = ${moss.id}`],
  ['taking_part', sql`delete from taking_part where person_id = ${moss.id}`],
  ['taking_part', sql`insert into taking_part values (${river.id}, ${open.id}, 1)`],
  [
    'discussion.posts',
    sql`update discussion set posts = posts + 1 where cohort_id = ${cohort.id} and module is not null`,
  ],
  ['discussion.reflections', sql`update discussion set reflections = 0 where module is not null`],
  ['discussion.voters', sql`update discussion set voters = 5 where form = 'poll'`],
  ['discussion.last_post_id', sql`update discussion set last_post_id = ${kind.id} where module is not null`],
  ['discussion.last_post_id', sql`update discussion set last_post_id = null where module is not null`],
  ['post.replies', sql`update post set replies = 0 where id = ${rivers.id}`],
  ['post.replies', sql`update post set replies = 3 where id = ${kind.id}`],
  ['post.reactions', sql`update post set reactions = '{}' where id = ${rivers.id}`],
  ['post.reactions', sql`update post set reactions = '{"thank-you": 2}' where id = ${mosses.id}`],
  ['poll_option.votes', sql`update poll_option set votes = 1 where position = 0`],
])('a wrong %s is found, named, and mended', async (count, breaks) => {
  await db.execute(breaks)
  expect((await compareCounts(db)).map(difference => difference.count)).toEqual([count])
  expect((await rebuildCounts(db)).map(difference => difference.count)).toEqual([count])
  expect(await compareCounts(db)).toEqual([])
})

test('two people who post at the same moment leave the later post as the last', async () => {
  await Promise.all([1, 2, 3, 4].map(() => reply(db, mentor, rivers.id)))
  expect(await compareCounts(db)).toEqual([])
})
