import { expect, test } from 'vitest'
import { agreementOf } from '../../../src/grading/agreement/agreement.ts'
import { fewest, intervalsOf, usual } from '../../../src/grading/agreement/bootstrap.ts'
import type { Pair } from '../../../src/grading/agreement/table.ts'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const intervalOfMean = (values: readonly number[], how = usual) =>
  intervalsOf(values, sample => ({ mean: mean(sample) }), how).mean

test('the interval of a mean is where theory puts it: 1.96 standard errors to either side', () => {
  const values = Array.from({ length: 400 }, (_, n) => (n * 37) % 100)
  const spread = Math.sqrt(mean(values.map(value => (value - mean(values)) ** 2)))
  const error = (1.96 * spread) / Math.sqrt(values.length)
  const [low, high] = intervalOfMean(values, { ...usual, resamples: 4000 })!
  expect(low).toBeCloseTo(mean(values) - error, 0)
  expect(high).toBeCloseTo(mean(values) + error, 0)
})

test('a wider level is a wider interval, and holds the narrower', () => {
  const values = Array.from({ length: 30 }, (_, n) => n)
  const [narrow, wide] = [0.8, 0.99].map(level => intervalOfMean(values, { ...usual, level })!)
  expect(wide![0]).toBeLessThan(narrow![0])
  expect(wide![1]).toBeGreaterThan(narrow![1])
})

test('the same marks and the same seed give the same interval; another seed nearly the same', () => {
  const values = Array.from({ length: 50 }, (_, n) => n % 7)
  expect(intervalOfMean(values)).toEqual(intervalOfMean(values))
  expect(intervalOfMean(values, { ...usual, seed: 7 })![0]).toBeCloseTo(intervalOfMean(values)![0], 0)
})

test('nine tries are too few to say, ten are enough', () => {
  const values = Array.from({ length: fewest }, (_, n) => n)
  expect(intervalOfMean(values.slice(1))).toBeNull()
  expect(intervalOfMean(values)).not.toBeNull()
})

test('a statistic that most samples leave undefined has no interval', () => {
  const values = Array.from({ length: 20 }, (_, n) => n)
  const { odd } = intervalsOf(values, sample => ({ odd: sample[0]! % 2 === 0 ? null : 1 }))
  expect(odd).toBeNull()
})

test('a try is drawn whole: four levels that always go together are not four times as sure as one', () => {
  const pairs: Pair[] = Array.from({ length: 40 }, (_, n) => [n % 3, n % 4 === 0 ? 0 : n % 3])
  const one = agreementOf(
    pairs.map(pair => [pair]),
    3,
  )
  const four = agreementOf(
    pairs.map(pair => [pair, pair, pair, pair]),
    3,
  )
  expect(four.exact).toEqual(one.exact)
  expect(four.kappa.interval).toEqual(one.kappa.interval)
  expect([four.tries, four.pairs]).toEqual([40, 160])
})
