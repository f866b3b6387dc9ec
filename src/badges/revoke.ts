import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { openCase } from './deciding.ts'
import type { Decision } from './decline.ts'
import { endCertificate } from './end-certificate.ts'
import { reviewStanding } from './review-standing.ts'

/**
 * Takes a badge away, with a reason. Its rights end with the person's next request, in open sessions too. Badges
 * that stand on it stay: whoever revokes sees them beforehand and decides on each.
 * @throws Forbidden when the admin may not decide on this person; NotFound when they do not hold it
 */
export async function revokeBadge(
  tx: Tx,
  content: Content,
  admin: Person,
  decision: Decision,
  at = new Date(),
): Promise<void> {
  const { personId, reason } = decision
  const open = await openCase(tx, content, admin, decision)
  const { badge, facts } = open
  const current = found(open.current)
  await endCertificate(tx, content, open, current, { by: 'revocation', actor: admin, reason, at })
  await notify(tx, personId, {
    ...{ kind: 'badge_revoked', by: admin },
    summary: `You no longer hold the badge ${badge.title[facts.ageBand]}. ${reason}`,
    href: `/path/${badge.id}`,
  })
  await audit(tx, admin, 'badge.revoked', { badge: badge.id, code: current.code, reason }, personId)
  await reviewStanding(tx, content, personId)
}
