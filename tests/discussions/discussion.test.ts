import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { postRevision } from '../../db/schema/discussions.ts'
import { submission } from '../../db/schema/grading.ts'
import { notification } from '../../db/schema/people.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { editPost, resubmit } from '../../src/discussions/editing.ts'
import { historyOf } from '../../src/discussions/history.ts'
import { latestPostsOf } from '../../src/discussions/latest.ts'
import { viewOf } from '../../src/discussions/links.ts'
import { permalinkOf } from '../../src/discussions/permalink.ts'
import { shownTo, type Shown } from '../../src/discussions/shown.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import type { Person } from '../../src/people/person.ts'
import {
  addAdmin,
  addClass,
  addCohortOf,
  addMentorOf,
  addTrainee,
  again,
  openCourses,
} from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { guarded, lenient, open, reflect, reply } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

/** A cohort of two with their mentor, and people from elsewhere. */
const aCohort = () => addClass(db)

/** What a person sees of a module's discussion. */
async function seenBy(viewer: Person, { module = open, query = '' } = {}) {
  const progress = await progressOf(db, viewer)
  return shownTo(db, lenient, viewer, { module, progress, view: viewOf(new URLSearchParams(query)) })
}

const toldTo = async ({ id }: { id: number }) =>
  (await db.select().from(notification).where(eq(notification.personId, id))).map(
    ({ summary, href, kind }) => ({ summary, href, kind }),
  )

describe('posting', () => {
  test('a trainee posts a reflection, and it waits for the mentors with the course’s promise', async () => {
    const { river, cohort } = await aCohort()
    const { id } = await reflect(db, river, 'I like **quiet** rooms.')
    const [row] = await db.select().from(submission).where(eq(submission.postId, id))
    expect(row).toMatchObject({
      state: 'submitted',
      try: 1,
      cohortId: cohort.id,
      module: open.id,
      rubric: 'reflection',
    })
    expect(row!.promisedBy.getTime() - row!.submittedAt.getTime()).toBeCloseTo(3 * 86_400_000, -4)
    const seen = await seenBy(river)
    expect(seen?.own?.html).toBe('<p>I like <strong>quiet</strong> rooms.</p>')
  })

  test('two reflections at once are one, and the second is told so', async () => {
    const { river } = await aCohort()
    const [one, other] = await Promise.allSettled([reflect(db, river, 'One.'), reflect(db, river, 'Two.')])
    const refused = [one, other].filter(result => result.status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused[0]?.reason).toBeInstanceOf(Conflict)
    const rows = await db.select().from(submission).where(eq(submission.authorId, river.id))
    expect(rows).toHaveLength(1)
  })

  test('two people who open a discussion at once share it', async () => {
    const { river, moss } = await aCohort()
    await Promise.all([reflect(db, river), reflect(db, moss)])
    expect((await seenBy(river))?.others.map(({ author }) => author.id)).toEqual([moss.id])
  })

  test('who does not take the course, or has not done what the module builds on, can’t post', async () => {
    const passer = await addTrainee(db)
    await expect(reflect(db, passer)).rejects.toThrow(Forbidden)
    const { river } = await aCohort()
    const later = lenient
      .course(open.course)!
      .modules.find(({ requires }) => requires.length > 0 && requires)!
    expect(later.id).not.toBe(guarded.id)
    await expect(reflect(db, river, 'Too soon.', later.id)).rejects.toThrow(Forbidden)
    await expect(reflect(db, river, 'Nowhere.', 'no/such')).rejects.toThrow(NotFound)
  })

  test('a reply stands under the reflection, also when it answers a reply, and its author is told', async () => {
    const { river, moss, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    const first = await reply(db, moss, id, 'I know that room.')
    await reply(db, mentor, first.id, 'So do I.')
    const [thread] = (await seenBy(moss))!.others
    expect(thread?.replies.map(({ author }) => author.handle)).toEqual([moss.handle, mentor.handle])
    expect(thread?.replies.map(({ author }) => author.mentor)).toEqual([false, true])
    expect(await toldTo(river)).toEqual([
      {
        kind: 'replied',
        summary: `@${moss.handle} replied to your reflection on “${open.title}”.`,
        href: `/posts/${first.id}`,
      },
      {
        kind: 'replied',
        summary: expect.stringContaining(`@${mentor.handle} replied`) as string,
        href: expect.any(String) as string,
      },
    ])
  })

  test('people of another cohort neither see a reflection nor reply to it; admins see it and don’t', async () => {
    const { river, stranger } = await aCohort()
    const { id } = await reflect(db, river)
    await expect(reply(db, stranger, id)).rejects.toThrow(NotFound)
    await expect(permalinkOf(db, lenient, stranger, id)).rejects.toThrow(NotFound)
    await expect(
      seenBy(stranger, { query: `cohort=${(await seenBy(river))!.place.cohortId}` }),
    ).rejects.toThrow(NotFound)
    const admin = await addAdmin(db)
    expect(await permalinkOf(db, lenient, admin, id)).toContain(`#post-${id}`)
    await expect(reply(db, admin, id)).rejects.toThrow(Forbidden)
  })

  test('a mentor whose badge is gone sees nothing more, though the cohort still names them', async () => {
    const { river, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    await permalinkOf(db, lenient, mentor, id)
    await db.execute(
      sql`update certificate set ended_at = now(), ended_by = 'revocation' where person_id = ${mentor.id}`,
    )
    await expect(permalinkOf(db, lenient, await again(db, mentor), id)).rejects.toThrow(NotFound)
  })
})

describe('mentions', () => {
  test('people who may see the discussion are told, each once; others and oneself are not', async () => {
    const { river, moss, stranger, mentor } = await aCohort()
    const { id } = await reflect(
      db,
      river,
      `@${moss.handle}, @${mentor.handle}, @${stranger.handle} and I, @${river.handle}, @${moss.handle}`,
    )
    const told = {
      kind: 'mentioned',
      summary: `@${river.handle} mentioned you in “${open.title}”.`,
      href: `/posts/${id}`,
    }
    expect(await toldTo(moss)).toEqual([told])
    expect(await toldTo(mentor)).toEqual([told])
    expect(await toldTo(stranger)).toEqual([])
    expect(await toldTo(river)).toEqual([])
  })

  test('an edit tells only those whom it newly mentions', async () => {
    const { river, moss, mentor } = await aCohort()
    const { id } = await reflect(db, river, `Hello @${moss.handle}`)
    const edit = { post: id, revision: 1, markdown: `Hello @${moss.handle} and @${mentor.handle}` }
    await db.transaction(tx => editPost(tx, lenient, river, edit))
    expect(await toldTo(moss)).toHaveLength(1)
    expect(await toldTo(mentor)).toHaveLength(1)
  })

  test('ten people can be mentioned in a post, and no more', async () => {
    const { river } = await aCohort()
    const crowd = await Promise.all(Array.from({ length: 11 }, () => addTrainee(db)))
    const all = crowd.map(({ handle }) => `@${handle}`)
    await expect(reflect(db, river, all.join(' '))).rejects.toThrow(Invalid)
    await reflect(db, river, `${all.slice(0, 10).join(' ')} @nobody-at-all`)
  })

  test('whoever is mentioned in a reply to their own reflection is told once', async () => {
    const { river, moss } = await aCohort()
    const { id } = await reflect(db, river)
    await reply(db, moss, id, `Thank you, @${river.handle}`)
    expect(await toldTo(river)).toHaveLength(1)
  })
})

describe('where one answers before seeing others', () => {
  async function aSecret() {
    const cast = await aCohort()
    const { id } = await reflect(db, cast.river, `A secret for @${cast.moss.handle}.`, guarded.id)
    const answer = await reply(db, cast.mentor, id, 'A secret reply.')
    return { ...cast, id, answer }
  }

  test('nothing of others is shown before, in whichever way one asks', async () => {
    const { river, moss, id, answer } = await aSecret()
    const seen = await seenBy(moss, { module: guarded })
    expect(seen).toMatchObject({ waiting: true, own: null, others: [], more: null })
    await expect(seenBy(moss, { module: guarded, query: `replies=${id}` })).rejects.toThrow(NotFound)
    for (const post of [id, answer.id]) {
      expect(await permalinkOf(db, lenient, moss, post)).toBe(`/courses/${guarded.id}#reflection`)
      await expect(historyOf(db, lenient, moss, post)).rejects.toThrow(NotFound)
      await expect(reply(db, moss, post)).rejects.toThrow(NotFound)
    }
    expect(await latestPostsOf(db, lenient, moss, river.id)).toEqual([])
    expect((await toldTo(moss)).map(({ summary }) => summary).join()).not.toContain('secret')
  })

  test('all of it is shown from the moment one has posted', async () => {
    const { river, moss, id, answer } = await aSecret()
    await reflect(db, moss, 'Mine.', guarded.id)
    expect((await seenBy(moss, { module: guarded }))?.others[0]).toMatchObject({
      id,
      replies: [{ id: answer.id }],
    })
    expect(await permalinkOf(db, lenient, moss, answer.id)).toBe(
      `/courses/${guarded.id}?replies=${id}#post-${answer.id}`,
    )
    expect(await historyOf(db, lenient, moss, id)).toMatchObject({ revisions: [{ revision: 1 }] })
    expect((await latestPostsOf(db, lenient, moss, river.id)).map(post => post.id)).toEqual([id])
  })

  test('the cohort’s mentor and the admins see it without answering', async () => {
    const { mentor, id, cohort } = await aSecret()
    const admin = await addAdmin(db)
    for (const viewer of [mentor, admin]) {
      const seen = await seenBy(viewer, { module: guarded, query: `cohort=${cohort.id}` })
      expect(seen).toMatchObject({ waiting: false, others: [{ id }] })
    }
  })

  test('a mentor of another cohort does not', async () => {
    const { cohort, id } = await aSecret()
    const other = await addMentorOf(db, [(await addCohortOf(db)).id])
    await expect(seenBy(other, { module: guarded, query: `cohort=${cohort.id}` })).rejects.toThrow(NotFound)
    await expect(historyOf(db, lenient, other, id)).rejects.toThrow(NotFound)
  })
})

describe('editing', () => {
  test('what a post said before stays in its history, which whoever sees the post can read', async () => {
    const { river, moss } = await aCohort()
    const { id } = await reflect(db, river, 'First words.')
    await db.transaction(tx =>
      editPost(tx, lenient, river, { post: id, revision: 1, markdown: 'Second words.' }),
    )
    expect((await seenBy(moss))?.others[0]).toMatchObject({
      html: '<p>Second words.</p>',
      editedAt: expect.any(Date) as Date,
    })
    const { revisions } = await historyOf(db, lenient, moss, id)
    expect(revisions.map(({ html }) => html)).toEqual(['<p>Second words.</p>', '<p>First words.</p>'])
  })

  test('only its author edits a post', async () => {
    const { river, moss, mentor, stranger } = await aCohort()
    const { id } = await reflect(db, river)
    const edit = { post: id, revision: 1, markdown: 'Not mine.' }
    for (const other of [moss, mentor])
      await expect(db.transaction(tx => editPost(tx, lenient, other, edit))).rejects.toThrow(Forbidden)
    await expect(db.transaction(tx => editPost(tx, lenient, stranger, edit))).rejects.toThrow(NotFound)
  })

  test('of two edits at once in two windows the second is told, and nothing is overwritten', async () => {
    const { river } = await aCohort()
    const { id } = await reflect(db, river)
    const edits = ['One.', 'Two.'].map(markdown =>
      db.transaction(tx => editPost(tx, lenient, river, { post: id, revision: 1, markdown })),
    )
    const results = await Promise.allSettled(edits)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db.select().from(postRevision).where(eq(postRevision.postId, id))).toHaveLength(2)
  })

  test('a reply is kept to the length of a reply, also when it is edited', async () => {
    const { river, moss } = await aCohort()
    const { id } = await reflect(db, river)
    const answer = await reply(db, moss, id)
    const edit = { post: answer.id, revision: 1, markdown: 'x'.repeat(5001) }
    await expect(db.transaction(tx => editPost(tx, lenient, moss, edit))).rejects.toThrow(Invalid)
  })

  test('a passed reflection can be edited, and stays passed', async () => {
    const { river } = await aCohort()
    const { id } = await reflect(db, river)
    await db.update(submission).set({ state: 'passed' }).where(eq(submission.postId, id))
    await db.transaction(tx =>
      editPost(tx, lenient, river, { post: id, revision: 1, markdown: 'And one thing more.' }),
    )
    expect((await progressOf(db, river)).reflections.get(open.id)?.state).toBe('passed')
  })
})

describe('after a return', () => {
  test('the author revises and sends it again, as the next try and the next revision', async () => {
    const { river } = await aCohort()
    const { id } = await reflect(db, river)
    await db.update(submission).set({ state: 'returned' }).where(eq(submission.postId, id))
    await db.transaction(tx =>
      resubmit(tx, lenient, river, { post: id, revision: 1, markdown: 'Better words.' }),
    )
    const [row] = await db.select().from(submission).where(eq(submission.postId, id))
    expect(row).toMatchObject({ state: 'submitted', try: 2 })
    expect(await seenBy(river)).toMatchObject({ own: { revision: 2, html: '<p>Better words.</p>' } })
  })

  test('what was not returned can’t be sent again, nor twice at once', async () => {
    const { river } = await aCohort()
    const { id } = await reflect(db, river)
    const again = (revision: number) =>
      db.transaction(tx => resubmit(tx, lenient, river, { post: id, revision, markdown: 'Again.' }))
    await expect(again(1)).rejects.toThrow(Conflict)
    await db.update(submission).set({ state: 'returned' }).where(eq(submission.postId, id))
    const results = await Promise.allSettled([again(1), again(1)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [row] = await db.select().from(submission).where(eq(submission.postId, id))
    expect(row?.try).toBe(2)
  })
})

describe('long discussions', () => {
  test('sixty reflections are read twenty at a time, the newest first, none twice and none left out though somebody posts meanwhile', async () => {
    const reader = await addTrainee(db)
    const people = await Promise.all(Array.from({ length: 60 }, () => addTrainee(db)))
    const latecomer = await addTrainee(db)
    await addCohortOf(db, [reader, latecomer, ...people])
    const ids: number[] = []
    for (const person of people) ids.push((await reflect(db, person)).id)

    const pages: number[][] = []
    let after: number | null = null
    do {
      const seen: Shown = (await seenBy(reader, { query: after === null ? '' : `after=${after}` }))!
      pages.push(seen.others.map(({ id }) => id))
      after = seen.more
      if (pages.length === 1) await reflect(db, latecomer)
    } while (after !== null)
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 20])
    expect(pages.flat()).toEqual(ids.toReversed())
  })

  test('three replies are shown under a reflection, all of them on its own page, and the link to one leads there', async () => {
    const { river, moss } = await aCohort()
    const { id } = await reflect(db, river)
    const replies: number[] = []
    for (let count = 0; count < 52; count++) replies.push((await reply(db, moss, id)).id)
    const [listed] = (await seenBy(moss))!.others
    expect(listed).toMatchObject({ replyCount: 52 })
    expect(listed?.replies.map(post => post.id)).toEqual(replies.slice(0, 3))

    const thread = (await seenBy(moss, { query: `replies=${id}` }))!
    expect(thread.others[0]?.replies.map(post => post.id)).toEqual(replies.slice(0, 50))
    expect(thread.more).toBe(replies[49])
    expect(await permalinkOf(db, lenient, moss, replies[51]!)).toBe(
      `/courses/${open.id}?replies=${id}&after=${replies[51]! - 1}#post-${replies[51]}`,
    )
  })
})

describe('whoever moves to another cohort', () => {
  test('still sees what they wrote and read before, and what they did counts on', async () => {
    const { river, moss, cohort } = await aCohort()
    const { id } = await reflect(db, river, 'Before I moved.', guarded.id)
    await reflect(db, moss, 'Beside you.', guarded.id)
    const next = await addCohortOf(db, [river])
    expect(await permalinkOf(db, lenient, river, id)).toBe(
      `/courses/${guarded.id}?cohort=${cohort.id}#post-${id}`,
    )
    expect((await seenBy(river, { module: guarded, query: `cohort=${cohort.id}` }))?.others).toHaveLength(1)

    const seen = await seenBy(river, { module: guarded })
    expect(seen).toMatchObject({ place: { cohortId: next.id }, waiting: false, own: null })
    expect((await progressOf(db, river)).reflections.get(guarded.id)).toMatchObject({
      postId: id,
      cohortId: cohort.id,
    })
  })

  test('reads the earlier discussion but no longer writes in it', async () => {
    const { river, moss, cohort } = await aCohort()
    const { id } = await reflect(db, moss)
    await addCohortOf(db, [river])
    await expect(reply(db, river, id)).rejects.toThrow(Forbidden)
    await db.transaction(tx => enrol(tx, null, { cohortId: cohort.id, personId: river.id }))
    await reply(db, river, id)
  })
})
