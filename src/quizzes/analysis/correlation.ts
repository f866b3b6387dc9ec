import { mean } from './mean.ts'

/** Below this a spread is that of rounding in floating point, not of people. */
const nothing = 1e-12

/** Pearson's correlation, −1 to 1. Null from fewer than two pairs, and where either side does not vary. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const [middleX, middleY] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))]
  if (middleX === null || middleY === null || pairs.length < 2) return null
  let [squaresX, squaresY, products] = [0, 0, 0]
  for (const [x, y] of pairs) {
    squaresX += (x - middleX) ** 2
    squaresY += (y - middleY) ** 2
    products += (x - middleX) * (y - middleY)
  }
  if (squaresX < nothing * pairs.length || squaresY < nothing * pairs.length) return null
  return products / Math.sqrt(squaresX * squaresY)
}

/** What one person earned of a question, of all they were asked, and of all but this question: shares from 0 to 1. */
export interface Scored {
  share: number
  total: number
  /** Null where they were asked nothing else. */
  rest: number | null
}

/**
 * The point-biserial: how the share earned of a question goes with the share earned of the whole, the question
 * included. For right and wrong that is (M₁ − M₀) ÷ s × √(pq), M₁ and M₀ the mean totals of who has it right and
 * wrong; Pearson's correlation is the same figure and is defined for partly right answers too.
 *
 * F. M. Lord and M. R. Novick (1968), "Statistical Theories of Mental Test Scores", chapter 15.
 */
export const pointBiserial = (people: readonly Scored[]): number | null =>
  correlation(people.map(({ share, total }) => [share, total]))

/**
 * The corrected point-biserial, or item-rest correlation: the same over the share earned of the other questions, so
 * that the question does not correlate with itself. Where people were drawn different questions, each person's rest
 * is the share of the points of what they were asked besides; who was asked nothing else is left out.
 *
 * Moodle documentation, "Quiz statistics calculations", calls it the discrimination index (times 100, over points).
 */
export const itemRest = (people: readonly Scored[]): number | null =>
  correlation(people.flatMap(({ share, rest }) => (rest === null ? [] : [[share, rest] as const])))
