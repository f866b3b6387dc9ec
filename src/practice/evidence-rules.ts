import { z } from 'zod'

/** Where evidence comes from when it is no platform that sends it. */
export const ownSources = ['log', 'admin', 'correction']

const DAY = 24 * 60 * 60_000

/** The date it is now in a time zone. */
export const todayIn = (timeZone: string, now = new Date()) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now)

/** The earliest day that a person may log: two years ago. */
export const earliestLog = (today: string) =>
  new Date(Date.parse(today) - 2 * 365 * DAY).toISOString().slice(0, 10)

/** How long a piece of practice took, in minutes: from the shortest that counts to a whole day. */
export const minutesRule = z
  .int('Please give whole minutes, like 45.')
  .min(5, 'Please give at least 5 minutes.')
  .max(600, 'Please give at most 600 minutes.')

/** A day that practice can have been on; long before there was a community it is a slip of the pen. */
export const dayRule = z.iso
  .date('Please give a date, like 2026-03-31.')
  .refine(day => day >= '2000-01-01', 'This lies before the year 2000.')
