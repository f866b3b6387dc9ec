import { type Interval, intervalsOf } from './bootstrap.ts'
import { alphaOfPairs } from './krippendorff-alpha.ts'
import { adjacentAgreement, exactAgreement } from './raw-agreement.ts'
import type { Pair, Table } from './table.ts'
import { weightedKappa } from './weighted-kappa.ts'

/** A figure, and where it would lie in most other samples; null where it is undefined, or the sample too small. */
export interface Estimate {
  value: number | null
  interval: Interval | null
}

export const measures = ['exact', 'adjacent', 'kappa', 'alpha'] as const
export type Measure = (typeof measures)[number]

/** How alike two markers mark: the measures, with how many tries and how many pairs of levels they come from. */
export interface Agreement extends Record<Measure, Estimate> {
  tries: number
  pairs: number
}

/**
 * How alike the levels of `tries` are, each with its pairs of levels: one for a criterion, several where all criteria
 * are taken together, as levels of the same place. `levels` is how many a criterion has, at most.
 */
export function agreementOf(tries: readonly (readonly Pair[])[], levels: number): Agreement {
  const told = tries.filter(pairs => pairs.length > 0)
  const cells = told.map(pairs => pairs.map(([first, second]) => first * levels + second))
  const values = measured(counted(cells, levels))
  const intervals = intervalsOf(cells, sample => measured(counted(sample, levels)))
  const estimate = (name: Measure): Estimate => ({ value: values[name], interval: intervals[name] })
  return {
    ...{ tries: told.length, pairs: told.reduce((sum, pairs) => sum + pairs.length, 0) },
    ...{ exact: estimate('exact'), adjacent: estimate('adjacent') },
    ...{ kappa: estimate('kappa'), alpha: estimate('alpha') },
  }
}

/** The table of a sample whose pairs are numbered by their cells, row by row: it is counted a thousand times a page. */
function counted(sample: readonly (readonly number[])[], levels: number): Table {
  const counts = new Array<number>(levels * levels).fill(0)
  for (const cells of sample) for (const cell of cells) counts[cell]! += 1
  return Array.from({ length: levels }, (_, row) => counts.slice(row * levels, (row + 1) * levels))
}

const measured = (table: Table): Record<Measure, number | null> => ({
  exact: exactAgreement(table),
  adjacent: adjacentAgreement(table),
  kappa: weightedKappa(table),
  alpha: alphaOfPairs(table, 'ordinal'),
})
