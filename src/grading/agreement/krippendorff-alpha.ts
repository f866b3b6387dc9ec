import type { Table } from './table.ts'

/** What counts as far apart: not the same, so many places in the order (by how often they are used), or as numbers. */
export type Metric = 'nominal' | 'ordinal' | 'interval'

/** What each rater gave a unit, as places in the order of values, 0 the least; null where a rater gave nothing. */
export type Unit = readonly (number | null)[]

/**
 * Krippendorff's alpha: 1 less the disagreement that was observed over the disagreement that chance would bring. Any
 * number of raters, and values may be missing; a unit that fewer than two rated tells nothing. 1 for full agreement, 0
 * for what chance brings. Null where nothing can be paired, or all values are the same.
 *
 * K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania.
 */
export const krippendorffAlpha = (units: readonly Unit[], values: number, metric: Metric) =>
  alphaOf(coincidences(units, values), metric)

/** The same for two raters who gave all they were asked for. */
export const alphaOfPairs = (table: Table, metric: Metric) =>
  alphaOf(
    table.map((row, i) => row.map((count, j) => count + table[j]![i]!)),
    metric,
  )

/** How often value c meets value k within units: each ordered pair of a unit of m values counts 1 / (m - 1). */
function coincidences(units: readonly Unit[], values: number): Table {
  const met = Array.from({ length: values }, () => new Array<number>(values).fill(0))
  for (const unit of units) {
    const given = unit.filter(value => value !== null)
    given.forEach((c, i) =>
      given.forEach((k, j) => {
        if (i !== j) met[c]![k]! += 1 / (given.length - 1)
      }),
    )
  }
  return met
}

function alphaOf(met: Table, metric: Metric): number | null {
  const uses = met.map(row => row.reduce((sum, count) => sum + count, 0))
  const total = uses.reduce((sum, count) => sum + count, 0)
  const apart = distances(uses, metric)
  let observed = 0
  let expected = 0
  for (let c = 0; c < uses.length; c++)
    for (let k = 0; k < uses.length; k++) {
      observed += met[c]![k]! * apart(c, k)
      expected += uses[c]! * uses[k]! * apart(c, k)
    }
  return expected === 0 ? null : 1 - ((total - 1) * observed) / expected
}

/** The squared differences of Krippendorff (2011), section on metric differences. */
function distances(uses: readonly number[], metric: Metric): (c: number, k: number) => number {
  if (metric === 'nominal') return (c, k) => (c === k ? 0 : 1)
  if (metric === 'interval') return (c, k) => (c - k) ** 2
  // As many ranks lie between c and k as there are values given from the one to the other, half of both ends left out.
  const upTo = uses.reduce<number[]>((sums, count) => [...sums, (sums.at(-1) ?? 0) + count], [])
  const middle = uses.map((count, value) => upTo[value]! - count / 2)
  return (c, k) => (middle[c]! - middle[k]!) ** 2
}
