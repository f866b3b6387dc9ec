import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { post as posts, takingPart } from '../../db/schema/discussions.ts'
import { notification } from '../../db/schema/people.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { contextOf } from '../../src/discussions/moderation/context.ts'
import { postFor } from '../../src/discussions/find-post.ts'
import { hidePost, showPost } from '../../src/discussions/moderation/hiding.ts'
import { historyOf } from '../../src/discussions/history.ts'
import { viewOf } from '../../src/discussions/links.ts'
import { shownTo } from '../../src/discussions/shown.ts'
import { reasonRule } from '../../src/discussions/text.ts'
import { Conflict, Forbidden, NotFound } from '../../src/errors.ts'
import { desk } from '../../src/grading/queue.ts'
import type { Person } from '../../src/people/person.ts'
import { auditLog } from '../../src/record/audit-log.ts'
import { claimPost, gradePost } from '../grading/deeds.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { lenient, open, reflect, reply } from './deeds.ts'

const { db } = await testDatabase()

/** A reflection of one trainee and a reply of another, with their mentor looking on. */
async function aThread() {
  const [river, moss] = [await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  const mentor = await addMentorOf(db, [cohort.id])
  const { id } = await reflect(db, river, 'What I think.')
  const answer = await reply(db, moss, id, 'A secret of somebody else.')
  return { river, moss, mentor, cohort, id, answer: answer.id }
}

const hide = (person: Person, post: number, reason = 'It names somebody.') =>
  db.transaction(tx => hidePost(tx, lenient, person, { post, reason }))
const show = (person: Person, post: number, reason = 'The name is gone.') =>
  db.transaction(tx => showPost(tx, lenient, person, { post, reason }))

async function seenBy(viewer: Person) {
  const progress = await progressOf(db, viewer)
  const view = viewOf(new URLSearchParams())
  const shown = await shownTo(db, lenient, viewer, { module: open, progress, view })
  return shown!.own ?? shown!.others[0]!
}

const counted = async (person: Person) =>
  (await db.select().from(takingPart).where(eq(takingPart.personId, person.id)))[0]?.replies ?? 0

describe('hiding', () => {
  test('a mentor hides a reply: others see a marker, those who look after the place its words', async () => {
    const { river, moss, mentor, answer } = await aThread()
    await hide(mentor, answer)
    for (const reader of [river, moss])
      expect((await seenBy(reader)).replies).toMatchObject([{ id: answer, removed: 'hidden', html: '' }])
    expect((await seenBy(mentor)).replies[0]?.html).toContain('A secret')
    await expect(historyOf(db, lenient, river, answer)).rejects.toThrow(NotFound)
    const post = await postFor(db, lenient, mentor, answer)
    expect((await contextOf(db, mentor, post)).map(({ html }) => html)).toEqual([
      '<p>What I think.</p>',
      '<p>A secret of somebody else.</p>',
    ])
    await expect(contextOf(db, river, post)).rejects.toThrow(NotFound)
  })

  test('its author is told why and not by whom, and the audit log keeps both', async () => {
    const { moss, mentor, answer } = await aThread()
    await hide(mentor, answer)
    const [told] = await db.select().from(notification).where(eq(notification.personId, moss.id))
    expect(told).toMatchObject({
      kind: 'post_hidden',
      summary: `A mentor hid your reply in “${open.title}”. Their reason: It names somebody.`,
      byId: null,
    })
    await show(mentor, answer)
    const { lines } = await auditLog(db, await addAdmin(db), { person: mentor.id })
    expect(lines.slice(0, 2)).toMatchObject([
      { action: 'post.shown', whom: moss.handle, details: { reason: 'The name is gone.' } },
      { action: 'post.hidden', whom: moss.handle, details: { reason: 'It names somebody.' } },
    ])
  })

  test('shown again, it is as it was', async () => {
    const { river, mentor, answer } = await aThread()
    await hide(mentor, answer)
    await show(mentor, answer)
    expect((await seenBy(river)).replies).toMatchObject([
      { removed: null, html: '<p>A secret of somebody else.</p>' },
    ])
  })

  test('a reply that is hidden no longer counts as taking part, and counts again when it is shown', async () => {
    const { moss, mentor, answer } = await aThread()
    const before = await counted(moss)
    await hide(mentor, answer)
    expect(await counted(moss)).toBe(Math.max(0, before - 1))
    await show(mentor, answer)
    expect(await counted(moss)).toBe(Math.max(1, before))
  })

  test('a hidden reflection stays on the desk, and is graded as before', async () => {
    const { mentor, id } = await aThread()
    await hide(mentor, id)
    expect((await desk(db, lenient, mentor)).waiting.map(({ postId }) => postId)).toEqual([id])
    await claimPost(db, mentor, id)
    await gradePost(db, mentor, id, { all: lenient })
  })
})

describe('who may not', () => {
  test('trainees hide nothing, mentors of other cohorts know of nothing, and nobody hides their own', async () => {
    const { river, mentor, id, answer } = await aThread()
    const own = await reply(db, mentor, id)
    await expect(hide(river, answer)).rejects.toThrow(Forbidden)
    await expect(hide(await addMentorOf(db), answer)).rejects.toThrow(NotFound)
    await expect(hide(mentor, own.id)).rejects.toThrow('your own post')
    await hide(await addAdmin(db), own.id)
    await expect(show(mentor, own.id)).rejects.toThrow(Forbidden)
  })

  test('of two who hide it at once one is told, and what was deleted is neither hidden nor shown', async () => {
    const { mentor, answer } = await aThread()
    const both = await Promise.allSettled([hide(mentor, answer), hide(await addAdmin(db), answer)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(hide(mentor, answer)).rejects.toThrow(Conflict)
    await show(mentor, answer)
    await expect(show(mentor, answer)).rejects.toThrow(Conflict)
    await db.update(posts).set({ removed: 'deleted' }).where(eq(posts.id, answer))
    await expect(hide(mentor, answer)).rejects.toThrow(Conflict)
    await expect(show(mentor, answer)).rejects.toThrow(Conflict)
  })

  test('a reason is needed, and more than spaces', () => {
    expect(reasonRule.safeParse('   ').success).toBe(false)
    expect(reasonRule.safeParse('x'.repeat(501)).success).toBe(false)
    expect(reasonRule.parse('  It names somebody. ')).toBe('It names somebody.')
  })
})
