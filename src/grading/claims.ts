import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { marking as markings } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure } from '../errors.ts'
import { asNow } from '../people/load-person.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { ensureCalibrated } from './calibration/state.ts'
import { type Claim, lockMarking, type Marking } from './marking.ts'
import { barredWords, canGrade, canSeeDesk } from './policy.ts'

/** How long a mentor may sit over a reflection before another may take it: minutes. */
export const claimMinutes = 15

/**
 * Opens a marking to work on, which is then nobody else's for a while.
 * @param key by which the page that holds it names itself, so that no other lets go of it
 * @throws NotFound, Forbidden; Conflict when another mentor has it, it has been marked, grading has paused, or
 *         they have the anchors of the course to grade first
 */
export async function claimMarking(
  tx: Tx,
  content: Content,
  person: Person,
  id: number,
  key?: string,
): Promise<void> {
  await takeMarking(tx, content, await asNow(tx, person), id, key)
}

/** The same for a mentor whose rights have just been looked at. */
export async function takeMarking(
  tx: Tx,
  content: Content,
  mentor: Person,
  id: number,
  key?: string,
): Promise<void> {
  const marking = await lockMarking(tx, mentor, id)
  ensureMayGrade(mentor, marking)
  ensureWaiting(marking)
  await ensureCalibrated(tx, content, mentor, marking.course)
  await holdClaim(tx, mentor, marking, key)
}

/** @throws Forbidden, with the reason */
export function ensureMayGrade(mentor: Person, marking: Marking): void {
  ensure(canGrade(mentor, marking), marking.barred ? barredWords[marking.barred] : undefined)
}

/** @throws Conflict when nobody is asked to mark it any more, or somebody is worried about its author */
export function ensureWaiting({ closed, concern, author }: Marking): void {
  if (closed) throw new Conflict('This reflection has been graded already. Nothing was changed.')
  if (concern !== null)
    throw new Conflict(
      `Somebody is worried about @${author.handle}, and that comes first: grading of this reflection has paused. Nothing was changed.`,
    )
}

/** For a marking that is locked. @throws Conflict when another mentor has it */
export async function holdClaim(
  tx: Tx,
  mentor: Person,
  { id, claim, postId, authorId }: Marking,
  key?: string,
): Promise<void> {
  if (claim && claim.mentorId !== mentor.id) throw new Conflict(isHeld(claim))
  await tx
    .update(markings)
    .set({
      claimedById: mentor.id,
      claimedUntil: sql`clock_timestamp() + make_interval(mins => ${claimMinutes})`,
      claimKey: key ?? randomUUID(),
    })
    .where(eq(markings.id, id))
  if (claim) return
  await audit(tx, mentor, 'reflection.claimed', { post: postId, marking: id }, authorId)
  await tellDesks(tx, id)
}

function isHeld({ handle, until }: Claim): string {
  const minutes = Math.max(1, Math.ceil((until.getTime() - Date.now()) / 60_000))
  return `@${handle} is at work on this reflection, for up to ${minutes} more minute${minutes === 1 ? '' : 's'}. Nothing was changed.`
}

/**
 * Lets go of a marking, so that others may take it at once.
 * @param key where a page lets go by itself as it is left: the claim it knew of, which another page may have taken over
 * @throws Forbidden
 */
export async function releaseClaim(tx: Tx, mentor: Person, id: number, key?: string): Promise<void> {
  ensure(canSeeDesk(mentor))
  const [row] = await tx
    .update(markings)
    .set({ claimedById: null, claimedUntil: null, claimKey: null })
    .where(
      and(
        eq(markings.id, id),
        eq(markings.claimedById, mentor.id),
        key ? eq(markings.claimKey, key) : undefined,
      ),
    )
    .returning({ postId: markings.postId })
  if (!row) return
  await audit(tx, mentor, 'reflection.released', { post: row.postId, marking: id })
  await tellDesks(tx, id)
}

/** On which channel of the database it is told that a marking was opened, claimed, let go of, or closed. */
export const deskChanges = 'desk_changed'

export interface DeskChange {
  marking: number
  /** It is newly wanted. */
  opened: boolean
}

/** Tells every desk that is open of a change to a marking, once this transaction holds. */
export const tellDesks = (tx: Tx, marking: number, opened = false) =>
  tx.execute(
    sql`select pg_notify(${deskChanges}, ${JSON.stringify({ marking, opened } satisfies DeskChange)})`,
  )
