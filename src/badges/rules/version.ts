import type { badgeVersion } from '../../../db/schema/badges.ts'
import { nameNow, type Renamed } from '../../authoring/renamed.ts'
import type { Criterion } from '../criterion.ts'
import { sameRules } from './rules-of.ts'

/** A badge's criteria as content had them at a time. */
export type Version = typeof badgeVersion.$inferSelect

export type InForce = Version & { inForceFrom: Date }

export const isInForce = (version: Version): version is InForce => version.inForceFrom !== null

/** A version that content has and that is not in force yet. */
export const isProposed = ({ inForceFrom, withdrawnAt }: Version): boolean =>
  inForceFrom === null && withdrawnAt === null

/** The ISO day (UTC) on which a version came into force. */
export const beganOn = ({ inForceFrom }: InForce): string => inForceFrom.toISOString().slice(0, 10)

/**
 * What a badge takes, of its versions that have been in force, the newest last: the newest, and beside it the one
 * before for as long as that goes on counting. It depends on no clock: when the day is over, it is over by itself.
 * @param written the criteria as content has them: where the rules are the same, its words are the ones to show
 */
export function criteriaInForce(
  versions: readonly InForce[],
  written: Criterion,
  renamed: Renamed,
): Criterion | undefined {
  const last = versions.at(-1)
  if (!last) return undefined
  const now = inTodaysWords(last.criteria, written, renamed)
  const before = versions.slice(0, -1)
  const earlier = criteriaInForce(before, written, renamed)
  if (last.keepUntil === null || earlier === undefined) return now
  return {
    ...{ kind: 'or-earlier', now, version: before.at(-1)!.number },
    // What had ended by then is not begun again.
    earlier: earlier.kind === 'or-earlier' && earlier.until < beganOn(last) ? earlier.now : earlier,
    ...{ until: last.keepUntil, joinedBy: beganOn(last) },
  }
}

/** A version's own criteria, under the names that courses have now. */
export function inTodaysWords(
  criteria: Criterion,
  written: Criterion | undefined,
  renamed: Renamed,
): Criterion {
  const today = JSON.parse(JSON.stringify(criteria), (key, value: unknown) =>
    key === 'course' && typeof value === 'string' ? (nameNow(renamed, 'course', value) ?? value) : value,
  ) as Criterion
  return written && sameRules(today, written) ? written : today
}
