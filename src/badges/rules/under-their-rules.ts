import type { Content } from '../../authoring/content.ts'
import type { Badge } from '../badge.ts'
import type { Facts } from '../facts.ts'
import { today } from '../load-facts.ts'
import { standingOn } from '../standing-of.ts'

/**
 * The badge with the one version of its criteria by which a decision on this person is made: the one in force, or the
 * earlier that still counts for them, where they meet that and not the one in force.
 */
export function underTheirRules(content: Content, badge: Badge, facts: Facts): Badge {
  const { criteria } = badge
  if (criteria.kind !== 'or-earlier') return badge
  const { version, until, joinedBy } = criteria
  const now = { ...badge, criteria: criteria.now }
  if (facts.joinedOn > joinedBy || today() > until || standingOn(content, now, facts).met) return now
  const earlier = underTheirRules(content, { ...badge, version, criteria: criteria.earlier }, facts)
  return standingOn(content, earlier, facts).met ? earlier : now
}
