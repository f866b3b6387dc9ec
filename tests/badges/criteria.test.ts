import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readContent } from '../../src/authoring/reading.ts'
import { judge } from '../../src/badges/criteria.ts'
import { criterionSchema, type Criterion } from '../../src/badges/criterion.ts'
import { plusDays } from '../../src/badges/day.ts'
import type { Facts } from '../../src/badges/facts.ts'
import { nextStep } from '../../src/badges/next-step.ts'
import type { Outline } from '../../src/badges/outline.ts'
import { ALWAYS, standingToJson, type Standing } from '../../src/badges/standing.ts'

const asking = (id: string, has: { reflection: boolean; replies: number; quiz: boolean }) => ({
  ...{ id, ...has, guides: [] },
  completion: { read: true, reflected: has.reflection, replied: has.replies, quiz: has.quiz, guides: false },
})

const outline: Outline = {
  courses: new Map([
    [
      'training',
      {
        title: 'Training',
        modules: [
          asking('training/one', { reflection: true, replies: 2, quiz: true }),
          asking('training/two', { reflection: true, replies: 0, quiz: false }),
          asking('training/three', { reflection: false, replies: 0, quiz: false }),
        ],
      },
    ],
  ]),
  badges: new Map([
    ['moderator', { adult: 'Moderator', teen: 'Moderator' }],
    ['mentor', { adult: 'Mentor', teen: 'Teen Star' }],
  ]),
  evidenceKinds: new Map([['group_chat', { title: 'group chat', plural: 'group chats' }]]),
}

const nobody: Facts = {
  kind: 'listener',
  ageBand: 'adult',
  joinedOn: '2026-01-01',
  holds: {},
  modulesRead: new Set(),
  reflectionsPassed: new Set(),
  replies: {},
  quizzesPassed: new Set(),
  guidesCompleted: 0,
  guidesDone: new Set(),
  finished: new Set(),
  spared: new Set(),
  evidence: {},
}
const someone = (facts: Partial<Facts>): Facts => ({ ...nobody, ...facts })
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
      metFrom: null,
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
    expect(standing({ holds: { badge: 'moderator' } }, { holds: { moderator: '2026-06-01' } })).toMatchObject(
      {
        label: 'Moderator badge held',
        have: 1,
        met: true,
        metFrom: ALWAYS,
      },
    )
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
  const holds = { moderator: '2026-03-02' }

  test('are met on their day and not the day before', () => {
    expect(standing(eight, { holds }, '2026-04-26')).toEqual({
      kind: 'weeks-holding',
      badge: 'moderator',
      label: '8 weeks as Moderator',
      have: 7,
      need: 8,
      met: false,
      metFrom: '2026-04-27',
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
        { guidesCompleted: 1, holds: { moderator: '2026-02-12' } },
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

  test('of several ways is on the one that is furthest along', () => {
    expect(nextStep(standing({ any: [guides, chats] }, { evidence: { group_chat: 1 } }))).toMatchObject({
      kind: 'evidence',
    })
    expect(nextStep(standing({ any: [guides, chats] }, { guidesCompleted: 10 }))).toBeUndefined()
  })
})

describe('whatever the criterion and the facts', () => {
  test('more facts never unmeet anything', () => {
    fc.assert(
      fc.property(criteria, facts, facts, days, (criterion, some, more, today) => {
        const before = judge(criterion, some, today, outline)
        const after = judge(criterion, both(some, more), today, outline)
        expect(!before.met || after.met).toBe(true)
        expect(before.metFrom === null || (after.metFrom !== null && after.metFrom <= before.metFrom)).toBe(
          true,
        )
      }),
    )
  })

  test('it is met from the day that it says, and not the day before', () => {
    fc.assert(
      fc.property(criteria, facts, days, (criterion, some, today) => {
        const { metFrom, met } = judge(criterion, some, today, outline)
        expect(met).toBe(metFrom !== null && metFrom <= today)
        if (metFrom === null || metFrom === ALWAYS) return
        expect(judge(criterion, some, metFrom, outline)).toMatchObject({ met: true, metFrom })
        expect(judge(criterion, some, plusDays(metFrom, -1), outline)).toMatchObject({ met: false, metFrom })
      }),
    )
  })

  test('every part has words, and enough is what is met', () => {
    fc.assert(
      fc.property(criteria, facts, days, (criterion, some, today) => {
        for (const part of parts(judge(criterion, some, today, outline))) {
          expect(part.label).not.toBe('')
          expect(part.met).toBe(part.have >= part.need)
        }
      }),
    )
  })

  test('there is a next step exactly when it is not met', () => {
    fc.assert(
      fc.property(criteria, facts, days, (criterion, some, today) => {
        const judged = judge(criterion, some, today, outline)
        expect(nextStep(judged) === undefined).toBe(judged.met)
      }),
    )
  })
})

test('a teen becomes a Mentor after 50 group chats, an adult after 75, as the content has it', () => {
  const { content } = readContent('content')
  const { criteria } = content!.badge('mentor')!
  const facts = {
    holds: { moderator: '2026-01-01' },
    guidesCompleted: 30,
    evidence: { positive_review: 10, group_chat: 50 },
  }
  const met = (more: Partial<Facts>) =>
    judge(criteria, someone({ ...facts, ...more }), '2026-02-26', content!.outline).met
  expect(met({ ageBand: 'teen' })).toBe(true)
  expect(met({})).toBe(false)
  expect(met({ evidence: { positive_review: 10, group_chat: 75 } })).toBe(true)
  expect(met({ ageBand: 'teen', holds: { moderator: '2026-01-02' } })).toBe(false)
})

const parts = (standing: Standing): Standing[] =>
  'criteria' in standing ? [standing, ...standing.criteria.flatMap(parts)] : [standing]

const small = fc.integer({ min: 1, max: 4 })
const amounts = fc.oneof(
  small,
  fc.record({ adult: small, teen: small }),
  fc.record({ listener: small, member: small }),
)
const course = fc.constantFrom('training', 'gone')
const badge = fc.constantFrom('moderator', 'mentor')
const days = fc.integer({ min: 0, max: 120 }).map(later => plusDays('2026-01-01', later))

const { criteria } = fc.letrec<{ criteria: Criterion; leaf: Criterion }>(tie => ({
  leaf: fc.oneof(
    fc.record({ kind: fc.constantFrom('course-complete', 'modules-read'), course }),
    fc.record({ kind: fc.constantFrom('reflections-passed', 'quizzes-passed'), course, count: amounts }),
    fc.record({ kind: fc.constantFrom('reflections-passed', 'quizzes-passed'), course }),
    fc.record({ kind: fc.constantFrom('reflections-passed', 'quizzes-passed'), count: amounts }),
    fc.record({ kind: fc.constant('replied'), course, count: amounts }),
    fc.record({ kind: fc.constant('replied'), course }),
    fc.record({ kind: fc.constant('replied'), count: amounts }),
    fc.record({ kind: fc.constant('guides-completed'), count: amounts }),
    fc.record({ kind: fc.constant('evidence'), evidence: fc.constant('group_chat'), count: amounts }),
    fc.record({ kind: fc.constant('weeks-since-joining'), weeks: amounts }),
    fc.record({ kind: fc.constant('weeks-holding'), badge, weeks: amounts }),
    fc.record({ kind: fc.constant('holds'), badge }),
  ),
  criteria: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.record({
      kind: fc.constantFrom('all', 'any'),
      criteria: fc.array(tie('criteria'), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('by-kind'), listener: tie('criteria'), member: tie('criteria') }),
    fc.record({ kind: fc.constant('by-age-band'), adult: tie('criteria'), teen: tie('criteria') }),
  ),
}))

const modules = fc.uniqueArray(
  fc.constantFrom('training/one', 'training/two', 'training/three', 'elsewhere/one'),
)
const facts: fc.Arbitrary<Facts> = fc.record({
  kind: fc.constantFrom('listener', 'member'),
  ageBand: fc.constantFrom('adult', 'teen'),
  joinedOn: days,
  holds: fc.dictionary(badge, days),
  modulesRead: modules.map(ids => new Set(ids)),
  reflectionsPassed: modules.map(ids => new Set(ids)),
  replies: fc.dictionary(fc.constantFrom('training/one', 'training/two', 'elsewhere/one'), fc.nat(4)),
  quizzesPassed: modules.map(ids => new Set(ids)),
  guidesCompleted: fc.nat(5),
  guidesDone: fc.constant(new Set<string>()),
  finished: fc.constant(new Set<string>()),
  spared: fc.constant(new Set<string>()),
  evidence: fc.record({ group_chat: fc.nat(5) }),
})

/** Someone who has done what both have, and is who the first is; of badges both hold, since the earlier day. */
function both(one: Facts, other: Facts): Facts {
  const holds = { ...other.holds }
  for (const [id, since] of Object.entries(one.holds)) holds[id] = [since, holds[id] ?? since].toSorted()[0]!
  return {
    ...one,
    holds,
    modulesRead: new Set([...one.modulesRead, ...other.modulesRead]),
    reflectionsPassed: new Set([...one.reflectionsPassed, ...other.reflectionsPassed]),
    replies: Object.fromEntries(
      [...Object.keys(one.replies), ...Object.keys(other.replies)].map(id => [
        id,
        (one.replies[id] ?? 0) + (other.replies[id] ?? 0),
      ]),
    ),
    quizzesPassed: new Set([...one.quizzesPassed, ...other.quizzesPassed]),
    guidesCompleted: one.guidesCompleted + other.guidesCompleted,
    evidence: { group_chat: one.evidence.group_chat! + other.evidence.group_chat! },
  }
}
