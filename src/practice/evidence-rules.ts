import { z } from 'zod'

/** Where evidence comes from when it is no platform that sends it. */
export const ownSources = ['log', 'admin']

const DAY = 24 * 60 * 60_000

/** The date it is now in a time zone. */
export const todayIn = (timeZone: string, now = new Date()) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now)

/** The earliest day that a person may log: two years ago. */
export const earliestLog = (today: string) =>
  new Date(Date.parse(today) - 2 * 365 * DAY).toISOString().slice(0, 10)

export const dayRule = z.iso.date('Please give a date, like 2026-03-31.')
