import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { badgeVersion } from '../../../db/schema/badges.ts'
import { person } from '../../../db/schema/people.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'
import type { Badge } from '../badge.ts'
import { type InForce, inTodaysWords, isInForce, isProposed, type Version } from './version.ts'

/** A version, with the handle of the admin who put it into force, where one did. */
export type Told<V extends Version = Version> = V & { by: string | null }

export interface BadgeRules {
  badge: Badge
  /** Undefined where the site has not started with this badge yet. */
  now: Told<InForce> | undefined
  proposal: Told | undefined
  /** All that there have been, the newest first. */
  versions: Told[]
}

/** What each badge is judged by, and what waits to be put into force. @throws Forbidden */
export async function rulesOfAll(
  db: Queryable,
  content: Content,
  admin: Person | null,
): Promise<BadgeRules[]> {
  ensure(admin === null || canRunProgramme(admin))
  const rows = await db
    .select({ version: badgeVersion, by: person.handle })
    .from(badgeVersion)
    .leftJoin(person, eq(person.id, badgeVersion.putInForceBy))
    .orderBy(asc(badgeVersion.number))
  const versions = rows.map(({ version, by }) => ({ ...version, by }))
  const byBadge = Map.groupBy(versions, ({ badge }) => badge)
  return content.badges.map(badge => {
    const all = (byBadge.get(badge.id) ?? []).map(one => underNamesNow(one, content))
    return {
      badge,
      now: all.findLast(isInForce) as Told<InForce> | undefined,
      proposal: all.find(isProposed),
      versions: all.toReversed(),
    }
  })
}

/** The same of one badge. @throws Forbidden, NotFound */
export const rulesOfBadge = async (
  db: Queryable,
  content: Content,
  admin: Person | null,
  id: string,
): Promise<BadgeRules> => found((await rulesOfAll(db, content, admin)).find(({ badge }) => badge.id === id))

const underNamesNow = (version: Told, { renamed }: Content): Told => ({
  ...version,
  criteria: inTodaysWords(version.criteria, undefined, renamed),
})

/** Whether everybody is being judged by it at this moment. */
export const isBeingJudged = ({ inForceFrom, judgedAt }: Version): boolean =>
  inForceFrom !== null && judgedAt === null

/** How long (ms) judging everybody by it took; null while it goes on, and for versions that nobody was judged anew by. */
export const judgedIn = ({ inForceFrom, judgedAt, people }: Version): number | null =>
  inForceFrom && judgedAt && people > 0 ? judgedAt.getTime() - inForceFrom.getTime() : null
