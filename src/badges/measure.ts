import { plusDays, weeksBetween } from './day.ts'
import * as when from './days-met.ts'
import type { Holding } from './facts.ts'
import type { Standing } from './standing.ts'

/** What one has, what it takes, and on which days that is enough. */
export type Measure = Pick<Standing, 'have' | 'need' | 'metOn'>

/** Enough or not enough: time changes nothing about it. */
export const counted = (have: number, need: number): Measure => ({
  ...{ have, need },
  metOn: have >= need ? when.always : when.never,
})

/** Of what lies within the last `window` days. */
export const countedWithin = (dated: when.Dated, window: number, need: number, today: string): Measure => ({
  ...{ have: when.withinWindow(dated, window, today), need },
  metOn: when.whenWithin(dated, window, need),
})

/** What was measured in minutes, in hours: what one has is rounded down to half of one, as it was to be reached. */
export const inHours = ({ have, need, metOn }: Measure): Measure => ({
  ...{ have: Math.floor(have / 30) / 2, need: need / 60, metOn },
})

/** Met from the day that is `weeks` weeks after `since`, until the badge runs out, where it is one that does. */
export function waited(holding: Holding | undefined, weeks: number, today: string): Measure {
  if (!holding) return { have: 0, need: weeks, metOn: when.never }
  const { since, until } = holding
  const isOver = until !== null && until <= today
  return {
    ...{ have: isOver ? 0 : weeksBetween(since, today), need: weeks },
    metOn: when.between(plusDays(since, 7 * weeks), until),
  }
}

/** Met while a badge is held. */
export function held(holding: Holding | undefined, today: string): Measure {
  const metOn = holding ? when.between(when.ALWAYS, holding.until) : when.never
  return { have: when.isMetOn(metOn, today) ? 1 : 0, need: 1, metOn }
}

/** So many of them, on the days on which so many of them are met. */
export const together = (parts: readonly Standing[], need: number): Measure => ({
  ...{ have: parts.filter(part => part.met).length, need },
  metOn: when.whenEnough(
    parts.map(part => part.metOn),
    met => met >= need,
  ),
})

/** Met while the other is not. */
export function reversed({ met, metOn }: Standing): Measure {
  return { have: met ? 0 : 1, need: 1, metOn: when.whenEnough([metOn], count => count === 0) }
}
