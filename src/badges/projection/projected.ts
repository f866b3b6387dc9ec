import { DAY, plusDays } from '../day.ts'
import type { Leaf, Standing } from '../standing.ts'
import { deedsFor, type Pace } from './pace.ts'

/** The days (ISO, UTC) between which something may come true; twice the same day where only time is wanting. */
export type Projection = { readonly from: string; readonly by: string }

/**
 * When a standing will be met if somebody goes on as they did of late; null where that cannot be said honestly.
 *
 * Of what is counted, `left` is still to come. They did `n` of it in the last `window` days, so that it takes
 * `left · window / n` days more; that is asked of the last eight weeks and of the latter half of them, since people
 * speed up and slow down. The quicker of the two answers, a third sooner, is the first day; the slower, two fifths later,
 * is the last. Nothing is said where there were deeds on fewer than two days, or none in the latter half, or where it
 * would be more than a year away. What only time can bring has its day.
 *
 * All of several take as long as the slowest, any of them as the quickest, so many of them as that many of the quickest.
 * An application, endorsements, another badge, a track: people decide on those, so nothing is said, nor of counts in a
 * moving window, which may fall as well as rise.
 *
 * More of the same deeds never make either day later.
 */
export function projected(standing: Standing, pace: Pace, today: string): Projection | null {
  if (standing.met) return { from: today, by: today }
  switch (standing.kind) {
    case 'all':
    case 'any':
    case 'at-least':
      return soonest(
        standing.criteria.map(part => projected(part, pace, today)),
        standing.need,
      )
    default:
      return projectedLeaf(standing, pace, today)
  }
}

function projectedLeaf(leaf: Leaf, pace: Pace, today: string): Projection | null {
  if (leaf.metFrom !== null) return { from: leaf.metFrom, by: leaf.metFrom }
  const rates = ratesOf(leaf, pace, today)
  if (!rates) return null
  const left = leaf.need - leaf.have
  const sooner = Math.max(1, Math.floor((left / Math.max(...rates)) * sooneness))
  const later = Math.max(sooner + 1, Math.ceil((left / Math.min(...rates)) * lateness))
  return later > longest ? null : { from: plusDays(today, sooner), by: plusDays(today, later) }
}

/** So wide that the true day of lives lived at a steady or a changing pace lies between the two for three in four. */
const sooneness = 2 / 3
const lateness = 7 / 5
/** In days: what is further away does not draw anybody on. */
const longest = 365

/** How much of it comes in a day, over all of the window and over its latter half; undefined where it is too little to tell. */
function ratesOf(leaf: Leaf, pace: Pace, today: string): [number, number] | undefined {
  const deeds = deedsFor(leaf, pace)
  const rate = (days: number) =>
    deeds
      .filter(({ on }) => Date.parse(today) - Date.parse(on) < days * DAY)
      .reduce((sum, { count }) => sum + count, 0) / days
  const [whole, half] = [rate(pace.days), rate(pace.days / 2)]
  return half > 0 && new Set(deeds.map(({ on }) => on)).size >= 2 ? [whole, half] : undefined
}

/** When so many of several are met, each end for itself; null where fewer than that can be told. */
function soonest(parts: readonly (Projection | null)[], need: number): Projection | null {
  const told = parts.filter(part => part !== null)
  const nth = (days: string[]) => days.toSorted()[need - 1]
  const [from, by] = [nth(told.map(part => part.from)), nth(told.map(part => part.by))]
  return from === undefined || by === undefined ? null : { from, by }
}
