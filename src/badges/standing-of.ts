import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import type { Badge } from './badge.ts'
import { judge } from './criteria.ts'
import type { Facts } from './facts.ts'
import { loadFacts, today } from './load-facts.ts'
import type { Standing } from './standing.ts'

/** How these facts stand to a badge today, or on another ISO day (UTC). */
export const standingOn = (content: Content, badge: Badge, facts: Facts, day = today()): Standing =>
  judge(badge.criteria, facts, day, content.outline)

/** @throws NotFound */
export const factsOf = async (db: Queryable, content: Content, personId: number): Promise<Facts> =>
  found((await loadFacts(db, content, [personId])).get(personId))

/**
 * A person's standing on one badge, judged from the facts at this moment. What takes weeks comes true on its day by
 * itself. Who calls this shows it to nobody but the person and the admins.
 * @throws NotFound
 */
export const standingOf = async (
  db: Queryable,
  content: Content,
  personId: number,
  badge: Badge,
): Promise<Standing> => standingOn(content, badge, await factsOf(db, content, personId))

/** The same for every badge, by its id, in one query. @throws NotFound */
export async function standingsOf(
  db: Queryable,
  content: Content,
  personId: number,
): Promise<Map<string, Standing>> {
  const facts = await factsOf(db, content, personId)
  return new Map(content.badges.map(badge => [badge.id, standingOn(content, badge, facts)]))
}
