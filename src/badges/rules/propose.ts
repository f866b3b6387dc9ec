import { eq, sql } from 'drizzle-orm'
import { lock, type Queryable, type Tx } from '../../../db/client.ts'
import { badgeVersion } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { audit } from '../../record/audit.ts'
import type { Badge } from '../badge.ts'
import { loadVersions } from './load-rules.ts'
import { sameRules } from './rules-of.ts'
import { inTodaysWords, isInForce, isProposed, type Version } from './version.ts'

/** The lock under which versions are added and put into force. */
export const versionsLock = 'versions of criteria'

/**
 * Takes down what content asks for now. A badge that was never seen is judged by it at once. For any other, criteria
 * that differ from those in force become a proposal, and a proposal that content has no more is withdrawn: nobody's
 * standing changes by it. Instances that start at once wait for each other.
 * @param written the content as its files have it
 */
export async function noteProposals(db: Queryable, written: Content): Promise<void> {
  if (changesIn(written, await loadVersions(db)).length === 0) return
  await db.transaction(async tx => {
    await lock(tx, versionsLock)
    for (const change of changesIn(written, await loadVersions(tx))) await make(tx, change)
  })
}

type Change =
  { kind: 'withdraw'; version: Version } | { kind: 'begin' | 'propose'; badge: Badge; number: number }

function changesIn(written: Content, versions: readonly Version[]): Change[] {
  const byBadge = Map.groupBy(versions, ({ badge }) => badge)
  const gone = versions.filter(version => isProposed(version) && !written.badge(version.badge))
  return [
    ...gone.map(version => ({ kind: 'withdraw' as const, version })),
    ...written.badges.flatMap(badge => changesOf(badge, byBadge.get(badge.id) ?? [], written)),
  ]
}

function changesOf(badge: Badge, versions: readonly Version[], { renamed }: Content): Change[] {
  const saysNow = ({ criteria }: Version) =>
    sameRules(inTodaysWords(criteria, undefined, renamed), badge.criteria)
  const inForce = versions.findLast(isInForce)
  const number = (versions.at(-1)?.number ?? 0) + 1
  if (!inForce) return [{ kind: 'begin', badge, number }]
  const proposed = versions.find(isProposed)
  const wanted = !saysNow(inForce)
  if (proposed && wanted && saysNow(proposed)) return []
  return [
    ...(proposed ? [{ kind: 'withdraw' as const, version: proposed }] : []),
    ...(wanted ? [{ kind: 'propose' as const, badge, number }] : []),
  ]
}

async function make(tx: Tx, change: Change): Promise<void> {
  if (change.kind === 'withdraw') {
    const { id, badge, number } = change.version
    await tx
      .update(badgeVersion)
      .set({ withdrawnAt: sql`now()` })
      .where(eq(badgeVersion.id, id))
    await audit(tx, null, 'rules.withdrawn', { badge, version: number })
    return
  }
  const { kind, badge, number } = change
  // The start that first sees a badge judges everybody by it.
  const begins = kind === 'begin' && { inForceFrom: sql`now()`, judgedAt: sql`now()` }
  const row = { badge: badge.id, number, criteria: badge.criteria, ...begins }
  await tx.insert(badgeVersion).values(row)
  if (kind === 'propose') await audit(tx, null, 'rules.proposed', { badge: badge.id, version: number })
}
