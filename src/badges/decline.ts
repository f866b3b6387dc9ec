import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, Invalid } from '../errors.ts'
import { dayInWords } from '../layout/time.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { appendEntry } from '../record/append.ts'
import { audit } from '../record/audit.ts'
import { openAppeals } from './appeals/open-appeals.ts'
import { closeApplication } from './applying/apply.ts'
import { openCase } from './deciding.ts'
import { frozen } from './frozen.ts'
import { today } from './load-facts.ts'
import { endProposal } from './overrides/proposals.ts'
import { daysAfter, restUntil, usualRest } from './resting.ts'
import { reviewStanding } from './review-standing.ts'

export const decisionInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
})
export type Decision = z.output<typeof decisionInput>

export const declineInput = decisionInput.extend({
  /** In so many weeks they can try again; or on `tryAgainOn`. */
  tryAgain: z.enum(['2', '4', '8', 'day']).default(String(usualRest) as '4'),
  tryAgainOn: z.string().max(10).default(''),
})

/**
 * The day from which they can try again.
 * @throws Invalid unless it lies ahead, and within a year
 */
export function tryAgainFrom({
  tryAgain,
  tryAgainOn,
}: Pick<z.output<typeof declineInput>, 'tryAgain' | 'tryAgainOn'>): string {
  if (tryAgain !== 'day') return daysAfter(today(), 7 * Number(tryAgain))
  if (!z.iso.date().safeParse(tryAgainOn).success) throw new Invalid({ tryAgainOn: 'Please choose a day.' })
  if (tryAgainOn <= today() || tryAgainOn > daysAfter(today(), 366))
    throw new Invalid({ tryAgainOn: 'Please choose a day from tomorrow on, and within a year.' })
  return tryAgainOn
}

/**
 * Declines a badge for now, with a reason that the person reads and a day from which they can try again; until then they
 * are out of the queue. An application of theirs is answered by it.
 * @param decision `tryAgainFrom` is an ISO day (UTC), four weeks from now unless said
 * @throws Forbidden when the admin may not decide on this person; Conflict when they hold the badge, or wait for the answer
 *         to an appeal; NotFound
 */
export async function declineBadge(
  tx: Tx,
  content: Content,
  admin: Person,
  decision: Decision & { tryAgainFrom?: string },
  at = new Date(),
): Promise<void> {
  const { personId, reason } = decision
  const { badge, facts, standing, current } = await openCase(tx, content, admin, decision)
  if (current) throw new Conflict('They have been granted this badge meanwhile.')
  if ((await openAppeals(tx, admin, { personId, badge: badge.id })).length > 0)
    throw new Conflict('They have appealed against an earlier decision. Please answer that first.')
  const from = decision.tryAgainFrom ?? daysAfter(at.toISOString().slice(0, 10), 7 * usualRest)
  await appendEntry(tx, {
    ...{ kind: 'decline', certificateCode: null, override: false, at },
    ...{ personId, badge: badge.id, actorId: admin.id, reason },
    ...{ criteria: frozen(content, badge), standing },
  })
  await notify(tx, personId, {
    ...{ kind: 'badge_declined', by: admin },
    summary: `Not yet: ${badge.title[facts.ageBand]}. ${reason} You can try again from ${dayInWords(new Date(from))}.`,
    href: `/path/${badge.id}`,
  })
  await audit(tx, admin, 'badge.declined', { badge: badge.id, reason, tryAgainFrom: from }, personId)
  await closeApplication(tx, { personId, badge: badge.id, by: 'decline' })
  await endProposal(tx, { personId, badge: badge.id, outcome: 'void', by: admin })
  await restUntil(tx, { personId, badge: badge.id }, from, at)
  await reviewStanding(tx, content, personId)
}
