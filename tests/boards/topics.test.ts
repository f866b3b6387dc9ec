import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { discussion, post } from '../../db/schema/discussions.ts'
import { following } from '../../db/schema/following.ts'
import { notification } from '../../db/schema/people.ts'
import { content } from '../../src/authoring/content.ts'
import { boardFor, boardsOf, communityBoard } from '../../src/boards/board.ts'
import { editOpening } from '../../src/boards/edit-opening.ts'
import { findBoards } from '../../src/boards/find-boards.ts'
import { pin, unpin } from '../../src/boards/pin.ts'
import { titleRule } from '../../src/boards/title.ts'
import { latestOn, markIn, topicPage, topicsShown } from '../../src/boards/topics.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { closeDiscussion, reopenDiscussion } from '../../src/discussions/moderation/closing.ts'
import { permalinkOf } from '../../src/discussions/permalink.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import type { Person } from '../../src/people/person.ts'
import { reflect } from '../discussions/deeds.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { reply, seen, start } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

/** A cohort of two with their mentor, and people from elsewhere. */
async function aCohort() {
  const [river, moss, stranger] = [await addTrainee(db), await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  const otherCohort = await addCohortOf(db, [stranger])
  const mentor = await addMentorOf(db, [cohort.id])
  const otherMentor = await addMentorOf(db, [otherCohort.id])
  return { river, moss, stranger, mentor, otherMentor, cohort, board: String(cohort.id) }
}

const titlesOn = async (viewer: Person, slug: string) => {
  const { pinned, topics } = await topicPage(db, viewer, await boardFor(db, viewer, slug), null)
  return [...pinned, ...topics].map(({ title }) => title)
}

const row = async (id: number) => (await db.select().from(discussion).where(eq(discussion.id, id)))[0]!

describe('boards', () => {
  test('everybody has the community’s board, then those of their cohorts, now and before', async () => {
    const { river, cohort } = await aCohort()
    const later = await addCohortOf(db, [river])
    expect((await boardsOf(db, river)).map(({ slug, place }) => [slug, place.enrolled])).toEqual([
      ['community', null],
      [String(later.id), 'now'],
      [String(cohort.id), 'before'],
    ])
  })

  test('a mentor has the boards of those they mentor, and of those who learn alone; no others', async () => {
    const { mentor, board } = await aCohort()
    const boards = await boardsOf(db, mentor)
    expect(boards.slice(0, 2).map(({ slug }) => slug)).toEqual(['community', board])
    expect(boards.slice(2).every(({ place }) => place.selfPaced)).toBe(true)
    expect(boards.length).toBe(2 + content().courses.length)
  })

  test('an admin finds the board of every cohort by a part of its name, the liveliest first', async () => {
    const { river, board, cohort } = await aCohort()
    await start(db, river, { board })
    const admin = await addAdmin(db)
    expect((await findBoards(db, admin, '')).boards[0]?.slug).toBe(board)
    expect((await findBoards(db, admin, cohort.name.toUpperCase())).boards[0]?.name).toBe(cohort.name)
    expect(await findBoards(db, admin, '100%_')).toEqual({ boards: [], more: false })
    await expect(findBoards(db, river, '')).rejects.toThrow(Forbidden)
  })

  test('people of another cohort do not learn that a board is there', async () => {
    const { stranger, otherMentor, board } = await aCohort()
    for (const viewer of [stranger, otherMentor])
      await expect(boardFor(db, viewer, board)).rejects.toThrow(NotFound)
    for (const nobody of ['0', 'x', '9999999999', '-1', undefined])
      await expect(boardFor(db, stranger, nobody)).rejects.toThrow(NotFound)
    expect(await boardFor(db, stranger, 'community')).toBe(communityBoard)
  })

  test('the latest topics of several boards come at once, three of each', async () => {
    const { river, board } = await aCohort()
    for (const title of ['One', 'Two', 'Three', 'Four']) await start(db, river, { board, title })
    await start(db, river, { title: 'For all' })
    const latest = await latestOn(db, river, await boardsOf(db, river))
    expect(latest.get(board)?.map(({ title }) => title)).toEqual(['Four', 'Three', 'Two'])
    expect(latest.get('community')?.[0]?.title).toBe('For all')
  })
})

describe('a topic', () => {
  test('is started by whoever takes part, and answered by the others of its place', async () => {
    const { river, moss, mentor, board } = await aCohort()
    const { id, postId } = await start(db, river, {
      board,
      title: '  An ideal\n room ',
      markdown: '**Tea.**',
    })
    await reply(db, moss, postId, 'And biscuits.')
    const { title, thread, discussion, poll } = await seen(db, mentor, id)
    expect({ title, poll }).toEqual({ title: 'An ideal room', poll: null })
    expect(thread.post).toMatchObject({
      kind: 'opening',
      html: '<p><strong>Tea.</strong></p>',
      replyCount: 1,
    })
    expect(thread.post.replies.map(({ author }) => author.id)).toEqual([moss.id])
    expect(discussion.posts).toBe(2)
    expect(await permalinkOf(db, content(), mentor, thread.post.replies[0]!.id)).toBe(
      `/topics/${id}#post-${thread.post.replies[0]!.id}`,
    )
  })

  test('of the community is open to everybody, of a cohort to nobody else', async () => {
    const { river, stranger, otherMentor, board } = await aCohort()
    const own = await start(db, river, { board })
    for (const viewer of [stranger, otherMentor]) {
      await expect(seen(db, viewer, own.id)).rejects.toThrow(NotFound)
      await expect(reply(db, viewer, own.postId)).rejects.toThrow(NotFound)
      await expect(start(db, viewer, { board })).rejects.toThrow(NotFound)
    }
    const all = await start(db, river)
    await reply(db, stranger, all.postId)
    expect((await seen(db, otherMentor, all.id)).thread.post.replies).toHaveLength(1)
  })

  test('is not started by who was with the cohort before, nor by an admin who is not of it; both read', async () => {
    const { river, moss, board } = await aCohort()
    const { id } = await start(db, river, { board })
    await addCohortOf(db, [moss])
    const admin = await addAdmin(db)
    for (const reader of [moss, admin]) {
      await expect(start(db, reader, { board })).rejects.toThrow(Forbidden)
      expect((await seen(db, reader, id)).title).toBe('An ideal room')
    }
  })

  test('tells those whom it mentions, and only those who may see it', async () => {
    const { river, moss, stranger, board } = await aCohort()
    const { postId } = await start(db, river, { board, markdown: `@${moss.handle} @${stranger.handle}` })
    const told = async ({ id }: Person) =>
      (await db.select().from(notification).where(eq(notification.personId, id))).map(({ href }) => href)
    expect(await told(moss)).toEqual([`/posts/${postId}`])
    expect(await told(stranger)).toEqual([])
  })

  test('has a title of one line that can be seen, and words of some length', async () => {
    const { river } = await aCohort()
    for (const title of ['', '   ', '\u200b\u200d', 'x'.repeat(121)])
      expect(titleRule.safeParse(title).success, JSON.stringify(title)).toBe(false)
    for (const title of ['x'.repeat(120), '🌿', 'مرحبا', '?'])
      expect(titleRule.safeParse(title).success, title).toBe(true)
    await expect(start(db, river, { markdown: '  ' })).rejects.toThrow(Invalid)
    expect(() => start(db, river, { markdown: 'x'.repeat(10_001) })).toThrow()
  })

  test('is changed by its author, title and words; by nobody else, and not over a later change', async () => {
    const { river, moss, board } = await aCohort()
    const { id, postId } = await start(db, river, { board })
    const edit = { post: postId, revision: 1, title: 'A better room', markdown: 'With a window.' }
    const change = (who: Person, values = edit) =>
      db.transaction(tx => editOpening(tx, content(), who, values))
    await expect(change(moss)).rejects.toThrow(Forbidden)
    await change(river)
    const { title, thread } = await seen(db, moss, id)
    expect({ title, html: thread.post.html }).toEqual({ title: edit.title, html: '<p>With a window.</p>' })
    await expect(change(river, { ...edit, title: 'Too late', markdown: 'Old.' })).rejects.toThrow(Conflict)
    await expect(change(river, { ...edit, revision: 2, markdown: '' })).rejects.toThrow(Invalid)
    expect((await seen(db, moss, id)).title).toBe(edit.title)
    const answer = await reply(db, river, postId)
    await expect(change(river, { ...edit, post: answer.id })).rejects.toThrow(NotFound)
  })

  test('whose opening was removed tells its title no more, but to its mentors if they hid it', async () => {
    const { river, moss, mentor, board } = await aCohort()
    const { id, postId } = await start(db, river, { board, title: 'Cruel words' })
    const remove = (removed: 'deleted' | 'hidden') =>
      db.update(post).set({ removed }).where(eq(post.id, postId))
    await remove('hidden')
    expect([(await seen(db, moss, id)).title, (await titlesOn(moss, board))[0]]).toEqual([null, null])
    expect([(await seen(db, mentor, id)).title, (await titlesOn(mentor, board))[0]]).toEqual([
      'Cruel words',
      'Cruel words',
    ])
    await remove('deleted')
    expect((await seen(db, mentor, id)).title).toBeNull()
  })
})

describe('a board', () => {
  test('shows what is pinned first, then the topic with the latest post', async () => {
    const { river, moss, mentor, board } = await aCohort()
    const topics: { id: number; postId: number }[] = []
    for (const title of ['One', 'Two', 'Three']) topics.push(await start(db, river, { board, title }))
    await reply(db, moss, topics[0]!.postId)
    expect(await titlesOn(river, board)).toEqual(['One', 'Three', 'Two'])
    await db.transaction(tx => pin(tx, mentor, topics[1]!.id))
    expect(await titlesOn(river, board)).toEqual(['Two', 'One', 'Three'])
    await db.transaction(tx => unpin(tx, mentor, topics[1]!.id))
    expect(await titlesOn(river, board)).toEqual(['One', 'Three', 'Two'])
  })

  test('holds no discussions of modules', async () => {
    const { river, board } = await aCohort()
    await reflect(db, river)
    expect(await titlesOn(river, board)).toEqual([])
  })

  test('goes on from page to page, each topic once, though many were written in one moment', async () => {
    const { river, cohort, mentor } = await aCohort()
    const board = await boardFor(db, river, String(cohort.id))
    await db.execute(sql`
      with made as (
        insert into discussion (cohort_id, title, form, posts, last_posted_at)
        select ${cohort.id}, 'Topic ' || n, 'talk', 1, timestamptz '2026-05-01 12:00:00.123456' + n / 7 * interval '1 microsecond'
        from generate_series(1, 100) n returning id)
      insert into post (discussion_id, author_id, kind, markdown, html)
      select id, ${river.id}, 'opening', 'x', '<p>x</p>' from made`)
    await db.transaction(async tx =>
      pin(tx, mentor, (await topicPage(tx, river, board, null)).topics[40 % 30]!.id),
    )
    const met: (string | null)[] = []
    let mark = null
    for (;;) {
      const page = await topicPage(db, river, board, mark)
      expect(page.pinned).toHaveLength(mark ? 0 : 1)
      expect(page.topics.length).toBeLessThanOrEqual(topicsShown.page)
      met.push(...[...page.pinned, ...page.topics].map(({ title }) => title))
      if (!page.next) break
      mark = markIn(page.next)
    }
    expect(met).toHaveLength(100)
    expect(new Set(met).size).toBe(100)
  })

  test('begins at its beginning when the address says something else', () => {
    for (const odd of [null, '', 'x', '1-', '-1-1', '1e9-1', `${'9'.repeat(17)}-1`])
      expect(markIn(odd)).toBeNull()
  })
})

describe('pinning', () => {
  test('is for the mentors of the place and the admins, and five at a time', async () => {
    const { river, mentor, otherMentor, board } = await aCohort()
    const topics: number[] = []
    for (let n = 0; n < 6; n++) topics.push((await start(db, river, { board })).id)
    const pinBy = (who: Person, id = topics[0]!) => db.transaction(tx => pin(tx, who, id))
    await expect(pinBy(river)).rejects.toThrow(Forbidden)
    await expect(pinBy(otherMentor)).rejects.toThrow(NotFound)
    await pinBy(await addAdmin(db))
    await pinBy(mentor)
    expect(await row(topics[0]!)).toMatchObject({ pinnedAt: expect.any(Date) as Date })
    for (const id of topics.slice(1, 5)) await pinBy(mentor, id)
    await expect(pinBy(mentor, topics[5])).rejects.toThrow(Conflict)
    expect((await row(topics[5]!)).pinnedAt).toBeNull()
    await expect(db.transaction(tx => unpin(tx, river, topics[0]!))).rejects.toThrow(Forbidden)
  })

  test('is not for what stands under a module', async () => {
    const { river, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    const [{ discussionId }] = (await db.select().from(post).where(eq(post.id, id))) as [
      typeof post.$inferSelect,
    ]
    await expect(db.transaction(tx => pin(tx, mentor, discussionId))).rejects.toThrow(NotFound)
  })
})

describe('closing', () => {
  const close = (who: Person, id: number) => db.transaction(tx => closeDiscussion(tx, who, id))

  test('ends the replies of all but those who look after the place, and says who closed it and when', async () => {
    const { river, moss, mentor, otherMentor, board } = await aCohort()
    const { id, postId } = await start(db, river, { board })
    await expect(close(river, id)).rejects.toThrow(Forbidden)
    await expect(close(otherMentor, id)).rejects.toThrow(NotFound)
    await close(mentor, id)
    await close(await addAdmin(db), id)
    const { discussion } = await seen(db, moss, id)
    expect(discussion).toMatchObject({ closed: true, closure: { by: { handle: mentor.handle } } })
    await expect(reply(db, moss, postId)).rejects.toThrow(Conflict)
    await reply(db, mentor, postId, 'One last word.')
    await expect(db.transaction(tx => reopenDiscussion(tx, river, id))).rejects.toThrow(Forbidden)
    await db.transaction(tx => reopenDiscussion(tx, mentor, id))
    await reply(db, moss, postId)
    expect((await seen(db, moss, id)).discussion.closure).toBeNull()
  })

  test('works under a module too, where the course’s own question stays open', async () => {
    const { river, moss, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    const [{ discussionId }] = (await db.select().from(post).where(eq(post.id, id))) as [
      typeof post.$inferSelect,
    ]
    await close(mentor, discussionId)
    await expect(reply(db, moss, id)).rejects.toThrow(Conflict)
    await reflect(db, moss)
  })
})

test('whoever moves to another cohort still reads the board of the one before', async () => {
  const { river, moss, cohort, board } = await aCohort()
  const { id } = await start(db, moss, { board })
  const next = await addCohortOf(db)
  await db.transaction(tx => enrol(tx, null, { cohortId: next.id, personId: river.id }))
  expect((await seen(db, river, id)).discussion.cohort).toBe(cohort.name)
})

test('a row says that others have written since one looked in, and not of one’s own words', async () => {
  const { river, moss, board } = await aCohort()
  const { id, postId } = await start(db, river, { board })
  const news = async (viewer: Person) =>
    (await topicPage(db, viewer, await boardFor(db, viewer, board), null)).topics[0]?.news
  const look = (viewer: Person, readTo: number) =>
    db.insert(following).values({ personId: viewer.id, discussionId: id, readTo })
  expect(await news(moss)).toBe(false)
  await look(river, postId)
  const answer = await reply(db, moss, postId)
  await look(moss, postId)
  expect([await news(river), await news(moss)]).toEqual([true, false])
  await db
    .update(following)
    .set({ readBeyond: [answer.id] })
    .where(eq(following.personId, river.id))
  expect(await news(river)).toBe(false)
})
