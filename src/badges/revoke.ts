import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { openCase } from './deciding.ts'
import { endCertificate } from './end-certificate.ts'
import { reasonClassOf } from './holding/reason.ts'
import type { TakingInput } from './holding/suspend.ts'
import { reviewStanding } from './review-standing.ts'

/**
 * Takes a badge away for good, with a reason, be it suspended until now. Its rights end with the person's next request,
 * in open sessions too. Badges that stand on it stay: whoever revokes sees them beforehand and decides on each.
 * @param admin null where the operator's command line decides
 * @throws Forbidden when the admin may not decide on this person; Invalid for a class that is no reason to revoke;
 *         NotFound when they do not hold it
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
  const { badge, facts } = open
  const current = found(open.current)
  const reasonClass = reasonClassOf(content, 'revocation', decision.reasonClass)
  await endCertificate(tx, content, open, current, {
    by: 'revocation',
    actor: admin,
    reasonClass,
    reason,
    at,
  })
  await notify(tx, personId, {
    ...{ kind: 'badge_revoked', by: admin },
    summary: `You no longer hold the badge ${badge.title[facts.ageBand]}. ${reason}`,
    href: `/path/${badge.id}`,
  })
  const { code } = current
  await audit(tx, admin, 'badge.revoked', { badge: badge.id, code, for: reasonClass.id, reason }, personId)
  await reviewStanding(tx, content, personId)
}
