const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** How long after each try that failed the next one comes, as Standard Webhooks recommends: three days and more in all. */
const waits = [
  5 * second,
  5 * minute,
  30 * minute,
  ...[2, 5, 10, 14, 20, 24].map(hours => hours * hour),
] as const

/** How often a delivery is tried in all. */
export const mostTries = waits.length + 1

/** From this try on the admins are told: about half an hour in, when it has become more than a restart. */
export const telling = 4

/**
 * How long to wait after the try of this number, in milliseconds, or null when there is no other. Up to a tenth comes
 * or goes by chance, so that what failed together does not come back together.
 */
export function waitAfter(tries: number, chance = Math.random()): number | null {
  const wait = waits[tries - 1]
  return wait === undefined ? null : Math.round(wait * (0.9 + chance * 0.2))
}
