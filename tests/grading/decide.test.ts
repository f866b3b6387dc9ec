import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { decide, decideAppeal, type Mark, type Outcome } from '../../src/grading/decide.ts'

const rubric = content().rubric('reflection')!
const ids = ['not-yet', 'partly', 'there']

/** A mark by points for each criterion: honesty, connection, care. */
const mark = (gradeId: number, points: [number, number, number], outcome: Outcome = 'pass'): Mark => ({
  gradeId,
  outcome,
  levels: { honesty: ids[points[0]]!, connection: ids[points[1]]!, care: ids[points[2]]! },
})
const under = (rule: 'first' | 'mean' | 'higher', first: Mark, second: Mark, tolerance = 1) =>
  decide({ first, second }, rubric, { first: 10, share: 0.15, tolerance, rule }, true)

describe('two marks', () => {
  test('of which the first counts', () =>
    expect(under('first', mark(1, [1, 1, 1]), mark(2, [2, 1, 1]))).toMatchObject({
      ...{ rule: 'first', gradeIds: [1, 2], levels: mark(1, [1, 1, 1]).levels },
    }))

  test('of which the higher counts, in outcome before points, and the first where they are alike', () => {
    expect(under('higher', mark(1, [1, 1, 1]), mark(2, [2, 1, 1]))).toMatchObject({ gradeIds: [2, 1] })
    expect(under('higher', mark(1, [1, 1, 1], 'distinction'), mark(2, [2, 1, 1]))).toMatchObject({
      ...{ gradeIds: [1, 2], outcome: 'distinction' },
    })
    expect(under('higher', mark(1, [1, 2, 1]), mark(2, [2, 1, 1]))).toMatchObject({ gradeIds: [1, 2] })
  })

  test('of which the mean counts: level by level, halfway the higher; a distinction takes both', () =>
    expect(under('mean', mark(1, [0, 1, 2], 'distinction'), mark(2, [2, 2, 1]), 5)).toMatchObject({
      outcome: 'pass',
      levels: mark(0, [1, 2, 2]).levels,
    }))

  test.each([
    ['one returns it', mark(1, [1, 1, 1]), mark(2, [1, 1, 1], 'return'), 'adjudication'],
    ['two points apart', mark(1, [0, 1, 1]), mark(2, [2, 1, 1]), 'adjudication'],
    ['one point apart', mark(1, [1, 1, 1]), mark(2, [2, 1, 1]), 'settled'],
    ['levels that even out', mark(1, [0, 2, 1]), mark(2, [2, 0, 1]), 'settled'],
    ['praise against a pass', mark(1, [2, 2, 2], 'distinction'), mark(2, [2, 2, 2]), 'settled'],
  ])('that differ: %s', (_, first, second, comes) => {
    const decided = under('higher', first, second)
    expect(typeof decided === 'string' ? decided : 'settled').toBe(comes)
  })
})

describe('an appeal', () => {
  const stood = { outcome: 'pass' as const, levels: mark(1, [1, 1, 1]).levels }

  test('lifts a result', () =>
    expect(decideAppeal(stood, mark(9, [2, 2, 2], 'distinction'))).toMatchObject({
      ...{ outcome: 'distinction', rule: 'appeal', gradeIds: [9], levels: mark(9, [2, 2, 2]).levels },
    }))

  test('never lowers one', () =>
    expect(decideAppeal(stood, mark(9, [0, 0, 0], 'return'))).toMatchObject({ ...stood, gradeIds: [9] }))
})
