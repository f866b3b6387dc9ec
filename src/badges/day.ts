/** In milliseconds. */
export const DAY = 24 * 60 * 60_000

/** The ISO day (UTC) that lies `days` after `day`. */
export const plusDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)

/** Whole weeks from one ISO day (UTC) to another; none when the first is the later. */
export const weeksBetween = (from: string, to: string) =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / (7 * DAY)))
