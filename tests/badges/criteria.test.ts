import { describe, expect, test } from 'vitest'
import { readContent } from '../../src/authoring/reading.ts'
import { judge } from '../../src/badges/criteria.ts'
import { criterionSchema, ofBadge } from '../../src/badges/criterion.ts'
import { ALWAYS } from '../../src/badges/days-met.ts'
import type { Facts } from '../../src/badges/facts.ts'
import { nextStep } from '../../src/badges/next-step.ts'
import { standingToJson } from '../../src/badges/standing.ts'
import { inWords } from '../../src/badges/words.ts'
import { outline, someone } from './arbitrary.ts'

const since = (day: string, until: string | null = null) => ({ since: day, until })
const written = (criterion: unknown) => criterionSchema.parse(criterion)
const standing = (criterion: unknown, facts: Partial<Facts> = {}, today = '2026-06-01') =>
  judge(written(criterion), someone(facts), today, outline)

describe('counted things', () => {
  test('guides, up to the last one and beyond it', () => {
    const thirty = { 'guides-completed': { count: 30 } }
    expect(standing(thirty, { guidesCompleted: 29 })).toEqual({
      kind: 'guides-completed',
      label: '30 help guides completed',
      have: 29,
      need: 30,
      met: false,
      metOn: [],
      metFrom: null,
      metUntil: null,
    })
    expect(standing(thirty, { guidesCompleted: 30 })).toMatchObject({ met: true, metFrom: ALWAYS })
    expect(standing(thirty, { guidesCompleted: 31 })).toMatchObject({ have: 31, need: 30, met: true })
  })

  test('evidence names its kind, and counts nothing of another kind', () => {
    const chats = { evidence: { kind: 'group_chat', count: 2 } }
    expect(standing(chats, { evidence: { positive_review: 9 } })).toMatchObject({
      kind: 'evidence',
      evidence: 'group_chat',
      label: '2 group chats',
      have: 0,
    })
    expect(standing(chats, { evidence: { group_chat: 2 } }).met).toBe(true)
    expect(standing({ evidence: { kind: 'group_chat', count: 1 } }).label).toBe('1 group chat')
  })

  test('holding a badge', () => {
    expect(standing({ holds: { badge: 'moderator' } })).toMatchObject({
      badge: 'moderator',
      have: 0,
      met: false,
    })
    expect(
      standing({ holds: { badge: 'moderator' } }, { holds: { moderator: since('2026-06-01') } }),
    ).toMatchObject({
      label: 'Moderator badge held',
      have: 1,
      met: true,
      metFrom: ALWAYS,
    })
  })
})

describe('a course', () => {
  const course = 'training'
  const read = new Set(['training/one', 'training/two', 'training/three', 'elsewhere/one'])

  test('is read module by module, whatever else one has read', () => {
    expect(
      standing({ 'modules-read': { course } }, { modulesRead: new Set(['training/one', 'elsewhere/one']) }),
    ).toMatchObject({
      course,
      label: 'Every module of Training read',
      have: 1,
      need: 3,
    })
    expect(standing({ 'modules-read': { course } }, { modulesRead: read }).met).toBe(true)
  })

  test('has as many reflections and quizzes as its modules ask for', () => {
    expect(standing({ 'reflections-passed': { course } })).toMatchObject({ have: 0, need: 2 })
    expect(
      standing({ 'quizzes-passed': { course } }, { quizzesPassed: new Set(['training/one']) }),
    ).toMatchObject({
      label: 'Every quiz of Training passed',
      have: 1,
      need: 1,
      met: true,
    })
  })

  test('or so many of them, or so many of any course', () => {
    const reflectionsPassed = new Set(['training/one', 'elsewhere/one'])
    expect(standing({ 'reflections-passed': { course, count: 1 } }, { reflectionsPassed })).toMatchObject({
      label: '1 reflection of Training passed',
      have: 1,
      met: true,
    })
    expect(standing({ 'reflections-passed': { count: 3 } }, { reflectionsPassed })).toMatchObject({
      label: '3 reflections passed',
      course: null,
      have: 2,
      met: false,
    })
  })

  test('is complete when each module is read and what it asks for is passed', () => {
    const replies = { 'training/one': 2 }
    const passed = { modulesRead: read, replies, quizzesPassed: new Set(['training/one']) }
    const complete = { 'course-complete': { course } }
    expect(standing(complete, { ...passed, reflectionsPassed: new Set(['training/two']) })).toMatchObject({
      label: 'Training completed',
      have: 2,
      need: 3,
    })
    const reflectionsPassed = new Set(['training/one', 'training/two'])
    expect(standing(complete, { ...passed, reflectionsPassed }).met).toBe(true)
    expect(standing(complete, { ...passed, reflectionsPassed, modulesRead: new Set() }).have).toBe(0)
    const one = { 'training/one': 1, 'training/two': 5 }
    expect(standing(complete, { ...passed, reflectionsPassed, replies: one })).toMatchObject({
      have: 2,
      met: false,
    })
  })

  test('is talked about in replies to others: as many as its modules ask for, or so many', () => {
    const replied = { replied: { course } }
    expect(standing(replied, { replies: { 'training/one': 1, 'training/two': 4 } })).toMatchObject({
      kind: 'replied',
      course,
      label: 'Replies to others written wherever Training asks for them',
      have: 0,
      need: 1,
      met: false,
    })
    expect(standing(replied, { replies: { 'training/one': 2 } })).toMatchObject({ have: 1, met: true })
    const replies = { 'training/one': 1, 'training/two': 2, 'elsewhere/one': 4 }
    expect(standing({ replied: { course, count: 3 } }, { replies })).toMatchObject({
      label: '3 replies to others in Training',
      have: 3,
      met: true,
      metFrom: ALWAYS,
    })
    expect(standing({ replied: { count: { adult: 8, teen: 1 } } }, { replies })).toMatchObject({
      label: '8 replies to others',
      course: null,
      have: 7,
      met: false,
    })
    expect(
      standing({ replied: { count: { adult: 8, teen: 1 } } }, { replies, ageBand: 'teen' }),
    ).toMatchObject({ label: '1 reply to others', met: true })
  })

  test('that has vanished is never complete', () => {
    for (const kind of ['course-complete', 'modules-read', 'reflections-passed', 'quizzes-passed', 'replied'])
      expect(standing({ [kind]: { course: 'gone' } })).toMatchObject({ have: 0, need: 1, met: false })
  })
})

describe('weeks', () => {
  const eight = { 'weeks-holding': { badge: 'moderator', weeks: 8 } }
  const holds = { moderator: since('2026-03-02') }

  test('are met on their day and not the day before', () => {
    expect(standing(eight, { holds }, '2026-04-26')).toEqual({
      kind: 'weeks-holding',
      badge: 'moderator',
      label: '8 weeks as Moderator',
      have: 7,
      need: 8,
      met: false,
      metOn: ['2026-04-27'],
      metFrom: '2026-04-27',
      metUntil: null,
    })
    expect(standing(eight, { holds }, '2026-04-27')).toMatchObject({
      have: 8,
      met: true,
      metFrom: '2026-04-27',
    })
  })

  test('of a badge that is not held never come', () => {
    expect(standing(eight)).toMatchObject({ have: 0, met: false, metFrom: null })
  })

  test('of a badge that runs out end with it', () => {
    const runsOut = { moderator: since('2026-03-02', '2026-05-04') }
    expect(standing(eight, { holds: runsOut }, '2026-05-03')).toMatchObject({
      met: true,
      metFrom: '2026-04-27',
      metUntil: '2026-05-04',
    })
    expect(standing(eight, { holds: runsOut }, '2026-05-04')).toMatchObject({ met: false, metFrom: null })
    const tooShort = { moderator: since('2026-03-02', '2026-04-27') }
    expect(standing(eight, { holds: tooShort }, '2026-04-01').metFrom).toBeNull()
    expect(standing({ holds: { badge: 'moderator' } }, { holds: runsOut }, '2026-03-09')).toMatchObject({
      met: true,
      metUntil: '2026-05-04',
    })
  })

  test('since joining, over a leap day and into another year', () => {
    const four = { 'weeks-since-joining': { weeks: 4 } }
    expect(standing(four, { joinedOn: '2028-02-15' }, '2028-03-13')).toMatchObject({ have: 3, met: false })
    expect(standing(four, { joinedOn: '2028-02-15' }, '2028-03-14')).toMatchObject({ have: 4, met: true })
    expect(standing(four, { joinedOn: '2026-12-10' }).metFrom).toBe('2027-01-07')
  })

  test('are none before they begin', () => {
    expect(standing({ 'weeks-since-joining': { weeks: 1 } }, { joinedOn: '2026-07-01' })).toMatchObject({
      have: 0,
      met: false,
    })
  })
})

describe('only the latest', () => {
  const lately = { evidence: { kind: 'group_chat', count: 3, within: '26 weeks' } }
  const evidenceOn = {
    group_chat: [
      ['2026-01-05', 2],
      ['2026-03-01', 1],
      ['2026-04-01', 1],
    ] as const,
  }

  test('counts from its day to the day before it is too old', () => {
    expect(standing(lately, { evidenceOn }, '2026-03-01')).toMatchObject({
      ...{ label: '3 group chats in the last 26 weeks', have: 3, need: 3, met: true },
      ...{ metFrom: '2026-03-01', metUntil: '2026-07-06' },
    })
    expect(standing(lately, { evidenceOn }, '2026-02-28')).toMatchObject({ have: 2, metFrom: '2026-03-01' })
    expect(standing(lately, { evidenceOn }, '2026-07-05')).toMatchObject({ have: 4, met: true })
    expect(standing(lately, { evidenceOn }, '2026-07-06')).toMatchObject({
      have: 2,
      met: false,
      metFrom: null,
    })
  })

  test('counts nothing where nothing came in, however much there was before', () => {
    expect(standing(lately, { evidence: { group_chat: 99 } })).toMatchObject({ have: 0, metOn: [] })
  })

  test('goes for guides, and may be in days', () => {
    const guide = { 'guides-completed': { count: 1, within: '10 days' } }
    expect(standing(guide, { guidesCompletedOn: [['2026-05-25', 1]] })).toMatchObject({
      ...{ label: '1 help guide completed in the last 10 days', met: true, metUntil: '2026-06-04' },
    })
  })

  test('does not go by the hour', () => {
    const hourly = { evidence: { kind: 'group_chat', count: 1, within: '12 hours' } }
    expect(() => written(hourly)).toThrow('is counted in whole days')
  })
})

describe('variants', () => {
  test('a count by age band', () => {
    const chats = { evidence: { kind: 'group_chat', count: { adult: 75, teen: 50 } } }
    const evidence = { group_chat: 60 }
    expect(standing(chats, { evidence })).toMatchObject({ label: '75 group chats', need: 75, met: false })
    expect(standing(chats, { evidence, ageBand: 'teen' })).toMatchObject({
      label: '50 group chats',
      need: 50,
      met: true,
    })
  })

  test('weeks by kind of person', () => {
    const weeks = { 'weeks-since-joining': { weeks: { listener: 4, member: 6 } } }
    expect(standing(weeks).need).toBe(4)
    expect(standing(weeks, { kind: 'member' }).need).toBe(6)
  })

  test('whole criteria by kind and by age band: one sees only what is asked of oneself', () => {
    const criterion = {
      'by-kind': {
        listener: { 'guides-completed': { count: 1 } },
        member: {
          'by-age-band': {
            adult: { 'guides-completed': { count: 2 } },
            teen: { holds: { badge: 'mentor' } },
          },
        },
      },
    }
    expect(standing(criterion)).toMatchObject({ kind: 'guides-completed', need: 1 })
    expect(standing(criterion, { kind: 'member' })).toMatchObject({ kind: 'guides-completed', need: 2 })
    expect(standing(criterion, { kind: 'member', ageBand: 'teen' })).toMatchObject({
      kind: 'holds',
      label: 'Teen Star badge held',
    })
  })

  test('whole criteria by the track that one has chosen, which is the first thing to do', () => {
    const written = {
      'by-track': { team: { 'guides-completed': { count: 1 } }, quality: { holds: { badge: 'mentor' } } },
    }
    const tracks = [
      { id: 'team', title: 'A team of your own' },
      { id: 'quality', title: 'Quality everywhere' },
    ]
    const criterion = ofBadge(criterionSchema.parse(written), { id: 'mentor', tracks })
    const on = (track?: string) =>
      judge(criterion, someone(track ? { tracks: { mentor: track } } : {}), '2026-06-01', outline)
    expect(on()).toMatchObject({
      kind: 'track',
      badge: 'mentor',
      label: 'A track chosen',
      met: false,
      metOn: [],
    })
    expect(nextStep(on())).toMatchObject({ kind: 'track' })
    expect(on('team')).toMatchObject({ kind: 'guides-completed', need: 1 })
    expect(on('quality')).toMatchObject({ kind: 'holds', badge: 'mentor' })
    expect(on('one that is gone')).toMatchObject({ kind: 'track' })
    expect(inWords(criterion, outline)).toEqual({
      text: 'What is asked depends on the track',
      parts: [
        { text: 'A team of your own: 1 help guide completed', parts: [] },
        { text: 'Quality everywhere: Mentor badge held', parts: [] },
      ],
    })
  })

  test("the author's own words go before the generated ones", () => {
    expect(standing({ 'guides-completed': { count: 1 }, label: 'Your first guide' }).label).toBe(
      'Your first guide',
    )
    const branch = { 'guides-completed': { count: 1 } }
    expect(standing({ 'by-kind': { listener: branch, member: branch }, label: 'A guide' }).label).toBe(
      'A guide',
    )
  })
})

describe('groups', () => {
  const guides = { 'guides-completed': { count: 1 } }
  const weeks = { 'weeks-since-joining': { weeks: 8 } }
  const holding = { 'weeks-holding': { badge: 'moderator', weeks: 2 } }

  test('all are met when the last is', () => {
    expect(
      standing(
        { all: [guides, weeks, holding] },
        { guidesCompleted: 1, holds: { moderator: since('2026-02-12') } },
        '2026-02-20',
      ),
    ).toMatchObject({
      kind: 'all',
      have: 1,
      need: 3,
      met: false,
      metFrom: '2026-02-26',
      criteria: [{ met: true }, { metFrom: '2026-02-26' }, { metFrom: '2026-02-26' }],
    })
    expect(standing({ all: [guides, weeks] }).metFrom).toBeNull()
  })

  test('any is met when the first is', () => {
    expect(standing({ any: [guides, weeks, holding] }, {}, '2026-02-20')).toMatchObject({
      have: 0,
      need: 1,
      met: false,
      metFrom: '2026-02-26',
    })
    expect(standing({ any: [guides, weeks] }, { guidesCompleted: 1 }, '2026-01-02')).toMatchObject({
      have: 1,
      met: true,
      metFrom: ALWAYS,
    })
    expect(standing({ any: [guides, holding] }).metFrom).toBeNull()
  })

  test('so many of several, with the day on which the last of those comes', () => {
    const two = { 'at-least': { count: 2, of: [guides, weeks, holding] } }
    const holds = { moderator: since('2026-02-12') }
    expect(standing(two, { holds }, '2026-02-25')).toMatchObject({
      ...{ kind: 'at-least', label: 'At least 2 of these', have: 0, need: 2, met: false },
      metFrom: '2026-02-26',
    })
    expect(standing(two, { holds, guidesCompleted: 1 }, '2026-02-26')).toMatchObject({ have: 3, met: true })
    expect(standing(two, { guidesCompleted: 1 }, '2026-02-25')).toMatchObject({
      have: 1,
      metFrom: '2026-02-26',
    })
  })

  test('what must not be is told in the author’s words alone', () => {
    const calm = {
      not: { evidence: { kind: 'group_chat', count: 1, within: '4 weeks' } },
      label: 'No chats lately',
    }
    expect(standing(calm)).toEqual({
      ...{ kind: 'not', label: 'No chats lately', have: 1, need: 1, met: true },
      ...{ metOn: [ALWAYS], metFrom: ALWAYS, metUntil: null },
    })
    const evidenceOn = { group_chat: [['2026-05-20', 1]] as const }
    expect(standing(calm, { evidenceOn })).toMatchObject({
      ...{ have: 0, need: 1, met: false, metFrom: '2026-06-17' },
      metOn: [ALWAYS, '2026-05-20', '2026-06-17'],
    })
  })

  test('nest, and are told as JSON with their parts', () => {
    const nested = standing({ all: [guides, { any: [weeks, holding] }] })
    expect(standingToJson('hope', 'mentor', nested)).toMatchObject({
      person: 'hope',
      badge: 'mentor',
      met: false,
      criteria: [
        { kind: 'guides-completed' },
        { kind: 'any', criteria: [{ kind: 'weeks-since-joining' }, { badge: 'moderator' }] },
      ],
    })
    expect(standingToJson('hope', 'mentor', standing(guides)).criteria).toHaveLength(1)
  })
})

describe('the next step', () => {
  const guides = { 'guides-completed': { count: 10 } }
  const chats = { evidence: { kind: 'group_chat', count: 10 } }
  const weeks = { 'weeks-since-joining': { weeks: 520 } }
  const mentor = { holds: { badge: 'mentor' } }

  test('is what is nearest of all that one can work on', () => {
    const facts = { guidesCompleted: 3, evidence: { group_chat: 7 } }
    expect(nextStep(standing({ all: [weeks, mentor, guides, chats] }, facts))).toMatchObject({
      evidence: 'group_chat',
    })
    expect(nextStep(standing({ all: [weeks, mentor, guides, chats] }))).toMatchObject({
      kind: 'guides-completed',
    })
  })

  test('then a badge to earn first, then what comes with time, then nothing', () => {
    const done = { guidesCompleted: 10 }
    expect(nextStep(standing({ all: [weeks, mentor, guides] }, done))).toMatchObject({ badge: 'mentor' })
    expect(nextStep(standing({ all: [weeks, guides] }, done))).toMatchObject({ kind: 'weeks-since-joining' })
    expect(nextStep(standing({ all: [guides] }, done))).toBeUndefined()
  })

  test('of so many out of several is one of the nearest that are still missing', () => {
    const two = { 'at-least': { count: 2, of: [weeks, guides, chats, mentor] } }
    expect(nextStep(standing(two, { evidence: { group_chat: 4 } }))).toMatchObject({ kind: 'evidence' })
    expect(nextStep(standing(two, { evidence: { group_chat: 10 }, guidesCompleted: 2 }))).toMatchObject({
      kind: 'guides-completed',
    })
  })

  test('of several ways is on the one that is furthest along', () => {
    expect(nextStep(standing({ any: [guides, chats] }, { evidence: { group_chat: 1 } }))).toMatchObject({
      kind: 'evidence',
    })
    expect(nextStep(standing({ any: [guides, chats] }, { guidesCompleted: 10 }))).toBeUndefined()
  })
})

test('a teen becomes a Mentor after 50 group chats, an adult after 75, as the content has it', () => {
  const { content } = readContent('content')
  const { criteria } = content!.badge('mentor')!
  const facts = {
    holds: { moderator: since('2026-01-01') },
    guidesCompleted: 30,
    evidence: { positive_review: 10, group_chat: 50 },
  }
  const met = (more: Partial<Facts>) =>
    judge(criteria, someone({ ...facts, ...more }), '2026-02-26', content!.outline).met
  expect(met({ ageBand: 'teen' })).toBe(true)
  expect(met({})).toBe(false)
  expect(met({ evidence: { positive_review: 10, group_chat: 75 } })).toBe(true)
  expect(met({ ageBand: 'teen', holds: { moderator: since('2026-01-02') } })).toBe(false)
})
