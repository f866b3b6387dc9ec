import type { Tx } from '../../db/client.ts'
import { auditEntry } from '../../db/schema/record.ts'

/** Everything the audit log can say: a noun and what was done to it. */
export type AuditAction =
  | `person.${'signed_up' | 'added' | 'signed_in' | 'signed_out' | 'changed' | 'password_changed' | 'password_reset_asked' | 'suspended' | 'reinstated'}`
  | `session.ended`
  | `admin.${'appointed' | 'dismissed'}`
  | `invitation.${'made' | 'accepted' | 'withdrawn'}`
  | `cohort.${'added' | 'changed' | 'mentor_added' | 'mentor_removed'}`
  | `enrolment.${'made' | 'ended'}`
  | `module.read`
  | `reflection.${'posted' | 'edited' | 'resubmitted' | 'claimed' | 'released' | 'graded'}`
  | `reply.${'posted' | 'edited'}`
  | `attempt.${'started' | 'submitted'}`
  | `guide.completed`
  | `evidence.${'logged' | 'added' | 'received' | 'confirmed' | 'declined' | 'withdrawn'}`
  | `badge.${'granted' | 'declined' | 'revoked' | 'lapsed' | 'renewed'}`
  | `duty.done`
  | `token.${'made' | 'revoked'}`

/**
 * Adds a line to the audit log, in the transaction of the write it speaks of.
 * @param actor who did it; null for the site itself and the operator's command line
 * @param subject the id of the person it was done to, where that is not the actor
 */
export async function audit(
  tx: Tx,
  actor: { id: number } | null,
  action: AuditAction,
  details: Record<string, unknown> = {},
  subject: number | null = null,
): Promise<void> {
  await tx.insert(auditEntry).values({ actorId: actor?.id ?? null, action, details, subjectId: subject })
}
