import { plusDays } from './day.ts'

/**
 * The days on which something is met, if nothing but time passes: ISO days (UTC) in order, met from the first of them,
 * not from the second, again from the third, and so on. `ALWAYS` as the first means that it has been met all along.
 */
export type DaysMet = readonly string[]

/** The day before every day: since when a fact that is there has been enough. */
export const ALWAYS = '0001-01-01'

export const always: DaysMet = [ALWAYS]
export const never: DaysMet = []

/** From a day on, and until the other, which is no part of it, if there is one. */
export const between = (from: string, until: string | null = null): DaysMet =>
  until === null ? [from] : from < until ? [from, until] : never

/** Whether it is met on a day. */
export const isMetOn = (days: DaysMet, day: string): boolean =>
  days.filter(turn => turn <= day).length % 2 === 1

/** The days on which enough of several things are met, as `enough` says of their number. */
export function whenEnough(things: readonly DaysMet[], enough: (met: number) => boolean): DaysMet {
  const turns = [...new Set([ALWAYS, ...things.flat()])].toSorted()
  return keepTurns(turns, day => enough(things.filter(days => isMetOn(days, day)).length))
}

/** How much of something came in on which days. */
export type Dated = readonly (readonly [day: string, count: number])[]

/** How much of it there is in all. */
export const total = (dated: Dated): number => dated.reduce((sum, [, count]) => sum + count, 0)

/** How much of it lies within the last `window` days of `day`, that day included. */
export const withinWindow = (dated: Dated, window: number, day: string): number =>
  total(dated.filter(([on]) => on <= day && plusDays(on, window) > day))

/** The days on which at least `need` of it lie within the last `window` days. */
export function whenWithin(dated: Dated, window: number, need: number): DaysMet {
  const turns = [...new Set(dated.flatMap(([on]) => [on, plusDays(on, window)]))].toSorted()
  return keepTurns(turns, day => withinWindow(dated, window, day) >= need)
}

/** Of days on which it may turn, those on which it does. */
function keepTurns(days: readonly string[], isMet: (day: string) => boolean): DaysMet {
  const turns: string[] = []
  for (const day of days) if (isMet(day) === (turns.length % 2 === 0)) turns.push(day)
  return turns
}

/** Since when it is met on a day, or else from when it will be; null where time alone will not do. */
export const metFromOn = (days: DaysMet, day: string): string | null =>
  (isMetOn(days, day)
    ? days.findLast((turn, index) => turn <= day && index % 2 === 0)
    : days.find((turn, index) => turn > day && index % 2 === 0)) ?? null

/** From when it is met no longer, where it is met on a day and will not stay so. */
export const metUntilOn = (days: DaysMet, day: string): string | null =>
  isMetOn(days, day) ? (days.find(turn => turn > day) ?? null) : null

/** As PostgreSQL writes a `datemultirange`. */
export function asMultirange(days: DaysMet): string {
  const starts = days.filter((_, index) => index % 2 === 0)
  const ranges = starts.map((from, index) => {
    const until = days[2 * index + 1] ?? ''
    return from === ALWAYS ? `(,${until})` : `[${from},${until})`
  })
  return `{${ranges.join(',')}}`
}
