import { expect, test } from 'vitest'
import { judge } from '../../src/badges/criteria.ts'
import { type Criterion, criterionSchema } from '../../src/badges/criterion.ts'
import type { Facts } from '../../src/badges/facts.ts'
import { inWords } from '../../src/badges/words.ts'
import { outline, someone } from './arbitrary.ts'

const today = '2026-06-01'
const standing = (criterion: Criterion, facts: Partial<Facts>) =>
  judge(criterion, someone(facts), today, outline)

const hours = (more: object = {}) =>
  criterionSchema.parse({ 'supervised-hours': { kind: 'group_chat', hours: 2, ...more } })
const supervised = (...minutes: [string, number][]) => ({ supervised: { group_chat: minutes } })

test('hours with somebody beside one are counted in minutes and shown by the half hour', () => {
  expect(standing(hours(), {})).toMatchObject({ have: 0, need: 2, met: false })
  expect(standing(hours(), supervised(['2026-01-05', 55], ['2026-02-05', 64]))).toMatchObject({
    ...{ have: 1.5, need: 2, met: false, metFrom: null },
    label: '2 hours of group chats with somebody beside you',
  })
  expect(standing(hours(), supervised(['2026-01-05', 55], ['2026-02-05', 65]))).toMatchObject({ met: true })
})

test('hours of late run out when they are too long ago', () => {
  const lately = hours({ within: '26 weeks' })
  const facts = supervised(['2026-01-05', 60], ['2026-05-01', 60])
  expect(standing(lately, facts)).toMatchObject({ have: 2, met: true, metUntil: '2026-07-06' })
  expect(judge(lately, someone(facts), '2026-07-06', outline)).toMatchObject({ have: 1, met: false })
})

test('how many hours may depend on who they are', () => {
  const either = hours({ hours: { adult: 3, teen: 1 } })
  const facts = supervised(['2026-05-01', 60])
  expect(standing(either, { ...facts, ageBand: 'teen' })).toMatchObject({ need: 1, met: true })
  expect(standing(either, { ...facts, ageBand: 'adult' })).toMatchObject({ need: 3, met: false })
  expect(inWords(either, outline).text).toBe('3 hours of group chats with somebody beside you (teens: 1)')
})

test('a session that passed a checklist counts, once or as often as is asked', () => {
  const assessed = (more: object = {}) =>
    criterionSchema.parse({ assessed: { checklist: 'leading', ...more } })
  const facts = { assessed: { leading: [['2026-05-01', 1]] as const } }
  expect(standing(assessed(), {})).toMatchObject({ have: 0, need: 1, met: false })
  expect(standing(assessed(), facts)).toMatchObject({ met: true, label: 'Leading: seen and passed' })
  expect(standing(assessed({ count: 2, within: '4 weeks' }), facts)).toMatchObject({
    ...{ have: 0, need: 2, met: false, label: 'Leading: 2 times, seen and passed in the last 4 weeks' },
  })
})
