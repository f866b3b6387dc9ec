import { describe, expect, test } from 'vitest'
import { driftLimits, driftOf, hasDrifted } from '../../../src/grading/agreement/drift.ts'
import { rolling } from '../../../src/grading/agreement/over-time.ts'
import { type Beside, severity } from '../../../src/grading/agreement/severity.ts'
import type { Pair } from '../../../src/grading/agreement/table.ts'

const now = new Date('2026-11-20T12:00:00Z')
const day = 24 * 60 * 60_000
const ago = (days: number) => new Date(now.getTime() - days * day)
const tries = (count: number, pairsOf: (n: number) => Pair[], from = 0): Beside[] =>
  Array.from({ length: count }, (_, n) => ({ at: ago(from + n), pairs: pairsOf(n) }))
/** Two of three criteria alike, the third now a level higher, now a level lower. */
const fair = (n: number): Pair[] => [[1, 1], [2, 2], n % 2 === 0 ? [2, 1] : [1, 2]]
const generous: Pair[] = [
  [2, 1],
  [2, 1],
  [2, 2],
]

describe('how strict or generous a mentor is', () => {
  test('is the mean of their tries, each the mean of its criteria, in levels', () => {
    expect(severity([{ at: now, pairs: generous }]).value).toBeCloseTo(2 / 3, 10)
    const both: Beside[] = [
      { at: now, pairs: generous },
      { at: now, pairs: [[0, 1]] },
    ]
    expect(severity(both).value).toBeCloseTo((2 / 3 - 1) / 2, 10)
  })

  test('is seen from the other side with the sign turned', () => {
    const turned = tries(20, n => fair(n).map(([own, other]): Pair => [other, own]))
    expect(severity(turned).value).toBeCloseTo(-severity(tries(20, fair)).value!, 10)
  })

  test('is nothing without tries, and has no interval from a few', () => {
    expect(severity([])).toEqual({ value: null, interval: null })
    expect(severity(tries(9, fair)).interval).toBeNull()
    expect(severity(tries(10, fair)).interval).not.toBeNull()
  })
})

describe('a mentor has drifted', () => {
  const enough = driftLimits.tries

  test('when they are always a level more generous on two criteria of three, or stricter', () => {
    expect(driftOf(tries(enough, () => generous))).toBe('more generous')
    const strict = generous.map(([own, other]): Pair => [other, own])
    expect(driftOf(tries(enough, () => strict))).toBe('stricter')
  })

  test('when one level in three is the other’s, to whichever side', () => {
    const apart = (n: number): Pair[] =>
      n % 2 === 0
        ? [
            [2, 1],
            [0, 1],
            [1, 1],
          ]
        : [
            [1, 2],
            [1, 0],
            [2, 2],
          ]
    expect(driftOf(tries(enough, apart))).toBe('apart')
  })

  test('not when they differ now to one side and now to the other, as people do', () => {
    expect(hasDrifted(tries(enough, fair))).toBe(false)
  })

  test('not when one try stands out: the interval holds 0', () => {
    const once = tries(enough, n => (n === 0 ? [[5, 0]] : [[1, 1]]))
    expect(severity(once).value).toBeGreaterThan(driftLimits.steps - 0.01)
    expect(hasDrifted(once, { ...driftLimits, steps: 0.3 })).toBe(false)
  })

  test('not before there are enough tries to say so', () => {
    expect(hasDrifted(tries(enough - 1, () => generous))).toBe(false)
  })

  test('seldom by chance, though it is asked with every new try; soon when they are apart', () => {
    // As `Math.random`, the same each time.
    let state = 7
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647
    const byChance = (alike: number) => (): Pair[] =>
      Array.from({ length: 3 }, () => [random() < alike ? 1 : random() < 0.5 ? 0 : 2, 1])
    const looks = (alike: number, count: number) => {
      const given = tries(count, byChance(alike))
      return given.filter((_, n) => n >= enough && hasDrifted(given.slice(n - enough, n))).length
    }
    expect(looks(0.67, 1000)).toBeLessThan(5)
    expect(looks(0.25, 100)).toBeGreaterThan(60)
  })

  test('by their latest tries alone, in whatever order they come: what was long ago is over', () => {
    const now = tries(enough, fair)
    const before = tries(30, () => generous, enough)
    expect(hasDrifted([...before, ...now].toReversed())).toBe(false)
    expect(hasDrifted(before)).toBe(true)
  })
})

test('a year goes by in twelve windows of three months, each try in three of them', () => {
  const windows = rolling(tries(400, fair), now)
  expect(windows).toHaveLength(12)
  expect(windows.at(-1)!.until).toEqual(now)
  expect(windows.map(({ things }) => things.length).slice(3, 12)).toEqual(new Array(9).fill(90))
  const held = windows.filter(({ things }) => things.some(({ at }) => at.getTime() === ago(100).getTime()))
  expect(held).toHaveLength(3)
})
