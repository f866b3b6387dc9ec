import { dayIn } from '../../layout/time.ts'

const DAY = 24 * 60 * 60_000

/** The ISO day so many days after another. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)

/** The day that it still is somewhere on earth: what is due then is due at once, wherever somebody lives. */
export const atOnce = (now: Date): string => dayIn(now, 'Etc/GMT+12')
