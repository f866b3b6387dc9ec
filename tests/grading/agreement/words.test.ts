import { expect, test } from 'vitest'
import { agreementOf } from '../../../src/grading/agreement/agreement.ts'
import { severity } from '../../../src/grading/agreement/severity.ts'
import type { Pair } from '../../../src/grading/agreement/table.ts'
import {
  bandOf,
  decimal,
  intervalInWords,
  severityInWords,
  signed,
  stepsBetween,
  tells,
  valueInWords,
} from '../../../src/grading/agreement/words.ts'

const given = (count: number, pairOf: (n: number) => Pair) =>
  agreementOf(
    Array.from({ length: count }, (_, n) => [pairOf(n)]),
    3,
  )

test.each([
  ['poor', -0.01, -1],
  ['slight', 0, 0.2],
  ['fair', 0.21, 0.4],
  ['moderate', 0.41, 0.6],
  ['substantial', 0.61, 0.8],
  ['almost perfect', 0.81, 1],
])('a kappa is called %s from %d to %d, as Landis and Koch (1977) say', (word, from, to) => {
  expect([bandOf(from), bandOf(to)]).toEqual([word, word])
})

test('what is shown as 0.60 is called what 0.60 is called', () => {
  expect(bandOf(0.6021)).toBe('moderate')
})

test('minus signs are minus signs, and nothing is minus nothing', () => {
  expect([decimal(-0.001), decimal(-0.5), signed(0.25), signed(-0.25), signed(0.001)]).toEqual([
    ...['0.00', '−0.50', '+0.25', '−0.25', '0.00'],
  ])
})

test('without pairs, and with nothing to tell apart, words stand where a figure would', () => {
  const none = given(0, () => [0, 0])
  expect([valueInWords('exact', none), intervalInWords('exact', none)]).toEqual([
    'No pairs yet',
    'too few to say',
  ])
  const same = given(20, () => [2, 2])
  expect([valueInWords('kappa', same), intervalInWords('kappa', same)]).toEqual([
    'Can’t be told',
    'all the same level',
  ])
  // Twenty of twenty are not "likely between 100% and 100%".
  expect([valueInWords('exact', same), intervalInWords('exact', same)]).toEqual(['100%', 'can’t be told'])
})

test('nine pairs are too few to say, and ten are said', () => {
  const pairOf = (n: number): Pair => [n % 3, n % 2 === 0 ? n % 3 : 1]
  expect(intervalInWords('kappa', given(9, pairOf))).toBe('too few to say')
  expect(intervalInWords('exact', given(10, pairOf))).toMatch(/^\d+% to \d+%$/)
})

const beside = (pairs: Pair[][]) => severity(pairs.map(one => ({ at: new Date(), pairs: one })))

test('what somebody’s severity means is said without a word of blame, and no sooner than it is known', () => {
  const few = beside([[[2, 1]]])
  expect(severityInWords('Your', few, 1)).toContain('too little yet')
  expect(stepsBetween(few, 1)).toBe('too few to say')
  const mixed = beside(Array.from({ length: 20 }, (_, n) => [n % 2 === 0 ? [2, 1] : [1, 2]]))
  expect(severityInWords('Your', mixed, 20)).toContain('neither clearly above nor clearly below')
  const above = beside(Array.from({ length: 20 }, (_, n): Pair[] => (n % 2 === 0 ? [[2, 1]] : [[2, 2]])))
  expect(severityInWords('Their', above, 20)).toBe(
    'Their levels lie above the other marker’s by 0.50 of a level on average: as if about one criterion in 2 were a level higher.',
  )
  expect(tells(above.interval)).toBe(true)
  expect(severityInWords('Your', beside([]), 0)).toBe('No reflection has been marked twice yet.')
})
