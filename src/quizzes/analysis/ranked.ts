/** People from the strongest to the weakest; those who are equally strong stand together. */
export type Ranked<T> = readonly (readonly T[])[]

/** Shares that differ by less are alike: thirds add up in floating point. */
const alike = 1e-9

export function ranked<T>(people: readonly T[], strength: (one: T) => number): Ranked<T> {
  const blocks: T[][] = []
  let last = Infinity
  for (const { one, at } of people.map(one => ({ one, at: strength(one) })).sort((a, b) => b.at - a.at)) {
    if (last - at > alike) {
      blocks.push([])
      last = at
    }
    blocks.at(-1)!.push(one)
  }
  return blocks
}

/**
 * The mean of `value` among the places `from` (from 0) up to but not including `to`. Where a boundary falls among
 * people who are equally strong, each of them counts for the part of their block that lies within: who comes first in
 * a list decides nothing. (So too Real Statistics, "Item analysis", for ties at the edges of groups.)
 */
export function meanAmong<T>(blocks: Ranked<T>, from: number, to: number, value: (one: T) => number): number {
  let [sum, place] = [0, 0]
  for (const block of blocks) {
    const within = Math.min(to, place + block.length) - Math.max(from, place)
    if (within > 0) sum += (within * block.reduce((all, one) => all + value(one), 0)) / block.length
    place += block.length
  }
  return sum / (to - from)
}
