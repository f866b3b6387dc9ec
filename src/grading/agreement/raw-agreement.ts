import { pairsIn, sumOver, type Table } from './table.ts'

/** The part of pairs in which both gave the same level, 0 to 1; null without pairs. */
export const exactAgreement = (table: Table) => partWithin(table, 0)

/**
 * The part of pairs that are no more than one level apart, the same level included, 0 to 1; null without pairs. With
 * three levels only the two ends can lie further apart, so it is high by nature.
 */
export const adjacentAgreement = (table: Table) => partWithin(table, 1)

function partWithin(table: Table, steps: number): number | null {
  const pairs = pairsIn(table)
  return pairs === 0 ? null : sumOver(table, (i, j) => (Math.abs(i - j) <= steps ? 1 : 0)) / pairs
}
