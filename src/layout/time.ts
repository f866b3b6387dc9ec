const clocks = new Map<string, Intl.DateTimeFormat>()
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' })

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The day in words, in the reader's zone: "3 November 2026". */
export const dayInWords = (at: Date, timeZone = 'UTC') =>
  clock('day', timeZone, { dateStyle: 'long' }).format(at)

/** The day and the time in words, in the reader's zone: "3 November 2026 at 21:40". */
export const momentInWords = (at: Date, timeZone = 'UTC') =>
  clock('moment', timeZone, { dateStyle: 'long', timeStyle: 'short' }).format(at)

/** The ISO day that it is at this moment in the reader's zone. */
export const dayIn = (at: Date, timeZone: string) =>
  clock('iso', timeZone, { dateStyle: 'short' }, 'sv-SE').format(at)

/**
 * A day by which something is meant to be done, as one says it today (both ISO days): "today", "tomorrow", "Thursday 3
 * December" while it lies ahead, "3 December" when it has passed; in another year with the year.
 */
export function dueDayInWords(iso: string, today: string): string {
  const at = new Date(iso)
  const ahead = Math.round((at.getTime() - Date.parse(today)) / day)
  if (ahead === 0 || ahead === 1) return ahead === 0 ? 'today' : 'tomorrow'
  const weekday = ahead > 0 ? `${clock('weekday', 'UTC', { weekday: 'long' }).format(at)} ` : ''
  const long = { day: 'numeric', month: 'long' } as const
  const date =
    iso.slice(0, 4) === today.slice(0, 4)
      ? clock('date', 'UTC', long).format(at)
      : clock('date of a year', 'UTC', { ...long, year: 'numeric' }).format(at)
  return `${weekday}${date}`
}

/** How long ago, or how soon, in one unit: "just now", "3 hours ago", "in 2 weeks"; beyond eight weeks, the day. */
export function sinceInWords(at: Date, now: Date, timeZone = 'UTC'): string {
  const apart = at.getTime() - now.getTime()
  const size = Math.abs(apart)
  if (size < minute) return 'just now'
  if (size < hour) return relative.format(Math.trunc(apart / minute), 'minute')
  if (size < day) return relative.format(Math.trunc(apart / hour), 'hour')
  const days = daysBetween(now, at, timeZone)
  if (Math.abs(days) < 14) return relative.format(days, 'day')
  if (Math.abs(days) <= 56) return relative.format(Math.trunc(days / 7), 'week')
  return dayInWords(at, timeZone)
}

/** Nights between two moments as the reader's calendar counts them, so that "yesterday" is yesterday there. */
function daysBetween(from: Date, to: Date, timeZone: string): number {
  const midnight = (at: Date) => Date.parse(dayIn(at, timeZone))
  return Math.round((midnight(to) - midnight(from)) / day)
}

/** Making a formatter costs a hundred times its use, so each is made once per zone. */
function clock(form: string, timeZone: string, options: Intl.DateTimeFormatOptions, language = 'en-GB') {
  const name = `${form} ${timeZone}`
  const known = clocks.get(name)
  if (known) return known
  const made = new Intl.DateTimeFormat(language, { ...options, timeZone })
  clocks.set(name, made)
  return made
}
