/** Chance that falls the same way each time. */
export interface Chance {
  /** From 0 up to but not including 1. */
  number(): number
  /** True so many times of a hundred. */
  percent(likely: number): boolean
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  one<T>(things: readonly T[]): T
  /** Some of the things, at most so many, in any order. */
  some<T>(things: readonly T[], count: number): T[]
}

export function chance(seed: number): Chance {
  const number = mulberry32(seed)
  const between = (least: number, most: number) => least + Math.floor(number() * (most - least + 1))
  return {
    number,
    between,
    percent: likely => number() * 100 < likely,
    one: things => things[between(0, things.length - 1)]!,
    some: (things, count) =>
      things
        .map(thing => ({ thing, key: number() }))
        .toSorted((a, b) => a.key - b.key)
        .slice(0, count)
        .map(({ thing }) => thing),
  }
}

/** Tommy Ettinger's Mulberry32: small, and even enough for a story. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
