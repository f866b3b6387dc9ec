import type { Rubric, RubricCriterion } from '../rubric.ts'
import type { Anchor, Calibration } from './anchors.ts'

export type Outcome = Anchor['outcome']

/** How a mentor graded one anchor. */
export interface Mark {
  levels: Readonly<Record<string, string>>
  outcome: Outcome
}

/** One criterion of an anchor: the mentor's level beside the author's. */
export interface ComparedLevel {
  criterion: RubricCriterion
  /** Places among the levels of the criterion, from the least. */
  given: number
  reference: number
  /** How many steps the mentor is above the author; below, it is negative. */
  steps: number
  agrees: boolean
  reason: string
}

/** An anchor as the mentor graded it, beside the author's levels. */
export interface Compared {
  levels: ComparedLevel[]
  outcome: { given: Outcome; reference: Outcome; agrees: boolean }
  agreed: number
  of: number
}

/**
 * Sets a mark beside the reference. A level agrees within `tolerance` steps, an outcome when it is the same. A criterion
 * or a level that the rubric has lost since is left out on both sides.
 */
export function compare(anchor: Anchor, mark: Mark, rubric: Rubric, tolerance: number): Compared {
  const levels = rubric.criteria.flatMap((criterion): ComparedLevel[] => {
    const place = (level: string | undefined) => criterion.levels.findIndex(({ id }) => id === level)
    const [given, reference] = [place(mark.levels[criterion.id]), place(anchor.levels[criterion.id])]
    if (given < 0 || reference < 0) return []
    const steps = given - reference
    const agrees = Math.abs(steps) <= tolerance
    return [{ criterion, given, reference, steps, agrees, reason: anchor.reasons[criterion.id] ?? '' }]
  })
  const outcome = {
    given: mark.outcome,
    reference: anchor.outcome,
    agrees: mark.outcome === anchor.outcome,
  }
  const agreed = levels.filter(({ agrees }) => agrees).length + (outcome.agrees ? 1 : 0)
  return { levels, outcome, agreed, of: levels.length + 1 }
}

/** How a whole round compares. */
export interface Comparison {
  agreed: number
  of: number
  /** How many have to agree. */
  needed: number
  /** The part that agrees, from 0 to 1. */
  part: number
  passed: boolean
}

/** The sum over the anchors of a round, all marked: enough when the part that agrees reaches what the course asks. */
export function judgeRound(compared: readonly Compared[], { pass }: Pick<Calibration, 'pass'>): Comparison {
  const agreed = compared.reduce((sum, one) => sum + one.agreed, 0)
  const of = compared.reduce((sum, one) => sum + one.of, 0)
  // In whole numbers, for in binary 0.56 × 25 is a little more than 14.
  const needed = Math.ceil(Number((pass * of).toFixed(6)))
  return { agreed, of, needed, part: agreed / of, passed: agreed >= needed }
}

/** How a mentor leans on one criterion over a round: the mean of their steps above the author. */
export interface Lean {
  title: string
  agreed: number
  of: number
  steps: number
}

/** Criterion by criterion, in the order in which they first come; those of one name in two rubrics stay apart. */
export function leans(compared: readonly Compared[]): Lean[] {
  const levels = compared.flatMap(one => one.levels)
  return [...Map.groupBy(levels, ({ criterion }) => criterion)].map(([{ title }, all]) => ({
    title,
    agreed: all.filter(({ agrees }) => agrees).length,
    of: all.length,
    steps: all.reduce((sum, { steps }) => sum + steps, 0) / all.length,
  }))
}
