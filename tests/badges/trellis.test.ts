import { expect, test } from 'vitest'
import { narrowTrellis, type PathStep, standingInWords, wideTrellis } from '../../src/badges/trellis.ts'

const step = (badge: string, after: string[] = [], state: PathStep['state'] = 'far'): PathStep => ({
  badge,
  title: 'A badge with a rather long title',
  emblem: 'sprout',
  tint: 'moss',
  state,
  href: `/path/${badge}`,
  after,
  progress: { have: 2, need: 4 },
})

const path = [
  step('supporter', [], 'held'),
  step('host', ['supporter']),
  step('moderator', ['supporter'], 'near'),
  step('mentor', ['moderator']),
  step('leader', ['mentor']),
]

test('each badge stands above those it stands on, and inside the drawing', () => {
  for (const trellis of [wideTrellis(path), narrowTrellis(path)]) {
    const height = Object.fromEntries(trellis.standings.map(({ step, y }) => [step.badge, y]))
    for (const { step, x, y } of trellis.standings) {
      for (const under of step.after) expect(y).toBeLessThan(height[under] ?? 0)
      expect(x).toBeGreaterThan(trellis.badgeSize / 2)
      expect(x).toBeLessThan(trellis.width - trellis.badgeSize / 2)
      expect(y).toBeGreaterThan(trellis.badgeSize / 2)
    }
  }
})

test('on a phone the longest way up is the stem, and the others branch off it', () => {
  const { standings } = narrowTrellis(path)
  expect(standings.map(({ step }) => step.badge)).toEqual([
    'supporter',
    'host',
    'moderator',
    'mentor',
    'leader',
  ])
  const stem = new Set(standings.filter(({ step }) => step.badge !== 'host').map(({ x }) => x))
  expect(stem.size).toBe(1)
})

test('leaves grow only on the way to what is held', () => {
  const grown = wideTrellis(path).shoots.filter(({ leaves }) => leaves !== '')
  expect(grown.map(({ state }) => state)).toEqual(['held'])
})

test('a path that bites its tail, or stands on what is not there, is drawn all the same', () => {
  const odd = [step('a', ['b']), step('b', ['a']), step('c', ['nowhere'])]
  expect(wideTrellis(odd).standings).toHaveLength(3)
  expect(narrowTrellis(odd).standings).toHaveLength(3)
  expect(narrowTrellis([]).standings).toEqual([])
})

test('standing is told by what one has', () => {
  expect(standingInWords(step('a'))).toBe('2 of 4')
  expect(standingInWords({ ...step('a'), progress: { have: 9, need: 4 } })).toBe('4 of 4')
  expect(standingInWords(step('a', [], 'held'))).toBe('Held')
})
