import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, found } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { type Case, type Certificate, openCase } from '../deciding.ts'
import { hasExpired } from '../lapse.ts'
import { reviewStanding } from '../review-standing.ts'
import { certificatesAbove, withField } from './certificates-with.ts'
import { reasonClassOf } from './reason.ts'
import { type Suspending, suspendCertificate } from './suspend-certificate.ts'

/** What an admin says when they take a badge away, for a time or for good. */
export const takingInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
  /** An id of `content/reasons.yaml`. */
  reasonClass: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
  /** The badges standing on it that are suspended with it; the others stay. */
  with: withField,
})
export type TakingInput = z.input<typeof takingInput> & { personId: number }

/**
 * Suspends a badge: the certificate stays, and nothing that it opens is open until it is reinstated. An account that is
 * suspended is something else (`src/people/suspension.ts`).
 * @param admin null where the operator's command line decides
 * @throws Forbidden when the admin may not decide on this person; Invalid for a class that is no reason to suspend, or a
 *         badge that does not stand on this one; NotFound when they do not hold it; Conflict when it is suspended already
 */
export async function suspendBadge(
  tx: Tx,
  content: Content,
  admin: Person | null,
  decision: TakingInput,
  at = new Date(),
): Promise<void> {
  const { personId, badge, reason } = decision
  const open = await openCase(tx, content, admin, { personId, badge })
  const current = heldNow(open)
  if (current.suspendedAt) throw new Conflict('This badge is suspended already.')
  const reasonClass = reasonClassOf(content, 'suspension', decision.reasonClass)
  const why = { admin, reasonClass, reason, at }
  await suspendCertificate(tx, content, open, current, why)
  const others = await suspendAbove(tx, content, current, decision, why)
  const { ageBand } = open.facts
  await notify(tx, personId, {
    ...{ kind: 'badge_suspended', by: admin },
    summary: `Your badge ${open.badge.title[ageBand]} is suspended${andWithIt(content, others, ageBand)}. ${reason}`,
    href: `/path/${badge}`,
  })
  await reviewStanding(tx, content, personId)
}

/** The certificate that is running, be it suspended. @throws NotFound */
export const heldNow = ({ current }: Case): Certificate =>
  found(current && !hasExpired(current) ? current : null)

/** Suspends what the admin chose of what stands on a certificate, each with an entry of its own. */
export async function suspendAbove(
  tx: Tx,
  content: Content,
  { id, personId, badge }: Certificate,
  { with: chosen = [] }: Pick<TakingInput, 'with'>,
  why: Suspending,
): Promise<Certificate[]> {
  const above = await certificatesAbove(tx, content, { personId, badge, with: chosen })
  for (const one of above) {
    const open = await openCase(tx, content, null, one)
    await suspendCertificate(tx, content, open, one, { ...why, withId: id })
  }
  return above
}

/** `Mentor and Mentor Leader`, as their holder calls them. */
export const titlesOf = (content: Content, some: readonly Certificate[], ageBand: 'adult' | 'teen'): string =>
  some.map(({ badge }) => content.badge(badge)?.title[ageBand] ?? badge).join(' and ')

/** `, and with it Mentor and Mentor Leader`, or nothing. */
export const andWithIt = (...args: Parameters<typeof titlesOf>): string =>
  args[1].length === 0 ? '' : `, and with it ${titlesOf(...args)}`
