import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { discussion, post as posts, takingPart, vote } from '../../db/schema/discussions.ts'
import { notification } from '../../db/schema/people.ts'
import { boardsModerated } from '../../src/discussions/moderation/boards-moderated.ts'
import { discussionFor } from '../../src/discussions/discussion.ts'
import { postFor } from '../../src/discussions/find-post.ts'
import { hidePost } from '../../src/discussions/moderation/hiding.ts'
import { moveReply, moveTopic } from '../../src/discussions/moderation/moving.ts'
import { permalinkOf } from '../../src/discussions/permalink.ts'
import { insertPost } from '../../src/discussions/posting.ts'
import { Conflict, Forbidden, forPeople, NotFound } from '../../src/errors.ts'
import type { Person } from '../../src/people/person.ts'
import { auditLog } from '../../src/record/audit-log.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { lenient, open, reflect, reply } from './deeds.ts'

const { db } = await testDatabase()

const reason = 'It deserves a place of its own.'
const title = 'What quiet rooms need'

/** A reflection with three replies, in a cohort with its mentor. */
async function aThread() {
  const [river, moss] = [await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  const mentor = await addMentorOf(db, [cohort.id])
  const { id } = await reflect(db, river)
  const replies: number[] = []
  for (const who of [moss, river, moss]) replies.push((await reply(db, who, id)).id)
  return { river, moss, mentor, cohort, id, replies }
}

/** A topic with its opening, on the board of a cohort or of everybody. */
async function aTopic(author: Person, cohortId: number | null) {
  const [row] = await db.insert(discussion).values({ cohortId, title, form: 'talk', posts: 1 }).returning()
  const written = { markdown: 'Hello.', html: '<p>Hello.</p>', mentioned: [] }
  const opening = await db.transaction(tx =>
    insertPost(tx, author, written, {
      ...{ discussionId: row!.id, kind: 'opening', parentId: null, audience: 'cohort' },
    }),
  )
  await db.update(discussion).set({ lastPostId: opening }).where(eq(discussion.id, row!.id))
  return { topic: row!.id, opening: opening! }
}

const move = (person: Person, post: number) =>
  db.transaction(tx => moveReply(tx, lenient, person, { post, title, reason }))
const moveTo = (person: Person, topic: number, board: number | null) =>
  db.transaction(tx => moveTopic(tx, person, { topic, board, reason }))

const toldTo = async ({ id }: Person) =>
  (await db.select().from(notification).where(eq(notification.personId, id))).filter(
    ({ kind }) => kind === 'post_moved',
  )

/** What is kept of each discussion and thread of a post's author's cohort, beside what there is. */
const keptAndCounted = async () =>
  db.execute(sql`
    select d.id, d.posts as kept, count(p.*)::int as counted, d.last_post_id::int as last, max(p.id)::int as newest
    from discussion d left join post p on p.discussion_id = d.id group by d.id
    having d.posts <> count(p.*) or d.last_post_id is distinct from max(p.id)
    union all
    select h.id, h.replies, count(p.*)::int, 0, 0 from post h left join post p on p.parent_id = h.id
    where h.kind <> 'reply' group by h.id having h.replies <> count(p.*)`)

describe('a reply', () => {
  test('becomes the opening of a topic on the board of its place; what is kept of both is right', async () => {
    const { river, moss, mentor, cohort, id, replies } = await aThread()
    const last = replies.at(-1)!
    await move(mentor, last)
    const moved = await postFor(db, lenient, river, last)
    expect(moved).toMatchObject({ kind: 'opening', threadId: last, title, module: null })
    const topic = await discussionFor(db, moss, moved.discussionId)
    expect(topic).toMatchObject({ posts: 1, lastPostId: last, form: 'talk', place: { cohortId: cohort.id } })
    const left = await discussionFor(db, moss, (await postFor(db, lenient, moss, id)).discussionId)
    expect(left).toMatchObject({ posts: 3, lastPostId: replies[1] })
    expect(await keptAndCounted()).toEqual([])
    const [head] = await db.select().from(posts).where(eq(posts.id, id))
    expect(head?.replies).toBe(2)
  })

  test('is found by its old link, can be replied to there, and its author is told where it went', async () => {
    const { river, moss, mentor, replies } = await aThread()
    await move(mentor, replies[0]!)
    const { discussionId } = await postFor(db, lenient, river, replies[0]!)
    expect(await permalinkOf(db, lenient, moss, replies[0]!)).toBe(
      `/topics/${discussionId}#post-${replies[0]}`,
    )
    await reply(db, river, replies[0]!)
    expect(await keptAndCounted()).toEqual([])
    expect(await toldTo(moss)).toMatchObject([
      { summary: expect.stringContaining(`“${open.title}”: “${title}”. Their reason: ${reason}`) as string },
    ])
    const { lines } = await auditLog(db, await addAdmin(db), { person: mentor.id })
    expect(lines[0]).toMatchObject({ action: 'post.moved', whom: moss.handle, details: { reason, title } })
  })

  test('no longer counts as taking part', async () => {
    const { moss, mentor, replies } = await aThread()
    const counted = async () =>
      (await db.select().from(takingPart).where(eq(takingPart.personId, moss.id)))[0]?.replies ?? 0
    const before = await counted()
    await move(mentor, replies[0]!)
    expect(await counted()).toBe(Math.max(0, before - 1))
  })

  test('that was somebody’s line in a check-in leaves their answer behind', async () => {
    const { river, moss, mentor, cohort } = await aThread()
    const { topic, opening } = await aTopic(mentor, cohort.id)
    const { id } = await reply(db, moss, opening)
    await db.insert(vote).values({ discussionId: topic, personId: moss.id, position: 0, postId: id })
    await move(mentor, id)
    expect(await db.select().from(vote).where(eq(vote.discussionId, topic))).toMatchObject([{ postId: null }])
    expect(await keptAndCounted()).toEqual([])
    await postFor(db, lenient, river, id)
  })

  test('is moved by those who look after the place only, and nothing else is', async () => {
    const { river, moss, mentor, id, replies } = await aThread()
    await expect(move(river, replies[0]!)).rejects.toThrow(Forbidden)
    await expect(move(await addMentorOf(db), replies[0]!)).rejects.toThrow(NotFound)
    await expect(move(mentor, id)).rejects.toThrow(Conflict)
    await db.transaction(tx => hidePost(tx, lenient, mentor, { post: replies[0]!, reason }))
    await expect(move(mentor, replies[0]!)).rejects.toThrow(Conflict)
    await db.update(posts).set({ audience: 'mentors' }).where(eq(posts.authorId, moss.id))
    await expect(move(mentor, replies[2]!)).rejects.toThrow(/mentors alone/)
  })
})

describe('a topic', () => {
  test('moves to another board with all that stands in it, and whoever can’t see that one no longer finds it', async () => {
    const { river, moss, mentor, cohort } = await aThread()
    const other = await addCohortOf(db, [moss])
    const both = await addMentorOf(db, [cohort.id, other.id])
    const { topic, opening } = await aTopic(river, cohort.id)
    const { id } = await reply(db, river, opening)
    await expect(moveTo(mentor, topic, other.id)).rejects.toThrow(NotFound)
    await moveTo(both, topic, other.id)
    await expect(discussionFor(db, river, topic)).rejects.toThrow(NotFound)
    await expect(postFor(db, lenient, mentor, id)).rejects.toThrow(NotFound)
    expect(await discussionFor(db, moss, topic)).toMatchObject({ posts: 2, place: { cohortId: other.id } })
    expect(await toldTo(river)).toMatchObject([
      { href: '/', summary: expect.stringContaining(reason) as string },
    ])
  })

  test('moves to the whole community, where its author finds it and a pin is left behind', async () => {
    const { river, mentor, cohort, id } = await aThread()
    const { topic } = await aTopic(river, cohort.id)
    await db.update(discussion).set({ pinnedAt: new Date() }).where(eq(discussion.id, topic))
    await moveTo(mentor, topic, null)
    expect(await discussionFor(db, await addTrainee(db), topic)).toMatchObject({
      pinned: false,
      cohort: null,
    })
    expect(await toldTo(river)).toMatchObject([{ href: `/topics/${topic}` }])
    await expect(moveTo(mentor, topic, null)).rejects.toThrow(Conflict)
    await expect(moveTo(river, topic, cohort.id)).rejects.toThrow(Forbidden)
    const { discussionId } = await postFor(db, lenient, mentor, id)
    await expect(moveTo(mentor, discussionId, null)).rejects.toThrow(NotFound)
  })

  test('goes only to a board that one looks after: one’s own cohorts, and the community', async () => {
    const { mentor, river, cohort } = await aThread()
    const boards = await boardsModerated(db, mentor)
    expect(boards.map(({ cohortId }) => cohortId)).toEqual([null, cohort.id])
    expect(await boardsModerated(db, river)).toEqual([])
    expect((await boardsModerated(db, await addAdmin(db))).length).toBeGreaterThan(2)
  })
})

describe('while others are at it', () => {
  test('however replies come in, move and are hidden at once, every count stays right and nobody waits for ever', async () => {
    const { river, moss, mentor, cohort, id, replies } = await aThread()
    const { topic, opening } = await aTopic(river, cohort.id)
    const admin = await addAdmin(db)
    for (let round = 0; round < 6; round++) {
      const here = [(await reply(db, moss, id)).id, (await reply(db, moss, opening)).id]
      const ended = await Promise.allSettled([
        reply(db, river, id),
        move(mentor, here[0]!),
        reply(db, moss, here[0]!),
        move(admin, here[0]!),
        db.transaction(tx => hidePost(tx, lenient, admin, { post: replies[0]!, reason })),
        reply(db, moss, opening),
        moveTo(admin, topic, round % 2 === 0 ? null : cohort.id),
        move(mentor, here[1]!),
        reply(db, river, opening),
      ])
      for (const one of ended) if (one.status === 'rejected') expect(one.reason).toSatisfy(forPeople)
      expect(await keptAndCounted()).toEqual([])
    }
  })
})
