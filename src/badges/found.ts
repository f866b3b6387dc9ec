import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import { grantBadge } from './grant.ts'
import { factsOf } from './standing-of.ts'

/**
 * Grants a founding leader a badge and every badge that it stands on, by override with one reason, each of them on
 * the record. What they hold already stays as it is. Only the operator's command line does so: admins override by two.
 * @throws what `grantBadge` throws
 */
export async function grantFounding(
  tx: Tx,
  content: Content,
  { personId, badge, reason }: { personId: number; badge: string; reason: string },
  at = new Date(),
): Promise<void> {
  const { holds: held } = await factsOf(tx, content, personId)
  for (const id of upTo(content, badge)) {
    if (held[id] !== undefined) continue
    await grantBadge(tx, content, null, { personId, badge: id, reason, override: true }, at)
  }
}

/** The badge and all that it stands on, the lowest first. @throws NotFound */
function upTo(content: Content, badge: string): Set<string> {
  const below = found(content.badge(badge)).after.flatMap(id => [...upTo(content, id)])
  return new Set([...below, badge])
}
