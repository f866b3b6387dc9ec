import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { appeal, marking, submission } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { after } from '../authoring/duration.ts'
import { answerCounts } from '../courses/completion.ts'
import { found } from '../errors.ts'
import { tellDesks } from './claims.ts'
import { concernOn } from './pausing.ts'

/** Puts a new reflection before the mentors of its cohort. */
export async function handIn(
  tx: Tx,
  content: Content,
  reflection: { postId: number; cohortId: number; authorId: number; module: string; rubric: string },
): Promise<void> {
  const promisedBy = promiseFrom(content, reflection.module)
  const { rubric, ...where } = reflection
  await tx.insert(submission).values({ ...where, rubric, promisedBy })
  await openMarking(tx, { ...where, try: 1, purpose: 'first', promisedBy })
}

/**
 * Puts a reflection before the mentors again, as its next try: one that was returned, or that had passed before its
 * module asked for another answer. What was made of it stays on the record; an appeal that still waits is given up.
 * @returns the try, or null when the reflection does not wait for its author
 */
export async function handInAgain(tx: Tx, content: Content, postId: number): Promise<number | null> {
  const [before] = await tx.select().from(submission).where(eq(submission.postId, postId)).for('update')
  if (!before || !waitsForAuthor(content, before)) return null
  const { cohortId, authorId, module } = before
  await closeMarkings(tx, postId)
  const promisedBy = promiseFrom(content, module)
  const next = { try: before.try + 1, promisedBy }
  await tx
    .update(submission)
    .set({ ...next, state: 'submitted', submittedAt: new Date() })
    .where(eq(submission.postId, postId))
  await openMarking(tx, { ...next, postId, cohortId, authorId, module, purpose: 'first' })
  return next.try
}

/** Whether its author is asked for another try. */
const waitsForAuthor = (
  content: Content,
  { state, module, submittedAt }: Pick<typeof submission.$inferSelect, 'state' | 'module' | 'submittedAt'>,
): boolean => state === 'returned' || (state === 'passed' && isAskedAgain(content, { module, submittedAt }))

/** Whether a module asks for another answer since one was handed in. */
export function isAskedAgain(
  content: Content,
  { module, submittedAt }: { module: string; submittedAt: Date },
): boolean {
  const asking = content.module(module)
  return asking !== undefined && !answerCounts(asking, submittedAt)
}

/** Nobody is asked to mark it any more, and its question is open again. Grades and results stay on the record. */
export async function takeOffDesk(tx: Tx, postId: number): Promise<void> {
  await closeMarkings(tx, postId)
  await tx.delete(submission).where(eq(submission.postId, postId))
}

/** When the course promises an answer to what is handed in now. */
export const promiseFrom = (content: Content, module: string): Date =>
  after(new Date(), found(content.course(module.split('/')[0] ?? '')).promise)

type NewMarking = Pick<
  typeof marking.$inferInsert,
  'postId' | 'cohortId' | 'authorId' | 'module' | 'try' | 'purpose' | 'revision' | 'promisedBy'
>

/** Asks for a mark; it waits at first where somebody is worried about the author. Its submission must be held. */
export async function openMarking(tx: Tx, wanted: NewMarking): Promise<{ id: number }> {
  const [row] = await tx
    .insert(marking)
    .values({
      ...wanted,
      pausedAt: sql`case when ${concernOn(sql`${wanted.postId}::bigint`)} is not null then now() end`,
    })
    .returning({ id: marking.id })
  const { id } = found(row)
  await tellDesks(tx, id, true)
  return { id }
}

async function closeMarkings(tx: Tx, postId: number): Promise<void> {
  const closed = await tx
    .update(marking)
    .set({ closedAt: new Date(), claimedById: null, claimedUntil: null, claimKey: null })
    .where(and(eq(marking.postId, postId), isNull(marking.closedAt)))
    .returning({ id: marking.id, purpose: marking.purpose })
  for (const { id } of closed) await tellDesks(tx, id)
  const appealed = closed.find(({ purpose }) => purpose === 'appeal')
  if (appealed)
    await tx.update(appeal).set({ withdrawnAt: new Date() }).where(eq(appeal.markingId, appealed.id))
}
