import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cronbachAlpha, standardError } from '../../../src/quizzes/analysis/alpha.ts'
import { itemRest, pointBiserial, type Scored } from '../../../src/quizzes/analysis/correlation.ts'
import { discriminationIndex } from '../../../src/quizzes/analysis/discrimination.ts'
import { facility } from '../../../src/quizzes/analysis/facility.ts'
import { deviation } from '../../../src/quizzes/analysis/mean.ts'
import { quartiles } from '../../../src/quizzes/analysis/quartiles.ts'
import { meanAmong, ranked } from '../../../src/quizzes/analysis/ranked.ts'
import { lsat, moodle, worksheet, wuensch } from './published.ts'

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
/** As published figures are rounded. */
const rounded = (value: number | null, digits: number) => Number(value?.toFixed(digits))
const column = (rows: readonly (readonly number[])[], index: number) => rows.map(row => row[index]!)

/** Question number `index` of a quiz that everybody answered, one point each. */
const scored = (rows: readonly (readonly number[])[], index: number): Scored[] =>
  rows.map(row => ({
    ...{ share: row[index]!, total: sum(row) / row.length },
    rest: (sum(row) - row[index]!) / (row.length - 1),
  }))

describe('against published worked examples', () => {
  test('facility and D are those printed on the Item Analysis Worksheet', () => {
    worksheet.difficulty.forEach((p, index) => {
      expect(rounded(facility(column(worksheet.answers, index)), 2)).toBe(p)
      const d = discriminationIndex(scored(worksheet.answers, index), 0.5)
      expect(rounded(d, 2)).toBe(worksheet.discrimination[index])
    })
  })

  test('facility and item-rest correlation are those of Moodle’s own check, partly right answers and weights included', () => {
    for (const { tries, points, ...expected } of moodle) {
      const people = tries.map(({ sum, earned }) => ({
        ...{ share: earned / points, total: sum / 20, rest: (sum - earned) / (20 - points) },
      }))
      expect(facility(people.map(({ share }) => share))! * 100).toBeCloseTo(expected.facility, 6)
      expect(itemRest(people)! * 100).toBeCloseTo(expected.discrimination, 6)
    }
  })

  test('point-biserials with and without the question are those of ltm for the LSAT (Rizopoulos 2006)', () => {
    expect(lsat.answers).toHaveLength(1000)
    lsat.difficulty.forEach((p, index) => {
      const people = scored(lsat.answers, index)
      expect(facility(column(lsat.answers, index))).toBeCloseTo(p, 10)
      expect(rounded(pointBiserial(people), 4)).toBe(lsat.included[index])
      expect(rounded(itemRest(people), 4)).toBe(lsat.excluded[index])
    })
  })

  test('alpha of the LSAT is the 0.295 that ltm gives', () => {
    expect(rounded(cronbachAlpha(lsat.answers), 3)).toBe(lsat.alpha)
  })

  test('for right and wrong alpha is KR-20, by Wuensch’s variances', () => {
    wuensch.difficulty.forEach((p, index) =>
      expect(facility(column(wuensch.answers, index))).toBeCloseTo(p, 10),
    )
    const kr20 = (10 / 9) * (1 - sum(wuensch.pq) / wuensch.variance)
    expect(cronbachAlpha(wuensch.answers)).toBeCloseTo(kr20, 10)
    expect(rounded(kr20, 3)).toBe(0.696)
  })

  test('the standard error is s √(1 − alpha), by Wuensch’s variances', () => {
    const totals = wuensch.answers.map(sum)
    const kr20 = (10 / 9) * (1 - sum(wuensch.pq) / wuensch.variance)
    const expected = Math.sqrt((wuensch.variance * 10) / 9) * Math.sqrt(1 - kr20)
    expect(standardError(totals, cronbachAlpha(wuensch.answers))).toBeCloseTo(expected, 10)
  })

  test('quartiles are those of R’s documentation for 1 to 10: 3.25, 5.5 and 7.75', () => {
    expect(quartiles([10, 2, 3, 4, 5, 6, 7, 8, 9, 1])).toEqual([3.25, 5.5, 7.75])
  })
})

const cell = fc.integer({ min: 0, max: 4 }).map(points => points / 4)
const rows = (people: number, questions: number) =>
  fc.array(fc.array(cell, { minLength: questions, maxLength: questions }), {
    minLength: people,
    maxLength: people + 20,
  })

describe('formulas that must agree', () => {
  test('alpha is Cronbach’s k ÷ (k − 1) × (1 − Σ variances ÷ variance of totals) where all answered all', () => {
    fc.assert(
      fc.property(rows(3, 5), answers => {
        const variances = sum([0, 1, 2, 3, 4].map(index => deviation(column(answers, index))! ** 2))
        const whole = deviation(answers.map(sum))! ** 2
        const alpha = cronbachAlpha(answers)
        if (whole < 1e-9) expect(alpha).toBeNull()
        else expect(alpha).toBeCloseTo((5 / 4) * (1 - variances / whole), 8)
      }),
    )
  })

  test('the point-biserial is (M₁ − M₀) ÷ s × √(pq) for right and wrong', () => {
    const people = scored(lsat.answers, 2)
    const totals = (right: number) => people.filter(({ share }) => share === right).map(({ total }) => total)
    const [m1, m0] = [facility(totals(1))!, facility(totals(0))!]
    const p = facility(people.map(({ share }) => share))!
    const s = deviation(people.map(({ total }) => total))! * Math.sqrt(999 / 1000)
    expect(pointBiserial(people)).toBeCloseTo(((m1 - m0) / s) * Math.sqrt(p * (1 - p)), 10)
  })

  test('no correlation and no difference lies outside −1 to 1', () => {
    fc.assert(
      fc.property(rows(2, 4), answers => {
        const people = scored(answers, 0)
        for (const value of [itemRest(people), pointBiserial(people), discriminationIndex(people)])
          if (value !== null) expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  test('the order in which people are listed changes nothing', () => {
    fc.assert(
      fc.property(rows(4, 4), answers => {
        const turned = answers.toReversed()
        const both = (of: (people: Scored[]) => number | null) =>
          expect(of(scored(turned, 1)) ?? -9).toBeCloseTo(of(scored(answers, 1)) ?? -9, 8)
        both(discriminationIndex)
        both(itemRest)
        expect(cronbachAlpha(turned) ?? -9).toBeCloseTo(cronbachAlpha(answers) ?? -9, 8)
      }),
    )
  })
})

describe('where people were drawn different questions', () => {
  /** People of different strength, each asked `asked` of `pool` questions in turn. */
  const drawn = (people: number, pool: number, asked: number) =>
    Array.from({ length: people }, (_, person) =>
      Array.from({ length: pool }, (_, question) => {
        const noise = (((person * 7919 + question * 104_729) * 2_654_435_761) % 2 ** 32) / 2 ** 32
        const isAsked = (question * 5 + person * 3) % pool < asked
        return isAsked ? Number(noise < (person % 10) / 10) : null
      }),
    )

  test('alpha of ten drawn from twenty is near that of a quiz of ten, and far from that of twenty', () => {
    const whole = drawn(4000, 20, 20)
    const ten = cronbachAlpha(whole.map(row => row.slice(0, 10)))!
    expect(cronbachAlpha(drawn(4000, 20, 10))).toBeCloseTo(ten, 1)
    expect(cronbachAlpha(whole)! - ten).toBeGreaterThan(0.05)
  })

  test('nothing is made up where no two questions were asked together', () => {
    expect(
      cronbachAlpha([
        [1, null],
        [0, null],
        [null, 1],
        [null, 0],
      ]),
    ).toBeNull()
  })

  test('who was asked nothing else has no rest, and is left out of the correlation with it', () => {
    const alone: Scored = { share: 1, total: 1, rest: null }
    expect(itemRest([alone, alone])).toBeNull()
    const others = scored(worksheet.answers, 0)
    expect(itemRest([alone, ...others])).toBe(itemRest(others))
  })
})

describe('where a figure cannot be had, it is null', () => {
  const same: Scored = { share: 0.5, total: 0.5, rest: 0.5 }

  test('of nobody, and of one person', () => {
    expect(facility([])).toBeNull()
    expect(quartiles([])).toBeNull()
    for (const people of [[], [same]]) {
      expect(itemRest(people)).toBeNull()
      expect(pointBiserial(people)).toBeNull()
      expect(discriminationIndex(people)).toBeNull()
    }
    expect(cronbachAlpha([])).toBeNull()
    expect(cronbachAlpha([[1, 0, 1]])).toBeNull()
  })

  test('where all did equally well', () => {
    expect(itemRest([same, same, same])).toBeNull()
    expect(discriminationIndex([same, same, same])).toBeNull()
    expect(cronbachAlpha([[1, 1], [1, 1]])).toBeNull() // prettier-ignore
  })

  test('of one question there is no alpha, and from an alpha below nought no standard error', () => {
    expect(cronbachAlpha([[1], [0]])).toBeNull()
    expect(standardError([0.2, 0.8], -0.3)).toBeNull()
    expect(standardError([0.2, 0.8], null)).toBeNull()
  })
})

test('people who are equally strong at the edge of a group count for the places that are left', () => {
  const people = [
    { at: 3, right: 1 },
    { at: 2, right: 1 },
    { at: 2, right: 0 },
    { at: 1, right: 0 },
  ]
  const blocks = ranked(people, ({ at }) => at)
  expect(meanAmong(blocks, 0, 2, ({ right }) => right)).toBe(0.75)
  expect(meanAmong(blocks, 2, 4, ({ right }) => right)).toBe(0.25)
})
