import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { grantBadge } from './grant.ts'
import { factsOf } from './standing-of.ts'

/**
 * Grants a founding leader a badge and every badge that it stands on, by override with one reason, each of them on
 * the record. What they hold already stays as it is.
 * @param admin null where the operator's command line asks
 * @throws what `grantBadge` throws
 */
export async function grantFounding(
  tx: Tx,
  content: Content,
  admin: Person | null,
  { personId, badge, reason }: { personId: number; badge: string; reason: string },
  at = new Date(),
): Promise<void> {
  const { holds: held } = await factsOf(tx, content, personId)
  for (const id of upTo(content, badge)) {
    if (held[id] !== undefined) continue
    await grantBadge(tx, content, admin, { personId, badge: id, reason, override: true }, at)
  }
}

/** The badge and all that it stands on, the lowest first. @throws NotFound */
function upTo(content: Content, badge: string): Set<string> {
  const below = found(content.badge(badge)).after.flatMap(id => [...upTo(content, id)])
  return new Set([...below, badge])
}
