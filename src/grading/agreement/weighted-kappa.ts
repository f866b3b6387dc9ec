import { pairsIn, sumOver, type Table } from './table.ts'

/** How grave it is that one marker gave level `i` and the other level `j`: 0 for the same. */
export type Disagreement = (i: number, j: number) => number

/** The square of how far apart two levels lie: two levels apart is four times as grave as one. */
export const squared: Disagreement = (i, j) => (i - j) ** 2

/**
 * Weighted kappa: how much of the disagreement that chance alone would bring, given how often each marker uses each
 * level, is not there. 1 for full agreement, 0 for what chance brings, below 0 for less than that; -1 to 1 with
 * squared weights. Null where chance could bring no disagreement: without pairs, or when both always gave one level.
 *
 * J. Cohen (1968), "Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit",
 * Psychological Bulletin 70, formula 8: 1 - Σ v·observed / Σ v·expected. The agreement weights 1 - (i - j)² / (k - 1)²
 * are the disagreement weights (i - j)², as a constant factor of all of them falls out.
 */
export function weightedKappa(table: Table, disagreement: Disagreement = squared): number | null {
  const pairs = pairsIn(table)
  const ofFirst = table.map(row => row.reduce((sum, count) => sum + count, 0))
  const ofSecond = table.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0))
  const observed = sumOver(table, disagreement)
  let expected = 0
  for (let i = 0; i < table.length; i++)
    for (let j = 0; j < table.length; j++) expected += ofFirst[i]! * ofSecond[j]! * disagreement(i, j)
  return expected === 0 ? null : 1 - (observed * pairs) / expected
}
