import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge } from '../../../src/badges/criteria.ts'
import type { Criterion } from '../../../src/badges/criterion.ts'
import { plusDays } from '../../../src/badges/day.ts'
import { type Deed, type Pace, windowFor } from '../../../src/badges/projection/pace.ts'
import { projected } from '../../../src/badges/projection/projected.ts'
import { both, facts, monotone, outline, someone } from '../arbitrary.ts'
import { hits } from './lives.ts'

const today = '2026-06-01'
const ago = (days: number) => plusDays(today, -days)
const deeds = (what: Deed['what'], of: string, ...days: number[]): Deed[] =>
  days.map(day => ({ what, of, on: ago(day), count: 1 }))
const chats = (...days: number[]) => deeds('evidence', 'group_chat', ...days)
const lately = (...some: Deed[]): Pace => ({ deeds: some, days: 56 })

const of = (criterion: Criterion, has: Parameters<typeof someone>[0], pace: Pace) =>
  projected(judge(criterion, someone(has), today, outline), pace, today)

const eightChats: Criterion = { kind: 'evidence', evidence: 'group_chat', count: 8 }
const tenGuides: Criterion = { kind: 'guides-completed', count: 10 }
const fourWeeks: Criterion = { kind: 'weeks-since-joining', weeks: 4 }
const lead: Criterion = { kind: 'endorsements', for: 'mentor', by: ['moderator'], count: 1 }

describe('a projection', () => {
  test('takes what is left at the pace of eight weeks and of the last four, with room at both ends', () => {
    // Four in eight weeks, two of them in the last four: one in 14 days, and four are left.
    const between = of(eightChats, { evidence: { group_chat: 4 } }, lately(...chats(50, 40, 20, 3)))
    expect(between).toEqual({ from: plusDays(today, 37), by: plusDays(today, 79) })
  })

  test('says nothing where there is too little to tell, none of it of late, or it would take more than a year', () => {
    const has = { evidence: { group_chat: 2 } }
    expect(of(eightChats, has, lately())).toBeNull()
    expect(of(eightChats, has, lately(...chats(3, 3, 3)))).toBeNull()
    expect(of(eightChats, has, lately(...chats(50, 40, 30)))).toBeNull()
    expect(of({ ...eightChats, count: 300 }, has, lately(...chats(50, 3)))).toBeNull()
  })

  test('knows the day of what only takes time', () => {
    expect(of(fourWeeks, { joinedOn: '2026-05-20' }, lately())).toEqual({
      from: '2026-06-17',
      by: '2026-06-17',
    })
  })

  test('of all takes as long as the slowest, of any as the quickest', () => {
    const has = { joinedOn: '2026-05-20', evidence: { group_chat: 7 } }
    const pace = lately(...chats(50, 40, 30, 20, 10, 3))
    const chatting = of(eightChats, has, pace)!
    const waiting = of(fourWeeks, has, pace)!
    expect(chatting.by < waiting.by).toBe(true)
    expect(of({ kind: 'all', criteria: [eightChats, fourWeeks] }, has, pace)).toEqual(waiting)
    expect(of({ kind: 'any', criteria: [eightChats, fourWeeks] }, has, pace)).toEqual(chatting)
    const two: Criterion = { kind: 'at-least', count: 2, criteria: [eightChats, lead, fourWeeks] }
    expect(of(two, has, pace)).toEqual(waiting)
  })

  test('promises nothing that others decide on, nor of counts that may fall again', () => {
    const pace = lately(...chats(30, 20, 10, 3))
    expect(of(lead, {}, pace)).toBeNull()
    expect(of({ kind: 'holds', badge: 'mentor' }, {}, pace)).toBeNull()
    expect(of({ kind: 'application', for: 'mentor' }, {}, pace)).toBeNull()
    expect(
      of({ kind: 'all', criteria: [eightChats, lead] }, { evidence: { group_chat: 7 } }, pace),
    ).toBeNull()
    const lasting = { amount: 26, unit: 'weeks' } as const
    expect(of({ ...eightChats, within: lasting }, {}, pace)).toBeNull()
  })

  test('looks at each counter by itself', () => {
    const pace = lately(...deeds('guide', 'a', 20), ...deeds('guide', 'b', 3), ...chats(9, 8, 7))
    // Two in eight weeks, both in the last four: two more take four to eight.
    expect(of(tenGuides, { guidesCompleted: 8 }, pace)).toEqual({
      ...{ from: plusDays(today, 18), by: plusDays(today, 79) },
    })
    const ofCourse = deeds('quiz', 'training/one', 9).concat(deeds('quiz', 'elsewhere/one', 8))
    expect(of({ kind: 'quizzes-passed', course: 'training', count: 3 }, {}, lately(...ofCourse))).toBeNull()
    expect(of({ kind: 'quizzes-passed', count: 3 }, {}, lately(...ofCourse))).not.toBeNull()
  })

  test('looks at no more days than somebody has been here', () => {
    expect(windowFor(ago(3), today)).toBe(14)
    expect(windowFor(ago(29), today)).toBe(30)
    expect(windowFor(ago(400), today)).toBe(56)
  })
})

const someDeeds = fc.array(
  fc.record({
    what: fc.constantFrom('module', 'reading', 'reflection', 'quiz', 'reply', 'guide', 'evidence'),
    of: fc.constantFrom('training/one', 'training/two', 'elsewhere/one', 'group_chat'),
    on: fc.integer({ min: 0, max: 55 }).map(ago),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 20 },
)

describe('whatever is asked, and whatever somebody did,', () => {
  test('it lies ahead until it is met, the first day before the last, and within the year unless time alone decides', () => {
    fc.assert(
      fc.property(monotone, facts, someDeeds, (criterion, has, some) => {
        const standing = judge(criterion, has, today, outline)
        const between = projected(standing, lately(...some), today)
        if (standing.met) expect(between).toEqual({ from: today, by: today })
        if (between === null || standing.met) return
        expect(between.from > today && between.from <= between.by).toBe(true)
        if (!JSON.stringify(criterion).includes('weeks'))
          expect(between.by <= plusDays(today, 365)).toBe(true)
        if (standing.kind === 'all')
          for (const part of standing.criteria)
            if (!('criteria' in part) && part.metFrom !== null && !part.met)
              expect(between.from >= part.metFrom).toBe(true)
        expect(projected(standing, lately(...some), today)).toEqual(between)
      }),
      { numRuns: 2000 },
    )
  })

  test('more done never makes it later', () => {
    fc.assert(
      fc.property(monotone, facts, facts, someDeeds, someDeeds, (criterion, has, gained, some, more) => {
        const standing = judge(criterion, has, today, outline)
        const before = projected(standing, lately(...some), today)
        const further = judge(criterion, both(has, gained), today, outline)
        const after = projected(further, lately(...some, ...more), today)
        if (before === null) return
        expect(after).not.toBeNull()
        expect(after!.from <= before.from && after!.by <= before.by).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

test('three in four of many simulated lives come to it within the days that are given', () => {
  const { told, within, early, late, middle } = hits(4000)
  console.info(
    `Projections of ${told} lives: ${percent(within)} within, ${percent(early)} sooner, ${percent(late)} later; the middle is off by ${percent(middle)} of the way at the median.`,
  )
  expect(within).toBeGreaterThan(0.7)
  expect(early).toBeLessThan(0.2)
  expect(late).toBeLessThan(0.2)
})

const percent = (share: number) => `${Math.round(100 * share)}%`
