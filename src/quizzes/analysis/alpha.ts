import { deviation } from './mean.ts'

/** What each person earned of each question, in points; null where they were not asked it. */
export type Matrix = readonly (readonly (number | null)[])[]

/**
 * Cronbach's alpha: how far the questions of a quiz hang together. For right and wrong it is KR-20.
 *
 * With mean variance v and mean covariance c of the questions, alpha of a quiz of k of them is kc ÷ (v + (k − 1)c): the
 * same figure as k ÷ (k − 1) × (1 − Σ variances ÷ variance of the totals) where everybody answers all. Where people
 * are drawn different questions no totals can be compared; then v and c come from those who were asked the question,
 * or both of two, each weighed by how many they are less one, and k is how many one person is asked. That holds
 * because the draw is random; so do it "pairwise" covariances in R's psych package.
 *
 * L. J. Cronbach (1951), "Coefficient alpha and the internal structure of tests", Psychometrika 16, 297–334;
 * G. F. Kuder and M. W. Richardson (1937), Psychometrika 2, 151–160, formula 20.
 * @returns null from fewer than two people or questions, where nothing varies, or no two questions were asked together
 */
export function cronbachAlpha(rows: Matrix): number | null {
  const columns = rows[0]?.length ?? 0
  const asked = rows.map(row => row.reduce<number>((sum, cell) => sum + (cell === null ? 0 : 1), 0))
  const k = asked.reduce((sum, one) => sum + one, 0) / rows.length
  if (!(k >= 2)) return null
  const { variance, covariance } = pooled(rows, columns)
  if (variance === null || covariance === null) return null
  const whole = variance + (k - 1) * covariance
  return whole > 1e-12 ? (k * covariance) / whole : null
}

/** The mean variance and covariance of columns over whoever has both. */
function pooled(rows: Matrix, columns: number) {
  const size = columns * columns
  const [count, sumOfFirst, products] = [
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
  ]
  for (const row of rows) {
    const here = row.flatMap((cell, column) => (cell === null ? [] : [column]))
    for (const i of here)
      for (const j of here) {
        const cell = i * columns + j
        count[cell]! += 1
        sumOfFirst[cell]! += row[i]!
        products[cell]! += row[i]! * row[j]!
      }
  }
  const own = { sum: 0, weight: 0 }
  const between = { sum: 0, weight: 0 }
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < columns; j++) {
      const cell = i * columns + j
      const people = count[cell]!
      if (people < 2) continue
      const into = i === j ? own : between
      into.sum += products[cell]! - (sumOfFirst[cell]! * sumOfFirst[j * columns + i]!) / people
      into.weight += people - 1
    }
  return {
    variance: own.weight > 0 ? own.sum / own.weight : null,
    covariance: between.weight > 0 ? between.sum / between.weight : null,
  }
}

/**
 * The standard error of measurement: by how much somebody's score would differ from try to try, were they to forget
 * the quiz in between; s × √(1 − alpha), in the unit of `scores`. Null where alpha is null or below nought, as the
 * questions then measure nothing in common.
 *
 * Lord and Novick (1968), chapter 3; Moodle documentation, "Quiz statistics calculations", standard error.
 */
export function standardError(scores: readonly number[], alpha: number | null): number | null {
  const spread = deviation(scores)
  return spread === null || alpha === null || alpha < 0 ? null : spread * Math.sqrt(1 - alpha)
}
