import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from '../../../src/badges/criteria.ts'
import type { Criterion } from '../../../src/badges/criterion.ts'
import { plusDays } from '../../../src/badges/day.ts'
import { isMetOn } from '../../../src/badges/days-met.ts'
import { differing } from '../../../src/badges/rules/differing.ts'
import { sameRules } from '../../../src/badges/rules/rules-of.ts'
import { criteriaInForce, type InForce, inTodaysWords } from '../../../src/badges/rules/version.ts'
import { nothingRenamed } from '../../../src/authoring/renamed.ts'
import { inWords } from '../../../src/badges/words.ts'
import { criteria, days, facts, outline, someone } from '../arbitrary.ts'

const chats = (count: number): Criterion => ({ kind: 'evidence', evidence: 'group_chat', count })
const guides = (count: number): Criterion => ({ kind: 'guides-completed', count })
const all = (...parts: Criterion[]): Criterion => ({ kind: 'all', criteria: parts })

let number = 0
const version = (asked: Criterion, from: string, keepUntil: string | null = null) =>
  ({ number: ++number, criteria: asked, inForceFrom: new Date(from), keepUntil }) as InForce
const inForce = (...versions: InForce[]) =>
  criteriaInForce(versions, versions.at(-1)!.criteria, nothingRenamed)!

test('other words, another order and another way to write a fortnight are the same rules', () => {
  const lately = (amount: number, unit: 'days' | 'weeks'): Criterion => ({
    ...{ kind: 'evidence', evidence: 'group_chat', count: 2 },
    within: { amount, unit },
  })
  expect(sameRules(all(chats(2), guides(3)), all({ ...guides(3), label: 'Three of them' }, chats(2)))).toBe(
    true,
  )
  expect(sameRules(lately(2, 'weeks'), lately(14, 'days'))).toBe(true)
  expect(sameRules(lately(2, 'weeks'), lately(2, 'days'))).toBe(false)
  expect(sameRules(chats(2), chats(3))).toBe(false)
  expect(sameRules(all(chats(2)), { kind: 'any', criteria: [chats(2)] })).toBe(false)
  const asks = (ask?: string): Criterion => ({ kind: 'application', for: 'mentor', ask })
  expect(sameRules(asks('Why you?'), asks())).toBe(true)
})

test('rules that went through the database are the same rules still', () => {
  fc.assert(
    fc.property(criteria, rule => {
      expect(sameRules(JSON.parse(JSON.stringify(rule)) as Criterion, rule)).toBe(true)
    }),
  )
})

test('two rules that are the same are met on the same days by everybody', () => {
  fc.assert(
    fc.property(criteria, criteria, facts, days, (one, other, theirs, today) => {
      if (sameRules(one, other))
        expect(judge(one, theirs, today, outline).metOn).toEqual(judge(other, theirs, today, outline).metOn)
    }),
  )
})

test('a course that was given another name is no other rule', () => {
  const asked = all({ kind: 'course-complete', course: 'old' }, chats(2))
  const renamed = { ...nothingRenamed, courses: { old: 'new' } }
  const written = all({ kind: 'course-complete', course: 'new' }, chats(2))
  expect(sameRules(inTodaysWords(asked, undefined, renamed), written)).toBe(true)
})

test('who moves at once is judged by the new rules alone, whatever was kept before', () => {
  const first = version(chats(2), '2026-01-01')
  const second = version(chats(3), '2026-02-01', '2026-06-01')
  expect(inForce(first)).toEqual(chats(2))
  expect(inForce(first, second)).toMatchObject({
    kind: 'or-earlier',
    until: '2026-06-01',
    joinedBy: '2026-02-01',
  })
  expect(inForce(first, second, version(chats(4), '2026-03-01'))).toEqual(chats(4))
})

test('what was kept goes on beside what is kept next, until its own day; what was over is not begun again', () => {
  const [first, second] = [version(chats(1), '2026-01-01'), version(chats(2), '2026-02-01', '2026-03-01')]
  expect(inForce(first, second, version(chats(3), '2026-02-15', '2026-06-01'))).toMatchObject({
    now: chats(3),
    earlier: { kind: 'or-earlier', now: chats(2), earlier: chats(1), until: '2026-03-01' },
  })
  expect(inForce(first, second, version(chats(3), '2026-04-01', '2026-06-01'))).toMatchObject({
    now: chats(3),
    earlier: chats(2),
  })
})

test('until its last day the earlier rules are enough for whoever was here; then the new ones alone are shown', () => {
  const rule = inForce(version(chats(2), '2026-01-01'), version(chats(5), '2026-02-01', '2026-03-03'))
  const came = someone({ joinedOn: '2026-01-15', evidence: { group_chat: 3 } })
  const on = (day: string, who = came) => judge(rule, who, day, outline)

  expect(on('2026-03-03')).toMatchObject({ met: true, metUntil: '2026-03-04', kind: 'any' })
  expect(on('2026-03-03').label).toBe('You may still finish under the earlier rules until 3 March 2026')
  expect('criteria' in on('2026-03-03') && on('2026-03-03')).toMatchObject({
    criteria: [
      { label: 'The rules now', met: false },
      { label: 'The earlier rules', met: true, criteria: [{ have: 3, need: 2 }] },
    ],
  })
  expect(on('2026-03-04')).toMatchObject({ met: false, kind: 'evidence', have: 3, need: 5, metFrom: null })
  const later = someone({ ...came, joinedOn: '2026-02-02' })
  expect(on('2026-02-10', later)).toMatchObject({ met: false, kind: 'evidence', need: 5 })
})

test('with earlier rules beside them, somebody meets either until the day and the new ones after it', () => {
  fc.assert(
    fc.property(
      criteria,
      criteria,
      facts,
      days,
      days,
      days,
      (now, earlier, theirs, today, until, joinedBy) => {
        const either: Criterion = { kind: 'or-earlier', now, earlier, version: 1, until, joinedBy }
        const metOn = judge(either, theirs, today, outline).metOn
        const [newer, older] = [now, earlier].map(rule => judge(rule, theirs, today, outline).metOn)
        for (let day = '2025-12-30'; day < '2026-06-01'; day = plusDays(day, 1)) {
          const counts = theirs.joinedOn <= joinedBy && day <= until
          expect(isMetOn(metOn, day)).toBe(isMetOn(newer!, day) || (counts && isMetOn(older!, day)))
        }
      },
    ),
  )
})

test('of two versions what stands in one of them alone is marked, however often it stands there', () => {
  const words = (rule: Criterion) => inWords(rule, outline)
  const { one, other } = differing(words(all(chats(2), chats(2), guides(3))), words(all(guides(3), chats(2))))
  expect(one).toMatchObject({ differs: false })
  expect(one.parts.map(({ differs }) => differs)).toEqual([false, true, false])
  expect(other.parts.map(({ differs }) => differs)).toEqual([false, false])
})

test('anybody reads of the earlier rules while they go on, and no longer', () => {
  const words = (until: string) =>
    inWords(
      { kind: 'or-earlier', now: chats(5), earlier: chats(2), version: 1, until, joinedBy: '2026-02-01' },
      outline,
    )
  expect(words('2999-01-01').parts).toMatchObject([
    { text: 'The rules now', parts: [{ text: '5 group chats' }] },
    {
      text: 'Until 1 January 2999 also the earlier rules, for those who had joined by 1 February 2026',
      parts: [{ text: '2 group chats' }],
    },
  ])
  expect(words('2026-02-02')).toEqual({ text: '5 group chats', parts: [] })
})
