import { meanAmong, ranked } from './ranked.ts'
import type { Scored } from './correlation.ts'

/** The part of all people that each end has: Kelley's 27 per cent tell most where scores are normally spread. */
export const kelley = 0.27

/**
 * The discrimination index D: the mean share that the strongest earned of a question less that of the weakest, −1 to 1,
 * strong and weak by the share earned of the whole. Null from fewer than two people, and where all did equally well.
 *
 * T. L. Kelley (1939), "The selection of upper and lower groups for the validation of test items", Journal of
 * Educational Psychology 30, 17–24.
 * @param part of all people that each end has, up to one half
 */
export function discriminationIndex(people: readonly Scored[], part = kelley): number | null {
  const blocks = ranked(people, ({ total }) => total)
  if (blocks.length < 2) return null
  const count = people.length
  const size = Math.max(1, Math.round(part * count))
  const share = ({ share }: Scored) => share
  return meanAmong(blocks, 0, size, share) - meanAmong(blocks, count - size, count, share)
}
