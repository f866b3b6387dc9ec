import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import type { Course, Module } from '../../src/courses/course.ts'
import { dueDays, dueInList, reflectionDue, repliesDue } from '../../src/courses/due.ts'
import { type Enrolment, noProgress, type Progress } from '../../src/courses/progress.ts'
import { nextStepFor } from '../../src/courses/what-now.ts'
import { dayIn } from '../../src/layout/time.ts'

const [first, second] = content().courses[0]!.modules as [Module, Module]
const days = (amount: number) => ({ amount, unit: 'days' }) as const
const due = { reflection: days(7), replies: days(10) }
const module = { ...first, reflection: { ...first.reflection!, due, replies: 2 } }
const cohort = { selfPaced: false, startsOn: '2026-11-26' }

describe('the days', () => {
  test('lie as long after the first day of a cohort as the module says', () => {
    expect(dueDays(module, cohort)).toEqual({ reflection: '2026-12-03', replies: '2026-12-06' })
  })

  test('are a cohort’s own where an admin has set them, one or both', () => {
    expect(dueDays(module, cohort, { reflection: null, replies: '2026-12-08' })).toEqual({
      reflection: '2026-12-03',
      replies: '2026-12-08',
    })
    expect(
      dueDays(module, { ...cohort, startsOn: null }, { reflection: '2026-12-04', replies: null }),
    ).toEqual({ reflection: '2026-12-04', replies: null })
  })

  test('are none for who goes at their own pace, for a cohort without a first day, and where nothing is asked', () => {
    const none = { reflection: null, replies: null }
    expect(
      dueDays(module, { ...cohort, selfPaced: true }, { reflection: '2026-12-04', replies: null }),
    ).toEqual(none)
    expect(dueDays(module, { ...cohort, startsOn: null })).toEqual(none)
    expect(dueDays({ reflection: undefined }, cohort)).toEqual(none)
    const alone = { ...module, reflection: { ...module.reflection, replies: 0 } }
    expect(dueDays(alone, cohort, { reflection: null, replies: '2026-12-08' }).replies).toBeNull()
  })
})

describe('in words', () => {
  const both = dueDays(module, cohort)

  test('what lies ahead is named by its weekday, what is near as one says it', () => {
    expect(reflectionDue(both, 2, '2026-11-28')).toBe(
      'Your reflection is due by Thursday 3 December; two replies by Sunday 6 December.',
    )
    expect(reflectionDue(both, 1, '2026-12-02')).toBe(
      'Your reflection is due by tomorrow; one reply by Sunday 6 December.',
    )
    expect(reflectionDue({ ...both, replies: null }, 0, '2026-12-03')).toBe('Your reflection is due today.')
    expect(repliesDue(both, 2, '2026-12-04')).toBe('Two replies to others are due by Sunday 6 December.')
    expect(repliesDue(both, 1, '2026-12-06')).toBe('One reply to others is due today.')
    expect(reflectionDue({ reflection: '2027-01-07', replies: null }, 0, '2026-12-03')).toBe(
      'Your reflection is due by Thursday 7 January 2027.',
    )
  })

  test('what has passed still counts', () => {
    expect(reflectionDue(both, 2, '2026-12-04')).toBe(
      'It was meant for 3 December; it still counts whenever you post it. Two replies to others are due by Sunday 6 December.',
    )
    expect(reflectionDue(both, 2, '2026-12-20')).toBe(
      'It was meant for 3 December; it still counts whenever you post it.',
    )
    expect(repliesDue(both, 2, '2026-12-20')).toBe(
      'They were meant for 6 December; they still count whenever you write them.',
    )
    expect(repliesDue(both, 1, '2026-12-20')).toBe(
      'It was meant for 6 December; it still counts whenever you write it.',
    )
    expect(dueInList(both, '2026-12-20')).toBe('Reflection meant for 3 December')
    expect(dueInList(both, '2026-12-01')).toBe('Reflection due by Thursday 3 December')
  })

  test('where there is no day, nothing is said', () => {
    const none = { reflection: null, replies: null }
    expect([reflectionDue(none, 2, '2026-12-01'), repliesDue(none, 2, '2026-12-01')]).toEqual([null, null])
    expect(dueInList(none, '2026-12-01')).toBeNull()
  })

  test('the day begins at midnight where the reader is', () => {
    const evening = new Date('2026-12-03T22:30:00Z')
    expect(dayIn(evening, 'America/New_York')).toBe('2026-12-03')
    expect(dayIn(evening, 'Asia/Tokyo')).toBe('2026-12-04')
  })
})

describe('what now', () => {
  const [introduction, training] = content().courses as [Course, Course]
  const enrolment: Enrolment = {
    ...cohort,
    cohortId: 1,
    course: introduction.id,
    name: 'Autumn',
    endsOn: null,
    finishedAt: null,
  }
  const withDue = (start: typeof module, length: number): Module => ({
    ...start,
    reflection: { ...start.reflection, due: { reflection: days(length), replies: undefined }, replies: 0 },
  })
  const trainings = training.modules[0]!
  const soon = withDue({ ...trainings, requires: [], reflection: { ...module.reflection } }, 5)
  const later = withDue(module, 7)
  const dated = {
    ...content(),
    courses: [
      { ...introduction, modules: [later, { ...second, requires: [] }] },
      { ...training, modules: [soon] },
    ],
  }
  const progress: Progress = {
    ...noProgress,
    enrolments: new Map([
      [introduction.id, enrolment],
      [training.id, { ...enrolment, course: training.id }],
    ]),
  }
  const at = (today: string, more: Partial<Progress> = {}) =>
    nextStepFor(
      dated,
      { ...progress, ...more },
      { words: [], desk: null, toCalibrate: [], duties: [], leads: false, today },
    )

  test('of two courses the one that is due first comes first, and its day is named', () => {
    expect(at('2026-11-28')).toMatchObject({ href: `/courses/${soon.id}` })
    expect(at('2026-11-28').sentence).toMatch(/Your reflection is due by Tuesday 1 December\.$/)
  })

  test('a day that has passed does not stand before one that is still ahead, and says that it still counts', () => {
    expect(at('2026-12-02')).toMatchObject({ href: `/courses/${later.id}` })
    expect(at('2026-12-30').sentence).toMatch(/It was meant for 3 December; it still counts/)
  })

  test('who goes at their own pace is told of no day', () => {
    const enrolments = new Map([[introduction.id, { ...enrolment, selfPaced: true }]])
    expect(at('2026-11-28', { enrolments }).sentence).not.toMatch(/due|meant/)
  })
})
