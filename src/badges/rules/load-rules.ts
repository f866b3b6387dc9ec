import { asc, sql } from 'drizzle-orm'
import type { Db, Queryable, Tx } from '../../../db/client.ts'
import { badgeVersion } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { learn, originOf, type Rules, underRules } from './as-in-force.ts'
import { isInForce, type Version } from './version.ts'

/** Every version of every badge's criteria, each badge's newest last. */
export const loadVersions = (db: Queryable): Promise<Version[]> =>
  db.select().from(badgeVersion).orderBy(asc(badgeVersion.badge), asc(badgeVersion.number))

/** What has been in force. */
export async function loadRules(db: Queryable): Promise<Rules> {
  const versions = (await loadVersions(db)).filter(isInForce)
  return { versions: Map.groupBy(versions, ({ badge }) => badge), stamp: versions.length }
}

/** Brings this process up to date with what is in force. */
export const learnRules = async (db: Queryable): Promise<void> => learn(await loadRules(db))

/** The channel on which instances tell each other that other rules are in force. */
export const rulesChanged = 'trellis_rules'

let following: Promise<void> | undefined

/**
 * Knows from the first call on what is in force, and hears of it when that changes: at no cost to the pages that come
 * after. When the connection breaks, the driver comes back, and it is read again.
 */
export function followRules(db: Db): Promise<void> {
  following ??= startFollowing(db).catch((error: unknown) => {
    following = undefined
    throw error
  })
  return following
}

async function startFollowing(db: Db): Promise<void> {
  const look = () => void learnRules(db).catch(() => {})
  await learnRules(db)
  await db.$client.listen(rulesChanged, look, look)
}

/**
 * The content by the rules in force at this moment, asked within the transaction of a write that judges somebody whose
 * row it holds. Another instance may have put new rules into force an instant ago, and be judging everybody by them:
 * whoever judges this person after that does so by the new ones.
 */
export async function contentInForce(tx: Tx, content: Content): Promise<Content> {
  const origin = originOf(content)
  if (!origin) return content
  const [row] = await tx.execute<{ stamp: number }>(
    sql`select count(*)::int as stamp from badge_version where in_force_from is not null`,
  )
  return row?.stamp === origin.stamp ? content : underRules(origin.written, await loadRules(tx))
}
