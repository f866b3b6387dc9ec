import type { Estimate } from './agreement.ts'
import { intervalsOf } from './bootstrap.ts'
import type { Pair } from './table.ts'

/** One try as a mentor marked it beside another: for each criterion their level, and the other's. */
export interface Beside {
  /** When the mentor gave their mark. */
  at: Date
  pairs: readonly Pair[]
}

/**
 * How strict or generous a mentor is beside those who marked the same tries: by how many levels theirs lie above the
 * other's, on average over the criteria of a try and then over tries. 0.25 is a level more on every fourth criterion;
 * below 0 is stricter. Nobody's mark is the right one: the other may be generous. Null without tries.
 */
export const severity = (tries: readonly Beside[]): Estimate => {
  const steps = tries.filter(({ pairs }) => pairs.length > 0).map(stepsAbove)
  return { value: mean(steps), interval: intervalsOf(steps, sample => ({ mean: mean(sample) })).mean }
}

/** By how many levels the mentor's marks of a try lie above the other's, on average over its criteria. */
const stepsAbove = ({ pairs }: Beside) =>
  pairs.reduce((sum, [own, other]) => sum + own - other, 0) / pairs.length

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
