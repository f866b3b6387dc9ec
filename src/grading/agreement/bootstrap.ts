/** Between which values a figure would lie in most other samples of the same size. */
export type Interval = readonly [low: number, high: number]

export interface Resampling {
  /** How many samples are drawn; Efron and Tibshirani ask for 1,000 where percentiles are read off. */
  resamples: number
  /** How much of them the interval holds, 0 to 1. */
  level: number
  /** The same seed draws the same samples, so that a page shows the same figures until there are new marks. */
  seed: number
}

export const usual: Resampling = { resamples: 1000, level: 0.95, seed: 1993 }

/** From fewer things than this no interval is given: they stand for too little of what others would have been. */
export const fewest = 10

/** Where more than this part of the samples leave a statistic undefined, its interval would tell of the others alone. */
const undefinedAtMost = 0.1

/**
 * Percentile intervals of statistics of `things`, which are drawn with replacement, each whole: hand in what is
 * independent of one another (tries), not its parts (their levels). Null from fewer than `fewest` things, and for a
 * statistic that most samples leave undefined.
 *
 * B. Efron and R. Tibshirani (1993), "An Introduction to the Bootstrap", section 13.3.
 */
export function intervalsOf<T, Name extends string>(
  things: readonly T[],
  statistics: (sample: readonly T[]) => Record<Name, number | null>,
  { resamples, level, seed }: Resampling = usual,
): Record<Name, Interval | null> {
  const names = Object.keys(statistics(things)) as Name[]
  const seen = new Map<Name, number[]>(names.map(name => [name, []]))
  if (things.length >= fewest) {
    const random = randomFrom(seed)
    const sample = things.slice()
    for (let n = 0; n < resamples; n++) {
      for (let i = 0; i < sample.length; i++) sample[i] = things[Math.floor(random() * things.length)]!
      const found = statistics(sample)
      for (const name of names) if (found[name] !== null) seen.get(name)!.push(found[name])
    }
  }
  const intervals = names.map(name => [name, percentiles(seen.get(name)!, { resamples, level })])
  return Object.fromEntries(intervals) as Record<Name, Interval | null>
}

function percentiles(values: number[], { resamples, level }: Omit<Resampling, 'seed'>): Interval | null {
  if (values.length === 0 || values.length < resamples * (1 - undefinedAtMost)) return null
  const sorted = Float64Array.from(values).sort()
  const tail = Math.max(1, Math.floor(((values.length + 1) * (1 - level)) / 2))
  return [sorted[tail - 1]!, sorted[sorted.length - tail]!]
}

/** Mulberry32 by T. Ettinger: 32 bits of state, quick, and even enough to draw samples with. From 0 to below 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
