import { expect, test } from 'vitest'
import { after, duration, inWords, milliseconds } from '../../src/authoring/duration.ts'

test.each([
  ['12 hours', 12 * 3_600_000, '12 hours'],
  ['1 hours', 3_600_000, '1 hour'],
  ['1 day', 86_400_000, '1 day'],
  ['2 weeks', 14 * 86_400_000, '2 weeks'],
  ['30 minutes', 1_800_000, '30 minutes'],
])('%s', (written, length, words) => {
  const read = duration.parse(written)
  expect(milliseconds(read)).toBe(length)
  expect(inWords(read)).toBe(words)
})

test.each(['soon', '2', '0 days', '-1 days', '2 fortnights', '1.5 hours', 'a week'])('not %s', written => {
  expect(duration.safeParse(written).success).toBe(false)
})

test('two weeks after a grant, over the end of summer time', () => {
  const due = after(new Date('2026-10-20T09:00:00Z'), duration.parse('2 weeks'))
  expect(due.toISOString()).toBe('2026-11-03T09:00:00.000Z')
})
