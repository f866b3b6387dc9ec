import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Anchor } from '../../../src/grading/calibration/anchors.ts'
import { compare, judgeRound, leans } from '../../../src/grading/calibration/comparing.ts'
import { leanInWords, stepsInWords } from '../../../src/grading/calibration/words.ts'
import type { Rubric } from '../../../src/grading/rubric.ts'

const level = (id: string, points: number) => ({ id, points, title: id, description: id })
const criterion = (id: string) => ({
  ...{ id, title: id, summary: undefined },
  levels: ['none', 'some', 'most', 'all'].map(level),
})
const rubric: Rubric = {
  ...{ id: 'plain', title: 'Plain', summary: 'For any answer.' },
  criteria: [criterion('honest'), criterion('kind')],
}
const anchor = (honest: string, kind: string, outcome: Anchor['outcome'] = 'pass'): Anchor => ({
  ...{ id: 'one', module: 'hosting/welcome', text: 'Words.', note: 'Why.', outcome },
  levels: { honest, kind },
  reasons: { honest: 'Plainly told.', kind: 'Warm.' },
})

describe('one anchor', () => {
  test('agrees where a level is within the tolerance and the outcome is the same', () => {
    const mark = { levels: { honest: 'most', kind: 'none' }, outcome: 'return' as const }
    const compared = compare(anchor('some', 'most'), mark, rubric, 1)
    expect(compared.levels.map(({ steps, agrees, reason }) => [steps, agrees, reason])).toEqual([
      [1, true, 'Plainly told.'],
      [-2, false, 'Warm.'],
    ])
    expect(compared.outcome).toEqual({ given: 'return', reference: 'pass', agrees: false })
    expect([compared.agreed, compared.of]).toEqual([1, 3])
    expect(compare(anchor('some', 'most'), mark, rubric, 0).agreed).toBe(0)
    expect(compare(anchor('some', 'most'), mark, rubric, 2).agreed).toBe(2)
  })

  test('leaves out what the rubric has lost since', () => {
    const mark = { levels: { honest: 'gone', kind: 'all' }, outcome: 'pass' as const }
    const compared = compare(anchor('some', 'all'), mark, rubric, 0)
    expect([compared.levels.length, compared.agreed, compared.of]).toEqual([1, 2, 2])
    expect(compare(anchor('some', 'all'), { levels: {}, outcome: 'pass' }, rubric, 0).of).toBe(1)
  })
})

describe('a round', () => {
  const of = (agreed: number, all: number) => ({
    ...{ levels: [], agreed, of: all },
    outcome: { given: 'pass' as const, reference: 'pass' as const, agrees: true },
  })

  test('is enough when the part that agrees reaches what the course asks, and not one less', () => {
    expect(judgeRound([of(4, 4), of(3, 4), of(5, 7)], { pass: 0.8 })).toEqual({
      ...{ agreed: 12, of: 15, needed: 12, part: 0.8, passed: true },
    })
    expect(judgeRound([of(11, 15)], { pass: 0.8 }).passed).toBe(false)
    // In binary 0.56 × 25 is a little more than 14, and 14 are enough.
    expect(judgeRound([of(14, 25)], { pass: 0.56 }).passed).toBe(true)
    expect(judgeRound([of(13, 25)], { pass: 0.56 }).passed).toBe(false)
    expect(judgeRound([of(14, 15)], { pass: 1 }).passed).toBe(false)
  })

  test('never falls when one more level agrees', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 60 })
          .chain(all => fc.tuple(fc.integer({ min: 0, max: all - 1 }), fc.constant(all))),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        ([agreed, all], pass) => {
          const fewer = judgeRound([of(agreed, all)], { pass })
          const more = judgeRound([of(agreed + 1, all)], { pass })
          expect(more.part).toBeGreaterThan(fewer.part)
          if (fewer.passed) expect(more.passed).toBe(true)
          if (agreed + 1 === all) expect(more.passed).toBe(true)
        },
      ),
    )
  })

  test('tells on which criterion somebody is stricter or more generous', () => {
    const marked = [
      compare(
        anchor('some', 'all'),
        { levels: { honest: 'most', kind: 'some' }, outcome: 'pass' },
        rubric,
        0,
      ),
      compare(
        anchor('some', 'most'),
        { levels: { honest: 'some', kind: 'some' }, outcome: 'pass' },
        rubric,
        0,
      ),
    ]
    expect(leans(marked)).toEqual([
      { title: 'honest', agreed: 1, of: 2, steps: 0.5 },
      { title: 'kind', agreed: 0, of: 2, steps: -1.5 },
    ])
    expect(leans(marked).map(leanInWords)).toEqual([
      'On the whole a little more generous than the reference.',
      'On the whole stricter than the reference.',
    ])
    expect(leanInWords({ steps: 0.2 })).toBe('')
  })
})

test('steps are told in words', () => {
  expect([
    stepsInWords({ steps: 0, agrees: true }),
    stepsInWords({ steps: 1, agrees: true }),
    stepsInWords({ steps: -2, agrees: false }),
  ]).toEqual([
    'The same as the reference',
    'One step higher than the reference, which is near enough',
    'Two steps lower than the reference',
  ])
})
