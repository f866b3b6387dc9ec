import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { certificate } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { appendEntry } from '../../record/append.ts'
import { audit } from '../../record/audit.ts'
import { type Case, type Certificate, openCase } from '../deciding.ts'
import { frozen } from '../frozen.ts'
import { reviewStanding } from '../review-standing.ts'
import { tellRooms } from '../tell-rooms.ts'
import { heldNow } from './suspend.ts'

export const reinstatementInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
})

/**
 * Lifts the suspension of a badge: from the person's next request on it opens again what it opened, and it counts as
 * held all the while. A badge that was revoked is not undone in this way: its certificate has ended, and whoever checked
 * it was told so for good. It is granted anew, on what the record shows today, with a certificate of its own.
 * @param admin null where the site or the operator's command line decides
 * @throws Forbidden when the admin may not decide on this person; NotFound when they do not hold it; Conflict when it is
 *         not suspended
 */
export async function reinstateBadge(
  tx: Tx,
  content: Content,
  admin: Person | null,
  { personId, badge, reason }: z.output<typeof reinstatementInput>,
  at = new Date(),
): Promise<Certificate> {
  const open = await openCase(tx, content, admin, { personId, badge })
  const current = heldNow(open)
  if (!current.suspendedAt) throw new Conflict('This badge is not suspended.')
  const reinstated = await reinstateCertificate(tx, content, open, current, { admin, reason, at })
  await notify(tx, personId, {
    ...{ kind: 'badge_reinstated', by: admin },
    summary: `Your badge ${open.badge.title[open.facts.ageBand]} holds again. ${reason}`.trim(),
    href: `/path/${badge}`,
  })
  await reviewStanding(tx, content, personId)
  return reinstated
}

/** Lifts the suspension of a certificate, on the certification record, and tells the rooms. The case is the caller's. */
export async function reinstateCertificate(
  tx: Tx,
  content: Content,
  { badge, standing }: Case,
  { id, code, personId, expiresOn }: Certificate,
  { admin, reason, at }: { admin: { id: number } | null; reason: string; at: Date },
): Promise<Certificate> {
  const [reinstated] = await tx
    .update(certificate)
    .set({ suspendedAt: null, suspendedFor: null, suspendedWithId: null })
    .where(eq(certificate.id, id))
    .returning()
  const entry = await appendEntry(tx, {
    ...{ kind: 'reinstatement', certificateCode: code, override: false, at },
    ...{ personId, badge: badge.id, actorId: admin?.id ?? null, reason },
    ...{ criteria: frozen(content, badge, expiresOn), standing },
  })
  await audit(tx, admin, 'badge.reinstated', { badge: badge.id, code, reason }, personId)
  await tellRooms(tx, content, entry)
  return reinstated!
}
