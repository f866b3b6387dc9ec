import { exactAgreement } from './raw-agreement.ts'
import { type Beside, severity } from './severity.ts'
import { tableOf } from './table.ts'

/** When a mentor's marks have moved so far from those of others that grading the anchors again would help. */
export interface DriftLimits {
  /** How many of their latest tries that another marked too are looked at; with fewer, nothing is said. */
  tries: number
  /** The least part of levels that must be the same. */
  alike: number
  /** By how many levels they may be stricter or more generous, on average. */
  steps: number
}

/**
 * Fifteen tries are some fifty levels. Of three levels luck alone makes a third the same; mentors who share a rubric
 * have two thirds the same, and where it is hard to read six in ten. Simulated with every new try, the former are asked
 * again for nothing once in 10,000 tries and the latter once in 400, while somebody with one level in three the same is
 * found at the fifteenth. A third of a level is one criterion of three, always a level to the same side; the average
 * of fifteen tries strays by about a tenth.
 */
export const driftLimits: DriftLimits = { tries: 15, alike: 0.4, steps: 1 / 3 }

/**
 * How a mentor's marks have drifted from those of others who marked the same tries, or null. `tries` are theirs in
 * any order, since they last passed a calibration; the latest are looked at. `apart`: too few levels are the same.
 * `stricter` and `more generous`: to one side by more than the limit, and not by chance (the interval leaves out 0).
 */
export function driftOf(
  tries: readonly Beside[],
  limits: DriftLimits = driftLimits,
): 'apart' | 'stricter' | 'more generous' | null {
  const latest = tries
    .filter(({ pairs }) => pairs.length > 0)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limits.tries)
  if (latest.length < limits.tries) return null
  const pairs = latest.flatMap(one => one.pairs)
  const alike = exactAgreement(tableOf(pairs, 1 + Math.max(...pairs.flat())))
  const { value, interval } = severity(latest)
  if (value !== null && interval && Math.abs(value) > limits.steps && interval[0] * interval[1] > 0)
    return value > 0 ? 'more generous' : 'stricter'
  return alike !== null && alike < limits.alike ? 'apart' : null
}

/** Whether a mentor is to grade a course's anchors again. See `driftOf`. */
export const hasDrifted = (tries: readonly Beside[], limits: DriftLimits = driftLimits): boolean =>
  driftOf(tries, limits) !== null
