import { plusDays, weeksBetween } from './day.ts'
import { ALWAYS, type Standing } from './standing.ts'

/** What one has, what it takes, whether that is enough, and from which day on. */
export type Measure = Pick<Standing, 'have' | 'need' | 'met' | 'metFrom'>

/** Enough or not enough: time changes nothing about it. */
export function counted(have: number, need: number): Measure {
  const met = have >= need
  return { have, need, met, metFrom: met ? ALWAYS : null }
}

/** Met on the day that is `weeks` weeks after `since`, not before and not a day later. */
export function waited(since: string | undefined, weeks: number, today: string): Measure {
  if (since === undefined) return { have: 0, need: weeks, met: false, metFrom: null }
  const metFrom = plusDays(since, 7 * weeks)
  return { have: weeksBetween(since, today), need: weeks, met: metFrom <= today, metFrom }
}

/** All are met when the last of them is, any when the first is. */
export function together(kind: 'all' | 'any', parts: readonly Standing[]): Measure {
  const have = parts.filter(part => part.met).length
  const need = kind === 'all' ? parts.length : 1
  const days = parts
    .map(part => part.metFrom)
    .filter(day => day !== null)
    .toSorted()
  const metFrom = kind === 'any' ? days[0] : days.length === parts.length ? days.at(-1) : undefined
  return { have, need, met: have >= need, metFrom: metFrom ?? null }
}
