import type { FrozenRules } from './drawing.ts'
import { isPass, type Marking } from './marking.ts'

/** How a section of an attempt went. */
export type SectionResult = {
  readonly title: string | null
  readonly score: number
  readonly outOf: number
  /** Per cent; null where it has no mark of its own. */
  readonly passMark: number | null
  readonly passed: boolean
}

/** How each section went; none where the attempt has one part alone. */
export const sectionResults = ({ marks }: Marking, rules: FrozenRules | null): SectionResult[] =>
  (rules?.sections ?? [])
    .filter(({ title }) => title !== null)
    .map(({ title, passMark, questions }) => {
      const own = marks.filter(({ question }) => questions.includes(question))
      const score = own.reduce((sum, { earned }) => sum + earned, 0)
      const outOf = own.reduce((sum, { points }) => sum + points, 0)
      return {
        title,
        score,
        outOf,
        passMark,
        passed: passMark === null || isPass({ score, outOf }, passMark),
      }
    })

/** Whether an attempt passes: as a whole, and in each section that has a mark of its own. */
export const isPassed = (marking: Marking, passMark: number, rules: FrozenRules | null): boolean =>
  isPass(marking, passMark) && sectionResults(marking, rules).every(({ passed }) => passed)
