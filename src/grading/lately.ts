const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long something takes, roughly, as people say it: `about 5 hours`, `about 2 days`. @param length in milliseconds */
export function inPlainWords(length: number): string {
  if (length < hour) return 'less than an hour'
  const [amount, unit] = length < 36 * hour ? [length / hour, 'hour'] : [length / day, 'day']
  const rounded = Math.round(amount)
  return `about ${rounded} ${unit}${rounded === 1 ? '' : 's'}`
}
