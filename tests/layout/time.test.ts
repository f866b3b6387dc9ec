import { expect, test } from 'vitest'
import { dayInWords, momentInWords, sinceInWords } from '../../src/layout/time.ts'

const at = (iso: string) => new Date(iso)

test('a moment is told in the reader’s zone', () => {
  const evening = at('2026-11-22T11:30:00Z')
  expect(dayInWords(evening, 'Pacific/Auckland')).toBe('23 November 2026')
  expect(dayInWords(evening, 'Europe/London')).toBe('22 November 2026')
  expect(momentInWords(evening, 'Europe/London')).toBe('22 November 2026 at 11:30')
})

test('how long ago is told in one unit', () => {
  const now = at('2026-11-22T12:00:00Z')
  expect(sinceInWords(at('2026-11-22T11:59:30Z'), now)).toBe('just now')
  expect(sinceInWords(at('2026-11-22T11:20:00Z'), now)).toBe('40 minutes ago')
  expect(sinceInWords(at('2026-11-22T09:00:00Z'), now)).toBe('3 hours ago')
  expect(sinceInWords(at('2026-11-01T09:00:00Z'), now)).toBe('3 weeks ago')
  expect(sinceInWords(at('2026-12-06T09:00:00Z'), now)).toBe('in 2 weeks')
  expect(sinceInWords(at('2026-02-01T09:00:00Z'), now)).toBe('1 February 2026')
})

test('yesterday is yesterday by the reader’s calendar, not 24 hours ago', () => {
  const now = at('2026-11-22T12:00:00Z')
  const before = at('2026-11-20T11:50:00Z')
  expect(sinceInWords(before, now, 'Europe/London')).toBe('2 days ago')
  expect(sinceInWords(at('2026-11-21T11:50:00Z'), now, 'Europe/London')).toBe('yesterday')
})
