import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import type { Person } from '../../people/person.ts'
import { openAppeals } from '../appeals/open-appeals.ts'
import type { Facts } from '../facts.ts'
import { loadFacts } from '../load-facts.ts'
import { openProposals } from '../overrides/proposals.ts'
import { queue, queueCounts, type Waiting } from '../queue.ts'
import { standingOn } from '../standing-of.ts'
import { type Concern, concernsAbout } from './concerns.ts'
import { inShort } from './in-short.ts'

/** Somebody in the queue, with what an admin wants to know before they look closer. */
export interface Listed extends Waiting {
  /** What their standing rests on. */
  standsOn: readonly string[]
  /** How many people speak for them. */
  endorsements: number
  concerns: readonly Concern[]
}

/**
 * A page of the queue, with what else waits for an admin: appeals, and overrides that want a second one. Eight
 * statements, however many wait.
 * @throws Forbidden
 */
export async function queuePage(
  db: Queryable,
  content: Content,
  admin: Person,
  asked: { badge?: string | undefined; after?: string | null },
) {
  const [{ waiting, next }, counts, appeals, proposals] = await Promise.all([
    queue(db, content, admin, asked),
    queueCounts(db, content, admin),
    openAppeals(db, admin),
    openProposals(db, admin),
  ])
  const ids = [...new Set(waiting.map(({ personId }) => personId))]
  const [facts, concerns] = await Promise.all([
    ids.length > 0 ? loadFacts(db, content, ids) : new Map<number, Facts>(),
    concernsAbout(db, admin, ids),
  ])
  const listed = waiting.map((one): Listed => {
    const theirs = facts.get(one.personId)
    const badge = content.badge(one.badge)
    return {
      ...one,
      standsOn: theirs && badge ? inShort(standingOn(content, badge, theirs)) : [],
      endorsements: Object.values(theirs?.endorsed[one.badge] ?? {}).reduce((sum, count) => sum + count, 0),
      concerns: concerns.get(one.personId) ?? [],
    }
  })
  return {
    ...{ listed, next, counts, proposals },
    // What is decided about oneself is read on one's own path.
    appeals: appeals.filter(({ personId }) => personId !== admin.id),
  }
}
