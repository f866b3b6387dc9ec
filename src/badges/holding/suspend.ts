import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { certificate } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, found } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { appendEntry } from '../../record/append.ts'
import { audit } from '../../record/audit.ts'
import { type Case, type Certificate, openCase } from '../deciding.ts'
import { frozen } from '../frozen.ts'
import { hasExpired } from '../lapse.ts'
import { reviewStanding } from '../review-standing.ts'
import { tellRooms } from '../tell-rooms.ts'
import { type ReasonClass, reasonClassOf } from './reason.ts'

/** What an admin says when they take a badge away, for a time or for good. */
export const takingInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
  /** An id of `content/reasons.yaml`. */
  reasonClass: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
})
export type TakingInput = z.output<typeof takingInput>

/**
 * Suspends a badge: the certificate stays, and nothing that it opens is open until it is reinstated. An account that is
 * suspended is something else (`src/people/suspension.ts`).
 * @param admin null where the site or the operator's command line decides
 * @throws Forbidden when the admin may not decide on this person; Invalid for a class that is no reason to suspend;
 *         NotFound when they do not hold it; Conflict when it is suspended already
 */
export async function suspendBadge(
  tx: Tx,
  content: Content,
  admin: Person | null,
  { personId, badge, reason, ...said }: TakingInput,
  at = new Date(),
): Promise<Certificate> {
  const open = await openCase(tx, content, admin, { personId, badge })
  const current = heldNow(open)
  if (current.suspendedAt) throw new Conflict('This badge is suspended already.')
  const reasonClass = reasonClassOf(content, 'suspension', said.reasonClass)
  const suspended = await suspendCertificate(tx, content, open, current, { admin, reasonClass, reason, at })
  await notify(tx, personId, {
    ...{ kind: 'badge_suspended', by: admin },
    summary: `Your badge ${open.badge.title[open.facts.ageBand]} is suspended. ${reason}`.trim(),
    href: `/path/${badge}`,
  })
  await reviewStanding(tx, content, personId)
  return suspended
}

/** The certificate that is running, be it suspended. @throws NotFound */
export const heldNow = ({ current }: Case): Certificate =>
  found(current && !hasExpired(current) ? current : null)

interface Suspending {
  admin: { id: number } | null
  reasonClass: ReasonClass
  reason: string
  at: Date
  /** The certificate with which it is suspended, as it stands on that. */
  withId?: number | null
}

/** Suspends a certificate, on the certification record, and tells the rooms. The case is the caller's. */
export async function suspendCertificate(
  tx: Tx,
  content: Content,
  { badge, standing }: Case,
  { id, code, personId, expiresOn }: Certificate,
  { admin, reasonClass, reason, at, withId = null }: Suspending,
): Promise<Certificate> {
  const [suspended] = await tx
    .update(certificate)
    .set({ suspendedAt: at, suspendedFor: reasonClass.id, suspendedWithId: withId })
    .where(eq(certificate.id, id))
    .returning()
  const entry = await appendEntry(tx, {
    ...{ kind: 'suspension', certificateCode: code, override: false, at, reasonClass },
    ...{ personId, badge: badge.id, actorId: admin?.id ?? null, reason },
    ...{ criteria: frozen(content, badge, expiresOn), standing },
  })
  await audit(tx, admin, 'badge.suspended', { badge: badge.id, code, for: reasonClass.id, reason }, personId)
  await tellRooms(tx, content, entry)
  return suspended!
}
