import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { endAppeals } from './appeals/end-appeals.ts'
import { type Certificate, openCase } from './deciding.ts'
import { endCertificate } from './end-certificate.ts'
import { reasonClassOf } from './holding/reason.ts'
import { suspendAbove, type TakingInput, titlesOf } from './holding/suspend.ts'
import { daysAfter, restUntil, usualRest } from './resting.ts'
import { reviewStanding } from './review-standing.ts'

/**
 * Takes a badge away for good, with a reason, be it suspended until now. Its rights end with the person's next request,
 * in open sessions too. Badges that stand on it stay, or are suspended with it: whoever revokes says so of each.
 * @param admin null where the operator's command line decides
 * @throws Forbidden when the admin may not decide on this person; Invalid for a class that is no reason to revoke, or a
 *         badge that does not stand on this one; NotFound when they do not hold it
 */
export async function revokeBadge(
  tx: Tx,
  content: Content,
  admin: Person | null,
  decision: TakingInput,
  at = new Date(),
): Promise<void> {
  const { personId, reason } = decision
  const open = await openCase(tx, content, admin, decision)
  const current = found(open.current)
  const reasonClass = reasonClassOf(content, 'revocation', decision.reasonClass)
  const why = { reasonClass, reason, at }
  await endCertificate(tx, content, open, current, { by: 'revocation', actor: admin, ...why })
  const others = await suspendAbove(tx, content, current, decision, { admin, ...why })
  const { badge, facts } = open
  await notify(tx, personId, {
    ...{ kind: 'badge_revoked', by: admin },
    summary: `You no longer hold the badge ${badge.title[facts.ageBand]}${suspendedToo(content, others, facts.ageBand)}. ${reason}`,
    href: `/path/${badge.id}`,
  })
  const { code } = current
  await audit(tx, admin, 'badge.revoked', { badge: badge.id, code, for: reasonClass.id, reason }, personId)
  // What was appealed until now has come to this, against which one can appeal in its turn.
  await endAppeals(tx, { personId, badge: badge.id })
  const day = at.toISOString().slice(0, 10)
  await restUntil(tx, { personId, badge: badge.id }, daysAfter(day, 7 * usualRest), at)
  await reviewStanding(tx, content, personId)
}

function suspendedToo(content: Content, others: readonly Certificate[], ageBand: 'adult' | 'teen'): string {
  if (others.length === 0) return ''
  return `, and ${titlesOf(content, others, ageBand)} ${others.length === 1 ? 'is' : 'are'} suspended with it`
}
