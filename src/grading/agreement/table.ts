/** What two markers gave for the same thing, as places in the rubric's order: 0 is the least. */
export type Pair = readonly [first: number, second: number]

/** How often level `i` of one marker met level `j` of the other: `table[i][j]`. */
export type Table = readonly (readonly number[])[]

/** Counts pairs over `levels` levels. */
export function tableOf(pairs: Iterable<Pair>, levels: number): Table {
  const table = Array.from({ length: levels }, () => new Array<number>(levels).fill(0))
  for (const [first, second] of pairs) table[first]![second]! += 1
  return table
}

/** How many pairs a table holds. */
export const pairsIn = (table: Table) => sumOver(table, () => 1)

/** The sum over all cells of their counts, each times what it weighs. */
export function sumOver(table: Table, weight: (first: number, second: number) => number): number {
  let sum = 0
  for (let i = 0; i < table.length; i++)
    for (let j = 0; j < table.length; j++) sum += table[i]![j]! * weight(i, j)
  return sum
}
