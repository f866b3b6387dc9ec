import { and, asc, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { discussion, pollOption, post, postRevision, vote as voteTable } from '../../db/schema/discussions.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { shareOf } from '../../src/boards/shares.ts'
import { closeDiscussion } from '../../src/discussions/moderation/closing.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import type { Person } from '../../src/people/person.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { addAdmin, addClass, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { answer, seen, start, vote } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

async function aCohort() {
  const { cohort, ...cast } = await addClass(db)
  return { ...cast, board: String(cohort.id) }
}

const poll = { form: 'poll', title: 'When shall we meet?', options: ['Mornings', 'Evenings', 'Weekends'] }

async function aPoll() {
  const cast = await aCohort()
  return { ...cast, ...(await start(db, cast.mentor, { board: cast.board, ...poll })) }
}

/** The kept counts, and the same counted from the votes. */
async function counts(id: number) {
  const options = await db
    .select()
    .from(pollOption)
    .where(eq(pollOption.discussionId, id))
    .orderBy(asc(pollOption.position))
  const votes = await db.select().from(voteTable).where(eq(voteTable.discussionId, id))
  const [topic] = await db.select().from(discussion).where(eq(discussion.id, id))
  const kept = options.map(option => option.votes)
  expect(kept).toEqual(options.map(({ position }) => votes.filter(one => one.position === position).length))
  expect(topic?.voters).toBe(votes.length)
  return kept
}

const audited = async (person: Person, action: string) =>
  (
    await db
      .select()
      .from(auditEntry)
      .where(and(eq(auditEntry.actorId, person.id), eq(auditEntry.action, action)))
  ).map(({ details }) => details)

describe('a poll', () => {
  test('is started by the mentors of the place, in the community by any mentor or admin, never by a trainee', async () => {
    const { river, mentor, board } = await aCohort()
    const admin = await addAdmin(db)
    await start(db, mentor, { board, ...poll })
    await start(db, admin, poll)
    await start(db, await addMentorOf(db), poll)
    await expect(start(db, river, poll)).rejects.toThrow(Forbidden)
    await expect(start(db, river, { board, form: 'check-in' })).rejects.toThrow(Forbidden)
    await expect(start(db, admin, { board, ...poll })).rejects.toThrow(Forbidden)
  })

  test('offers two to eight answers, each once and of one line', async () => {
    const { mentor, board } = await aCohort()
    const offer = (...options: string[]) => start(db, mentor, { board, ...poll, options })
    await expect(offer('Only one')).rejects.toThrow(Invalid)
    await expect(offer('Yes', ' yes ')).rejects.toThrow(Invalid)
    await expect(offer('Yes', 'x'.repeat(121))).rejects.toThrow(Invalid)
    await expect(offer('Yes', '\u200b')).rejects.toThrow(Invalid)
    const { id } = await offer('Yes', '', ' No\nreally ', '', '', '', '', 'Perhaps')
    const { poll: seenPoll } = await seen(db, mentor, id)
    expect(seenPoll?.options.map(({ words }) => words)).toEqual(['Yes', 'No really', 'Perhaps'])
    const nine = Array.from({ length: 9 }, (_, n) => `Answer ${n}`)
    expect((await seen(db, mentor, (await offer(...nine)).id)).poll?.options).toHaveLength(8)
  })

  test('counts each person once, and who changes their mind with them', async () => {
    const { river, moss, mentor, id } = await aPoll()
    await vote(db, river, id, 0)
    await vote(db, moss, id, 1)
    await vote(db, mentor, id, 1)
    expect(await counts(id)).toEqual([1, 2, 0])
    await vote(db, moss, id, 2)
    await vote(db, moss, id, 2)
    expect(await counts(id)).toEqual([1, 1, 1])
    expect((await seen(db, moss, id)).poll).toMatchObject({ own: 2 })
    expect((await seen(db, river, id)).discussion.voters).toBe(3)
  })

  test('counts rightly when many vote at once, change their minds at once, and press twice', async () => {
    const { id } = await start(db, await addAdmin(db), poll)
    const crowd = await Promise.all(Array.from({ length: 8 }, () => addTrainee(db)))
    await Promise.all(crowd.flatMap((one, n) => [vote(db, one, id, n % 3), vote(db, one, id, n % 3)]))
    expect(await counts(id)).toEqual([3, 3, 2])
    await Promise.all(
      crowd.flatMap((one, n) => [vote(db, one, id, (n + 1) % 3), vote(db, one, id, (n + 2) % 3)]),
    )
    expect((await counts(id)).reduce((sum, votes) => sum + votes, 0)).toBe(8)
  })

  test('is answered only by those who take part, with an answer that it offers, while it is open', async () => {
    const { river, moss, stranger, mentor, id } = await aPoll()
    await expect(vote(db, stranger, id, 0)).rejects.toThrow(NotFound)
    await expect(vote(db, await addAdmin(db), id, 0)).rejects.toThrow(Forbidden)
    await expect(vote(db, river, id, 3)).rejects.toThrow(Invalid)
    await expect(answer(db, river, id, 0)).rejects.toThrow(NotFound)
    await addCohortOf(db, [moss])
    await expect(vote(db, moss, id, 0)).rejects.toThrow(Forbidden)
    await db.transaction(tx => closeDiscussion(tx, mentor, id))
    await expect(vote(db, river, id, 0)).rejects.toThrow(Conflict)
    await expect(vote(db, mentor, id, 0)).rejects.toThrow(Conflict)
    expect(await counts(id)).toEqual([0, 0, 0])
  })

  test('takes no more answers once its opening was removed', async () => {
    const { river, id, postId } = await aPoll()
    await db.update(post).set({ removed: 'hidden' }).where(eq(post.id, postId))
    await expect(vote(db, river, id, 0)).rejects.toThrow(Conflict)
    expect((await seen(db, river, id)).poll).toBeNull()
  })

  test('tells nobody who chose what: not the audit log, not what others see', async () => {
    const { river, moss, id } = await aPoll()
    await vote(db, river, id, 1)
    expect(await audited(river, 'poll.voted')).toEqual([{ discussion: id }])
    const { poll: asMossSees } = await seen(db, moss, id)
    expect(asMossSees).toEqual({
      options: [
        { position: 0, words: 'Mornings', votes: 0 },
        { position: 1, words: 'Evenings', votes: 1 },
        { position: 2, words: 'Weekends', votes: 0 },
      ],
      own: null,
      line: null,
    })
  })
})

test('a share never says nothing of something, nor all of less', () => {
  expect([shareOf(0, 5), shareOf(5, 5), shareOf(1, 1000), shareOf(999, 1000), shareOf(1, 3)]).toEqual([
    '0%',
    '100%',
    'under 1%',
    'over 99%',
    '33%',
  ])
})

describe('a check-in', () => {
  async function aCheckIn() {
    const cast = await aCohort()
    const started = await start(db, cast.mentor, {
      ...{ board: cast.board, form: 'check-in', title: 'How are you today?' },
    })
    return { ...cast, ...started }
  }
  const linesUnder = async (viewer: Person, id: number) =>
    (await seen(db, viewer, id)).thread.post.replies.map(({ author, html }) => [author.id, html])

  test('offers the feelings as they stand, the hardest first', async () => {
    const { river, id } = await aCheckIn()
    expect((await seen(db, river, id)).poll?.options.map(({ words }) => words)).toEqual(
      content().discussions.feelings,
    )
  })

  test('takes a feeling and, if one likes, a line, which stands among the replies', async () => {
    const { river, moss, id } = await aCheckIn()
    await answer(db, river, id, 4)
    await answer(db, moss, id, 1, 'Long week, *good* tea.')
    expect(await counts(id)).toEqual([0, 1, 0, 0, 1])
    expect(await linesUnder(river, id)).toEqual([[moss.id, '<p>Long week, <em>good</em> tea.</p>']])
    const { discussion: topic, poll: asMossSees } = await seen(db, moss, id)
    expect(topic).toMatchObject({ posts: 2, voters: 2 })
    expect(asMossSees).toMatchObject({ own: 1, line: 'Long week, *good* tea.' })
    expect((await seen(db, river, id)).poll).toMatchObject({ own: 4, line: null })
  })

  test('is answered once: answering again changes the feeling and edits the line', async () => {
    const { river, id } = await aCheckIn()
    await answer(db, river, id, 0, 'Low.')
    await answer(db, river, id, 3, 'Better now.')
    await answer(db, river, id, 4, 'Better now.')
    expect(await counts(id)).toEqual([0, 0, 0, 0, 1])
    expect(await linesUnder(river, id)).toEqual([[river.id, '<p>Better now.</p>']])
    const [own] = await db.select().from(voteTable).where(eq(voteTable.personId, river.id))
    const revisions = await db.select().from(postRevision).where(eq(postRevision.postId, own!.postId!))
    expect(revisions.map(({ markdown }) => markdown)).toEqual(['Low.', 'Better now.'])
  })

  test('whoever answers again without a line takes it away, and the marker stays', async () => {
    const { river, moss, id } = await aCheckIn()
    await answer(db, river, id, 0, 'Too much said.')
    await answer(db, river, id, 2)
    expect((await seen(db, moss, id)).thread.post.replies).toMatchObject([{ removed: 'deleted', html: '' }])
    expect((await seen(db, river, id)).poll).toMatchObject({ own: 2, line: null })
    expect(await counts(id)).toEqual([0, 0, 1, 0, 0])
  })

  test('of two answers at once one line stands', async () => {
    const { river, id } = await aCheckIn()
    await Promise.all([answer(db, river, id, 0, 'One.'), answer(db, river, id, 1, 'Two.')])
    expect((await counts(id)).reduce((sum, votes) => sum + votes, 0)).toBe(1)
    expect(await linesUnder(river, id)).toHaveLength(1)
  })

  test('whose line was removed takes a new one', async () => {
    const { river, id } = await aCheckIn()
    await answer(db, river, id, 2, 'First.')
    await db
      .update(post)
      .set({ removed: 'deleted' })
      .where(and(eq(post.authorId, river.id), eq(post.kind, 'reply')))
    expect((await seen(db, river, id)).poll?.line).toBeNull()
    await answer(db, river, id, 2)
    await answer(db, river, id, 2, 'Second.')
    expect((await seen(db, river, id)).poll?.line).toBe('Second.')
    expect(await counts(id)).toEqual([0, 0, 1, 0, 0])
  })

  test('that is closed takes neither feeling nor line', async () => {
    const { river, mentor, id } = await aCheckIn()
    await db.transaction(tx => closeDiscussion(tx, mentor, id))
    for (const who of [river, mentor])
      await expect(answer(db, who, id, 2, 'Too late.')).rejects.toThrow(Conflict)
    expect(await linesUnder(river, id)).toEqual([])
    expect(await counts(id)).toEqual([0, 0, 0, 0, 0])
  })

  test('tells nobody how somebody is', async () => {
    const { river, id } = await aCheckIn()
    await answer(db, river, id, 0, 'Hm.')
    expect(await audited(river, 'checkin.answered')).toEqual([{ discussion: id }])
  })
})

test('whatever people write as an answer or a line is words, never a script', async () => {
  const { mentor, river, board } = await aCohort()
  for (let from = 0; from < xssCorpus.length; from += 8) {
    const options = xssCorpus.slice(from, from + 8).map((payload, n) => `${n}${payload}`.slice(0, 120))
    if (options.length > 1) await start(db, mentor, { board, ...poll, options })
  }
  const { id } = await start(db, mentor, { board, form: 'check-in' })
  for (const payload of xssCorpus) {
    await answer(db, river, id, 1, payload.replaceAll(/\s+/g, ' ').slice(0, 200))
    const [line] = (await seen(db, mentor, id)).thread.post.replies
    expect(line!.html).not.toMatch(/<(?!\/?(p|br|strong|em|del|a|code|pre|blockquote|ul|ol|li|hr|h[456])\b)/)
    expect(line!.html).not.toMatch(/<[^>]*(\son\w+=|href="(?!https?:|mailto:|\/))/i)
  }
})
