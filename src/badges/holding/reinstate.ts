import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { openCase } from '../deciding.ts'
import { beginDutiesAgain } from '../duties.ts'
import { reviewStanding } from '../review-standing.ts'
import { suspendedWith, withField } from './certificates-with.ts'
import { andWithIt, heldNow } from './suspend.ts'
import { reinstateCertificate } from './suspend-certificate.ts'

export const reinstatementInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
  /** Those of the badges suspended with it that hold again too. */
  with: withField,
})
export type ReinstatementInput = z.input<typeof reinstatementInput> & { personId: number }

/**
 * Lifts the suspension of a badge: from the person's next request on it opens again what it opened, and it counts as
 * held all the while. What was overdue of its duties begins anew.
 * A badge that was revoked is not undone in this way: its certificate has ended, and whoever checked it was told so for
 * good. It is granted anew, on what the record shows today, with a certificate of its own.
 * @param admin null where the operator's command line decides
 * @throws Forbidden when the admin may not decide on this person; NotFound when they do not hold it; Conflict when it is
 *         not suspended
 */
export async function reinstateBadge(
  tx: Tx,
  content: Content,
  admin: Person | null,
  { personId, badge, reason, with: chosen = [] }: ReinstatementInput,
  at = new Date(),
): Promise<void> {
  const open = await openCase(tx, content, admin, { personId, badge })
  const current = heldNow(open)
  if (!current.suspendedAt) throw new Conflict('This badge is not suspended.')
  const others = (await suspendedWith(tx, content, current)).filter(one => chosen.includes(one.badge))
  await reinstateCertificate(tx, content, open, current, { admin, reason, at })
  await beginDutiesAgain(tx, open.badge, current, at)
  for (const one of others) {
    const above = await openCase(tx, content, null, one)
    await reinstateCertificate(tx, content, above, one, { admin, reason, at })
    await beginDutiesAgain(tx, above.badge, one, at)
  }
  const { ageBand } = open.facts
  await notify(tx, personId, {
    ...{ kind: 'badge_reinstated', by: admin },
    summary: `Your badge ${open.badge.title[ageBand]} holds again${andWithIt(content, others, ageBand)}. ${reason}`,
    href: `/path/${badge}`,
  })
  await reviewStanding(tx, content, personId)
}
