/** The lower quartile, the median and the upper quartile. */
export type Quartiles = readonly [low: number, median: number, high: number]

/**
 * The quartiles of values, between two of them where they fall so; null of nothing.
 * R. J. Hyndman and Y. Fan (1996), "Sample quantiles in statistical packages", definition 7 (the usual one in R).
 */
export function quartiles(values: readonly number[]): Quartiles | null {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  const at = (part: number) => {
    const place = part * (sorted.length - 1)
    const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
    return low + (high - low) * (place - Math.floor(place))
  }
  return [at(0.25), at(0.5), at(0.75)]
}
