import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { discussion, post, takingPart } from '../../db/schema/discussions.ts'
import { grade, marking, submission } from '../../db/schema/grading.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { deletePost, type Effect, keptWords, toDelete } from '../../src/discussions/deletion.ts'
import { editPost } from '../../src/discussions/editing.ts'
import { historyOf } from '../../src/discussions/history.ts'
import { latestPostsOf } from '../../src/discussions/latest.ts'
import { viewOf } from '../../src/discussions/links.ts'
import { shownTo } from '../../src/discussions/shown.ts'
import { Conflict, Forbidden, forPeople, NotFound } from '../../src/errors.ts'
import { reflectionOnDesk } from '../../src/grading/desk/on-desk.ts'
import type { Person } from '../../src/people/person.ts'
import { claimPost, gradePost } from '../grading/deeds.ts'
import { markingOf } from '../grading/reflections.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { guarded, lenient, open, reflect, reply } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

const remove = (person: Person, postId: number, told?: Effect) =>
  db.transaction(tx => deletePost(tx, lenient, person, { post: postId, told }))

const pass = (mentor: Person, postId: number, outcome: 'pass' | 'return' = 'pass') =>
  gradePost(db, mentor, postId, { outcome, all: lenient })

async function seenBy(viewer: Person, { module = open, query = '' } = {}) {
  const progress = await progressOf(db, viewer)
  return shownTo(db, lenient, viewer, { module, progress, view: viewOf(new URLSearchParams(query)) })
}

async function aCohort() {
  const [river, moss] = [await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  return { river, moss, cohort, mentor: await addMentorOf(db, [cohort.id]) }
}

const onDesk = (id: number) => db.select().from(submission).where(eq(submission.postId, id))

/** Everything in which `secret` could be told to `viewer`. */
async function allThatIsTold(viewer: Person, author: Person, id: number) {
  const history = await historyOf(db, lenient, viewer, id).catch(() => null)
  return JSON.stringify([
    await seenBy(viewer),
    await seenBy(viewer, { query: `replies=${id}` }).catch(() => null),
    await latestPostsOf(db, lenient, viewer, author.id),
    history,
  ])
}

describe('a reply', () => {
  test('leaves a marker with its author’s name, and its words are told nowhere, to nobody', async () => {
    const { river, moss, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    const answer = await reply(db, moss, id, 'A secret that slipped out.')
    await remove(moss, answer.id)
    const [shown] = (await seenBy(river))!.own!.replies
    expect(shown).toMatchObject({
      removed: 'deleted',
      html: '',
      markdown: '',
      author: { handle: moss.handle },
    })
    for (const viewer of [river, moss, mentor, await addAdmin(db)]) {
      expect(await allThatIsTold(viewer, moss, id)).not.toContain('slipped')
      await expect(historyOf(db, lenient, viewer, answer.id)).rejects.toThrow(NotFound)
    }
    await claimAs(mentor, id)
    expect((await seenOnDesk(mentor, id)).replies).toEqual([])
  })

  test('no longer counts as taking part, and can’t be answered or edited', async () => {
    const { river, moss } = await aCohort()
    const { id } = await reflect(db, river)
    const answer = await reply(db, moss, id)
    const parts = () => db.select().from(takingPart).where(eq(takingPart.personId, moss.id))
    expect(await parts()).toMatchObject([{ replies: 1 }])
    expect(await remove(moss, answer.id)).toMatchObject({ factChanged: true })
    expect(await parts()).toMatchObject([{ replies: 0 }])
    await expect(reply(db, river, answer.id)).rejects.toThrow(Conflict)
    const edit = { post: answer.id, revision: 1, markdown: 'Back again.' }
    await expect(db.transaction(tx => editPost(tx, lenient, moss, edit))).rejects.toThrow(Conflict)
  })

  test('is deleted once, by its author alone, and not after a mentor has hidden it', async () => {
    const { river, moss, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    const answer = await reply(db, moss, id)
    for (const other of [river, mentor]) await expect(remove(other, answer.id)).rejects.toThrow(Forbidden)
    await expect(toDelete(db, lenient, river, answer.id)).rejects.toThrow(Forbidden)
    await expect(remove(await addTrainee(db), answer.id)).rejects.toThrow(NotFound)
    const results = await Promise.allSettled([remove(moss, answer.id), remove(moss, answer.id)])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const log = await db.select().from(auditEntry).where(eq(auditEntry.action, 'reply.deleted'))
    expect(log.filter(({ actorId }) => actorId === moss.id)).toHaveLength(1)

    const hidden = await reply(db, moss, id)
    await db.update(post).set({ removed: 'hidden' }).where(eq(post.id, hidden.id))
    await expect(remove(moss, hidden.id)).rejects.toThrow(Conflict)
  })
})

const claimAs = (mentor: Person, id: number) => claimPost(db, mentor, id)
const seenOnDesk = async (mentor: Person, id: number) => reflectionOnDesk(db, mentor, await markingOf(db, id))

describe('a reflection that has not passed', () => {
  test('goes off the desk; its replies stay, the question is open again and answered anew', async () => {
    const { river, moss, mentor, cohort } = await aCohort()
    const { id } = await reflect(db, river, 'Too much of me.')
    await reply(db, moss, id, 'I hear you.')
    await claimAs(mentor, id)
    expect(await toDelete(db, lenient, river, id)).toMatchObject({ effect: 'open' })
    await remove(river, id, 'open')
    expect(await onDesk(id)).toEqual([])
    expect(await db.select().from(marking).where(eq(marking.postId, id))).toMatchObject([
      { closedAt: expect.any(Date) as Date, doneById: null, claimedById: null },
    ])
    const [place] = await db.select().from(discussion).where(eq(discussion.cohortId, cohort.id))
    expect(place).toMatchObject({ reflections: 0, posts: 2 })
    const seen = await seenBy(moss)
    expect(seen?.others).toMatchObject([
      { id, removed: 'deleted', html: '', replies: [{ html: '<p>I hear you.</p>' }] },
    ])
    expect(await seenBy(river)).toMatchObject({ own: null, others: [{ id, removed: 'deleted' }] })

    const anew = await reflect(db, river, 'Enough of me.')
    expect(await seenBy(river)).toMatchObject({ own: { id: anew.id }, others: [{ id }] })
    expect(await onDesk(anew.id)).toMatchObject([{ state: 'submitted', try: 1 }])
  })

  test('shuts what others wrote where one has to answer first', async () => {
    const { river, moss } = await aCohort()
    await reflect(db, moss, 'Mine.', guarded.id)
    const { id } = await reflect(db, river, 'Yours.', guarded.id)
    expect((await seenBy(river, { module: guarded }))?.others).toHaveLength(1)
    await remove(river, id)
    const seen = await seenBy(river, { module: guarded })
    expect(seen).toMatchObject({ waiting: true, own: null })
    expect(JSON.stringify(seen)).not.toContain('Mine.')
  })

  test('keeps the grade that it was returned with on the record', async () => {
    const { river, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    await pass(mentor, id, 'return')
    await remove(river, id, 'open')
    expect(await onDesk(id)).toEqual([])
    expect(await db.select().from(grade).where(eq(grade.postId, id))).toHaveLength(1)
  })
})

describe('a reflection that has passed', () => {
  test('leaves the discussion; its grade stays, and its words with its author and the mentors alone', async () => {
    const { river, moss, mentor } = await aCohort()
    const { id } = await reflect(db, river, 'What was passed.')
    await pass(mentor, id)
    expect(await toDelete(db, lenient, river, id)).toMatchObject({ effect: 'passed' })
    await remove(river, id, 'passed')
    expect(await onDesk(id)).toMatchObject([{ state: 'passed' }])
    expect((await progressOf(db, river)).reflections.get(open.id)?.state).toBe('passed')
    for (const viewer of [moss, river, mentor])
      expect(await allThatIsTold(viewer, river, id)).not.toContain('What was passed')
    expect(await keptWords(db, river, id)).toContain('What was passed')
    expect(await keptWords(db, moss, id)).toBeNull()
    expect((await seenOnDesk(mentor, id)).marking).toMatchObject({
      html: '<p>What was passed.</p>',
      deleted: true,
    })
    await expect(reflect(db, river, 'Once more.')).rejects.toThrow(Conflict)
  })

  test('is not deleted by somebody who was told that it is still open', async () => {
    const { river, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    await pass(mentor, id)
    await expect(remove(river, id, 'open')).rejects.toThrow(Conflict)
    expect((await seenBy(river))?.own).toMatchObject({ id, removed: null })
  })
})

test('however a mentor’s grade and its author’s deletion cross, one of the two is told, and nothing is half done', async () => {
  for (let round = 0; round < 8; round++) {
    const { river, mentor } = await aCohort()
    const { id } = await reflect(db, river)
    const results = await Promise.allSettled(
      round % 2
        ? [remove(river, id, 'open'), pass(mentor, id)]
        : [pass(mentor, id), remove(river, id, 'open')],
    )
    for (const one of results) if (one.status === 'rejected') expect(one.reason).toSatisfy(forPeople)
    const [row] = await db.select().from(post).where(eq(post.id, id))
    const grades = await db.select().from(grade).where(eq(grade.postId, id))
    const desk = await onDesk(id)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    if (row?.removed) expect([desk, grades]).toEqual([[], []])
    else expect([desk[0]?.state, grades.length]).toEqual(['passed', 1])
  }
})
