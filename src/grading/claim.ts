import { and, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { claim } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { canGrade, canSeeDesk } from './policy.ts'
import { oldestFree } from './queue.ts'
import { lockSubmission, type Submission } from './submission.ts'

/** How long a mentor may sit over a reflection before another may take it: minutes. */
export const claimMinutes = 15

/** Who is at work on a reflection, and until when. */
export interface Claim {
  mentorId: number
  handle: string
  displayName: string
  expiresAt: Date
}

/** The claim on a reflection that holds now, or null. */
export async function claimOn(db: Queryable, postId: number): Promise<Claim | null> {
  const [row] = await db.execute<{
    mentor_id: string
    handle: string
    display_name: string
    expires_at: string
  }>(sql`
    select k.mentor_id, m.handle, m.display_name, k.expires_at
    from claim k join person m on m.id = k.mentor_id
    where k.post_id = ${postId} and k.expires_at > clock_timestamp()`)
  if (!row) return null
  const { handle, display_name: displayName } = row
  return { mentorId: Number(row.mentor_id), handle, displayName, expiresAt: new Date(row.expires_at) }
}

/**
 * Takes a reflection to work on, or holds on to it for another while.
 * @throws NotFound, Forbidden; Conflict when another mentor has it, it has been graded, or grading has paused
 */
export async function claimReflection(
  tx: Tx,
  content: Content,
  mentor: Person,
  postId: number,
): Promise<void> {
  const submission = await lockSubmission(tx, content, mentor, postId)
  ensureMayGrade(mentor, submission)
  ensureWaiting(submission)
  await holdClaim(tx, mentor, submission)
}

/** @throws Forbidden, with the reason */
export function ensureMayGrade(mentor: Person, submission: Submission): void {
  ensure(
    canGrade(mentor, submission),
    submission.authorId === mentor.id
      ? 'Nobody grades their own reflection.'
      : 'You are taking this course in the same cohort, so somebody else grades here.',
  )
}

/** @throws Conflict when it has its grade already, or somebody is worried about its author */
export function ensureWaiting({ state, concern, author }: Submission): void {
  if (state !== 'submitted')
    throw new Conflict('This reflection has been graded already. Nothing was changed.')
  if (concern !== null)
    throw new Conflict(
      `Somebody is worried about @${author.handle}, and that comes first: grading of this reflection has paused. Nothing was changed.`,
    )
}

/** For a submission that is locked. @throws Conflict when another mentor has it */
export async function holdClaim(tx: Tx, mentor: Person, { postId, authorId }: Submission): Promise<void> {
  const held = await claimOn(tx, postId)
  if (held && held.mentorId !== mentor.id) throw new Conflict(isHeld(held))
  const values = {
    mentorId: mentor.id,
    expiresAt: sql`clock_timestamp() + make_interval(mins => ${claimMinutes})`,
  }
  await tx
    .insert(claim)
    .values({ postId, ...values })
    .onConflictDoUpdate({ target: claim.postId, set: values })
  if (!held) await audit(tx, mentor, 'reflection.claimed', { post: postId }, authorId)
}

function isHeld({ handle, expiresAt }: Claim): string {
  const minutes = Math.max(1, Math.ceil((expiresAt.getTime() - Date.now()) / 60_000))
  return `@${handle} is at work on this reflection, for up to ${minutes} more minute${minutes === 1 ? '' : 's'}. Nothing was changed.`
}

/**
 * Takes the reflection that has waited longest and is free, of one course or of all.
 * @returns the post's id, or null when nothing waits
 * @throws Forbidden
 */
export async function claimNext(
  tx: Tx,
  content: Content,
  mentor: Person,
  course?: string,
): Promise<number | null> {
  ensure(canSeeDesk(mentor))
  const postId = await oldestFree(tx, content, mentor, course)
  if (postId !== null) await claimReflection(tx, content, mentor, postId)
  return postId
}

/** Lets go of a reflection, so that others may take it at once. @throws Forbidden */
export async function releaseClaim(tx: Tx, mentor: Person, postId: number): Promise<void> {
  ensure(canSeeDesk(mentor))
  const [row] = await tx
    .delete(claim)
    .where(and(eq(claim.postId, postId), eq(claim.mentorId, mentor.id)))
    .returning()
  if (row) await audit(tx, mentor, 'reflection.released', { post: postId })
}
