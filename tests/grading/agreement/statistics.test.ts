import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  alphaOfPairs,
  krippendorffAlpha,
  type Unit,
} from '../../../src/grading/agreement/krippendorff-alpha.ts'
import { adjacentAgreement, exactAgreement } from '../../../src/grading/agreement/raw-agreement.ts'
import { type Pair, type Table, tableOf } from '../../../src/grading/agreement/table.ts'
import { weightedKappa } from '../../../src/grading/agreement/weighted-kappa.ts'

/** As published figures are rounded. */
const rounded = (value: number | null, digits: number) => Number(value?.toFixed(digits))

describe('against published worked examples', () => {
  // 85 xeromammograms (normal, benign, suspect, cancer) read by two radiologists: N. F. Boyd et al. (1982), in
  // D. G. Altman (1991), "Practical Statistics for Medical Research", p. 403; worked in the Stata manual, [R] kappa,
  // with wgt(w2): 94.77% agreement, 84.09% expected, kappa 0.6714; with wgt(w): 86.67%, 69.11%, 0.5684.
  const radiologists: Table = [
    [21, 12, 0, 0],
    [4, 17, 1, 0],
    [3, 9, 15, 2],
    [0, 0, 0, 1],
  ]

  test('quadratic weights are those of Stata’s manual (Boyd et al. 1982)', () => {
    expect(rounded(weightedKappa(radiologists), 4)).toBe(0.6714)
  })

  test('so are linear weights, and none', () => {
    expect(
      rounded(
        weightedKappa(radiologists, (i, j) => Math.abs(i - j)),
        4,
      ),
    ).toBe(0.5684)
    expect(
      rounded(
        weightedKappa(radiologists, (i, j) => Number(i !== j)),
        4,
      ),
    ).toBe(0.4728)
  })

  test('exact agreement is the 63.53% that Stata’s manual gives; the next level was counted by hand', () => {
    expect(rounded(exactAgreement(radiologists), 4)).toBe(0.6353)
    // All but the three suspects who were called normal.
    expect(adjacentAgreement(radiologists)).toBeCloseTo(82 / 85, 10)
  })

  test('weighted kappa is Cohen’s own 0.348 for his own weights, and 0.492 without (Cohen 1968, table 1)', () => {
    const judges = [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]
    const weights = [
      [0, 1, 3],
      [1, 0, 6],
      [3, 6, 0],
    ]
    expect(
      rounded(
        weightedKappa(judges, (i, j) => weights[i]![j]!),
        3,
      ),
    ).toBe(0.348)
    expect(
      rounded(
        weightedKappa(judges, (i, j) => Number(i !== j)),
        3,
      ),
    ).toBe(0.492)
  })

  // K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section E: four observers give twelve units
  // one of five values, and some of them none.
  const observers = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.']
  const units = Array.from(observers[0]!, (_, unit) =>
    observers.map(values => (values[unit] === '.' ? null : Number(values[unit]) - 1)),
  )

  test.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
  ] as const)(
    'Krippendorff’s %s alpha of his four observers and twelve units is %d (2011)',
    (metric, value) => {
      expect(rounded(krippendorffAlpha(units, 5, metric), 3)).toBe(value)
    },
  )
})

describe('where there is nothing to say, nothing is said', () => {
  test('without pairs', () => {
    const none = tableOf([], 3)
    expect([exactAgreement(none), adjacentAgreement(none), weightedKappa(none)]).toEqual([null, null, null])
    expect(alphaOfPairs(none, 'ordinal')).toBeNull()
    expect(krippendorffAlpha([[0, null], [null]], 3, 'ordinal')).toBeNull()
  })

  test('when everybody always gave one level, of kappa and alpha', () => {
    const same = tableOf(new Array<Pair>(20).fill([2, 2]), 3)
    expect([weightedKappa(same), alphaOfPairs(same, 'ordinal')]).toEqual([null, null])
    expect([exactAgreement(same), adjacentAgreement(same)]).toEqual([1, 1])
  })
})

const levels = 4
const level = fc.nat({ max: levels - 1 })
const manyPairs = fc.array(fc.tuple(level, level), { minLength: 1, maxLength: 60 })
const all = (table: Table) => [
  ...[exactAgreement(table), adjacentAgreement(table), weightedKappa(table)],
  ...(['nominal', 'ordinal', 'interval'] as const).map(metric => alphaOfPairs(table, metric)),
]
const close = (a: (number | null)[], b: (number | null)[]) => {
  a.forEach((value, i) => (value === null ? expect(b[i]).toBeNull() : expect(b[i]).toBeCloseTo(value, 9)))
}

describe('whatever two markers give', () => {
  test('full agreement is 1, wherever it can be told from luck', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1 }), given => {
        const values = all(
          tableOf(
            given.map((one): Pair => [one, one]),
            levels,
          ),
        )
        const varied = new Set(given).size > 1
        expect(values).toEqual(varied ? [1, 1, 1, 1, 1, 1] : [1, 1, null, null, null, null])
      }),
    )
  })

  test('it does not matter which of them is called the first', () => {
    fc.assert(
      fc.property(manyPairs, pairs => {
        close(
          all(tableOf(pairs, levels)),
          all(
            tableOf(
              pairs.map(([a, b]): Pair => [b, a]),
              levels,
            ),
          ),
        )
      }),
    )
  })

  test('nor whether the order of levels is read upwards or downwards', () => {
    const down = (place: number) => levels - 1 - place
    fc.assert(
      fc.property(manyPairs, pairs => {
        close(
          all(tableOf(pairs, levels)),
          all(
            tableOf(
              pairs.map(([a, b]): Pair => [down(a), down(b)]),
              levels,
            ),
          ),
        )
      }),
    )
  })

  test('parts lie between 0 and 1, kappa and alpha between -1 and 1', () => {
    fc.assert(
      fc.property(manyPairs, pairs => {
        const [exact, adjacent, ...corrected] = all(tableOf(pairs, levels))
        expect(exact! >= 0 && exact! <= adjacent! && adjacent! <= 1).toBe(true)
        for (const value of corrected)
          expect(value === null || (value >= -1 - 1e-9 && value <= 1 + 1e-9)).toBe(true)
      }),
    )
  })

  // J. L. Fleiss and J. Cohen (1973), "The equivalence of weighted kappa and the intraclass correlation coefficient as
  // measures of reliability", Educational and Psychological Measurement 33.
  test('quadratic kappa is 2·covariance / (variances + squared difference of means), as Fleiss and Cohen found', () => {
    fc.assert(
      fc.property(manyPairs, pairs => {
        const mean = (of: (pair: Pair) => number) =>
          pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
        const [a, b] = [mean(pair => pair[0]), mean(pair => pair[1])]
        const covariance = mean(pair => (pair[0] - a) * (pair[1] - b))
        const spread = mean(pair => (pair[0] - a) ** 2) + mean(pair => (pair[1] - b) ** 2) + (a - b) ** 2
        const kappa = weightedKappa(tableOf(pairs, levels))
        if (kappa === null) expect(spread).toBeCloseTo(0, 9)
        else expect(kappa).toBeCloseTo((2 * covariance) / spread, 9)
      }),
    )
  })

  test('alpha of pairs is the alpha of any number of raters, asked of two; a unit rated once changes nothing', () => {
    fc.assert(
      fc.property(manyPairs, level, (pairs, alone) => {
        const units: Unit[] = [...pairs, [alone], [null, alone], []]
        for (const metric of ['nominal', 'ordinal', 'interval'] as const)
          close([alphaOfPairs(tableOf(pairs, levels), metric)], [krippendorffAlpha(units, levels, metric)])
      }),
    )
  })
})
