import type { outcomes, rules } from '../../db/schema/grading.ts'
import type { SecondMarking } from '../courses/course.ts'
import type { Purpose } from './marking.ts'
import { pointsOf, type Rubric } from './rubric.ts'
import { withinTolerance } from './second-marking.ts'

export type Outcome = (typeof outcomes)[number]
export type Rule = (typeof rules)[number]

/** One mentor's mark of a try: the latest grade that they saved for it. */
export interface Mark {
  gradeId: number
  outcome: Outcome
  /** Criterion id to level id. */
  levels: Record<string, string>
}

/** The marks of one try, by what they were asked for. */
export type Marks = Partial<Record<Purpose, Mark>> & { first: Mark }

/** What the marks of a try come to. */
export interface Settled {
  outcome: Outcome
  levels: Record<string, string>
  rule: Rule
  /** The grades whose feedback goes with it, the deciding one first. */
  gradeIds: number[]
}

/** From the least to the most. */
const ranked: readonly Outcome[] = ['return', 'pass', 'distinction']
const rank = (outcome: Outcome) => ranked.indexOf(outcome)

/** What the marks come to, or whose mark is wanted next. An appeal is settled by `decideAppeal`. */
export function decide(
  { first, second, adjudication }: Marks,
  rubric: Rubric,
  { rule, tolerance }: SecondMarking,
  markedTwice: boolean,
): Settled | 'second' | 'adjudication' {
  if (adjudication) return settledBy('adjudicated', adjudication)
  if (!second) return markedTwice ? 'second' : settledBy('only', first)
  const [one, other] = [sumOf(first, rubric), sumOf(second, rubric)]
  if (!withinTolerance(one, other, { tolerance })) return 'adjudication'
  return combined(rule, first, second, rubric)
}

/** Two marks that agree, or that nobody is left to settle, as one result. */
export function combined(rule: SecondMarking['rule'], first: Mark, second: Mark, rubric: Rubric): Settled {
  if (rule === 'first') return settledBy('first', first, second)
  if (rule === 'mean')
    return {
      ...settledBy('mean', first, second),
      outcome: rank(first.outcome) <= rank(second.outcome) ? first.outcome : second.outcome,
      levels: meanLevels(first.levels, second.levels, rubric),
    }
  return isHigher(second, first, rubric)
    ? settledBy('higher', second, first)
    : settledBy('higher', first, second)
}

/** An appeal never makes things worse: where the mentor who decides it thinks less of the reflection, what stood stands. */
export function decideAppeal(stood: Pick<Settled, 'outcome' | 'levels'>, appeal: Mark): Settled {
  const decided = settledBy('appeal', appeal)
  return rank(appeal.outcome) < rank(stood.outcome)
    ? { ...decided, outcome: stood.outcome, levels: stood.levels }
    : decided
}

const settledBy = (rule: Rule, { outcome, levels, gradeId }: Mark, other?: Mark): Settled => ({
  ...{ outcome, levels, rule },
  gradeIds: [gradeId, ...(other ? [other.gradeId] : [])],
})

const sumOf = ({ outcome, levels }: Mark, rubric: Rubric) => ({
  passes: outcome !== 'return',
  points: pointsOf(rubric, levels),
})

const isHigher = (one: Mark, other: Mark, rubric: Rubric): boolean =>
  rank(one.outcome) > rank(other.outcome) ||
  (rank(one.outcome) === rank(other.outcome) && pointsOf(rubric, one.levels) > pointsOf(rubric, other.levels))

/** Of each criterion the level whose points are nearest to the mean of the two; halfway between, the higher. */
function meanLevels(
  one: Record<string, string>,
  other: Record<string, string>,
  { criteria }: Rubric,
): Record<string, string> {
  return Object.fromEntries(
    criteria.map(({ id, levels }) => {
      const points = (level: string | undefined) => levels.find(each => each.id === level)?.points ?? 0
      const mean = (points(one[id]) + points(other[id])) / 2
      const nearest = levels.toSorted(
        (a, b) => Math.abs(a.points - mean) - Math.abs(b.points - mean) || b.points - a.points,
      )[0]!
      return [id, nearest.id]
    }),
  )
}
