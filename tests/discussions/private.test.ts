import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { auditEntry } from '../../db/schema/record.ts'
import { post } from '../../db/schema/discussions.ts'
import { notification } from '../../db/schema/people.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { editPost } from '../../src/discussions/editing.ts'
import { postFor } from '../../src/discussions/find-post.ts'
import { historyOf } from '../../src/discussions/history.ts'
import { latestPostsOf } from '../../src/discussions/latest.ts'
import { viewOf } from '../../src/discussions/links.ts'
import { permalinkOf } from '../../src/discussions/permalink.ts'
import { postReflection } from '../../src/discussions/posting.ts'
import { shareReflection } from '../../src/discussions/share.ts'
import { shownTo } from '../../src/discussions/shown.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import type { Person } from '../../src/people/person.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { guarded, lenient, open, reflect, reply } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

/** The guarded module as one whose question may be answered in private. */
const personal = { ...guarded, reflection: { ...guarded.reflection!, mayBePrivate: true } }
const content = {
  ...lenient,
  module: (id: string) => (id === personal.id ? personal : lenient.module(id)),
}

const words = 'What only my mentors should know.'
const postPrivately = (person: Person, markdown = words) =>
  db.transaction(tx =>
    postReflection(tx, content, person, { module: personal.id, markdown, audience: 'mentors' }),
  )
const share = (person: Person, id: number) =>
  db.transaction(tx => shareReflection(tx, content, person, { post: id }))

async function seenBy(viewer: Person, query = '') {
  const progress = await progressOf(db, viewer)
  const view = viewOf(new URLSearchParams(query))
  return shownTo(db, content, viewer, { module: personal, progress, view })
}

const told = async ({ id }: { id: number }) =>
  (await db.select().from(notification).where(eq(notification.personId, id))).map(({ kind }) => kind)

let river: Person, moss: Person, mentor: Person, strangeMentor: Person, admin: Person, cohortId: number
beforeEach(async () => {
  river = await addTrainee(db)
  moss = await addTrainee(db)
  cohortId = (await addCohortOf(db, [river, moss])).id
  mentor = await addMentorOf(db, [cohortId])
  strangeMentor = await addMentorOf(db, [])
  admin = await addAdmin(db)
  // Moss has answered, so that nothing but the privacy stands between them and what River wrote.
  await reflect(db, moss, 'Mine.', personal.id)
})

describe('a reflection for the mentors', () => {
  test('is read by its author, the cohort’s mentors and the admins, in the list and by itself', async () => {
    const { id } = await postPrivately(river)
    expect((await seenBy(river))?.own).toMatchObject({ id, audience: 'mentors' })
    for (const one of [mentor, admin]) {
      const ids = (await seenBy(one, `cohort=${cohortId}`))?.others.map(other => other.id)
      expect(ids).toContain(id)
      expect(await permalinkOf(db, content, one, id)).toContain(`#post-${id}`)
      expect((await historyOf(db, content, one, id)).revisions).toHaveLength(1)
      expect((await latestPostsOf(db, content, one, river.id)).map(other => other.id)).toEqual([id])
    }
  })

  test('is nowhere to be found for others of the cohort, however they ask', async () => {
    const { id } = await postPrivately(river)
    const below = await reply(db, mentor, id, 'Thank you for telling us.')
    expect((await seenBy(moss))?.others).toEqual([])
    for (const post of [id, below.id]) {
      await expect(postFor(db, content, moss, post)).rejects.toThrow(NotFound)
      await expect(historyOf(db, content, moss, post)).rejects.toThrow(NotFound)
      await expect(reply(db, moss, post)).rejects.toThrow(NotFound)
      expect(await permalinkOf(db, content, moss, post)).toBe(`/courses/${personal.id}#reflection`)
      await expect(postFor(db, content, strangeMentor, post)).rejects.toThrow(NotFound)
    }
    await expect(seenBy(moss, `replies=${id}`)).rejects.toThrow(NotFound)
    expect(await latestPostsOf(db, content, moss, river.id)).toEqual([])
    expect(await latestPostsOf(db, content, moss, mentor.id)).toEqual([])
    expect((await progressOf(db, moss)).answerable).not.toContain(personal.id)
  })

  test('answers the question: its author sees what the others wrote', async () => {
    expect((await seenBy(river))?.waiting).toBe(true)
    await postPrivately(river)
    expect((await seenBy(river))?.others.map(({ author }) => author.id)).toEqual([moss.id])
  })

  test('mentions only tell those who may read it, also once it is edited, and in a reply', async () => {
    const naming = `@${moss.handle} and @${mentor.handle} and @${strangeMentor.handle}`
    const { id } = await postPrivately(river, `I think of ${naming}.`)
    await db.transaction(tx =>
      editPost(tx, content, river, { post: id, revision: 1, markdown: `I still think of ${naming}.` }),
    )
    await reply(db, mentor, id, `Have you told @${moss.handle} and @${river.handle}?`)
    expect(await told(mentor)).toEqual(['mentioned'])
    expect(await told(river)).toEqual(['mentioned'])
    expect(await told(moss)).toEqual([])
    expect(await told(strangeMentor)).toEqual([])
  })

  test('can’t be written where the module does not offer it', async () => {
    const { id } = open
    await expect(
      db.transaction(tx =>
        postReflection(tx, content, river, { module: id, markdown: words, audience: 'mentors' }),
      ),
    ).rejects.toThrow(Invalid)
  })
})

describe('sharing it later', () => {
  test('lets the cohort read and answer it, and keeps what was said in private between the two', async () => {
    const { id } = await postPrivately(river)
    const inPrivate = await reply(db, mentor, id, 'Between us.')
    await share(river, id)

    const [thread] = (await seenBy(moss))!.others
    expect(thread).toMatchObject({ id, audience: 'cohort', replies: [], replyCount: 0 })
    expect((await seenBy(moss, `replies=${id}`))!.others[0]!.replies).toEqual([])
    await expect(postFor(db, content, moss, inPrivate.id)).rejects.toThrow(NotFound)

    const openly = await reply(db, moss, id, 'I am glad you said so.')
    const further = await reply(db, river, inPrivate.id, 'Still between us.')
    const idsFor = async (viewer: Person, query = '') => {
      const { own, others } = (await seenBy(viewer, query))!
      const head = [own, ...others].find(one => one?.id === id)
      return { ids: head?.replies.map(one => one.id), count: head?.replyCount }
    }
    const all = { ids: [inPrivate.id, openly.id, further.id], count: 3 }
    expect(await idsFor(moss)).toEqual({ ids: [openly.id], count: 1 })
    expect(await idsFor(river)).toEqual(all)
    expect(await idsFor(mentor, `cohort=${cohortId}`)).toEqual(all)
  })

  test('tells whom it mentions now that they may read it, and those who knew not again', async () => {
    const { id } = await postPrivately(river, `I think of @${moss.handle} and @${mentor.handle}.`)
    await share(river, id)
    expect([await told(moss), await told(mentor)]).toEqual([['mentioned'], ['mentioned']])
  })

  test('is for its author alone, once, and is on the record', async () => {
    const { id } = await postPrivately(river)
    await expect(share(moss, id)).rejects.toThrow(NotFound)
    await expect(share(mentor, id)).rejects.toThrow(Forbidden)
    await share(river, id)
    await expect(share(river, id)).rejects.toThrow(Conflict)
    const entries = await db.select().from(auditEntry).where(eq(auditEntry.actorId, river.id))
    expect(entries.map(({ action }) => action)).toContain('reflection.shared')
  })

  test('has no way back: an edit changes the words and not who reads them', async () => {
    const { id } = await reflect(db, river, 'Openly.', personal.id)
    const edit = { post: id, revision: 1, markdown: 'Other words.', audience: 'mentors' }
    await db.transaction(tx => editPost(tx, content, river, edit))
    const [row] = await db.select().from(post).where(eq(post.id, id))
    expect(row?.audience).toBe('cohort')
  })
})
