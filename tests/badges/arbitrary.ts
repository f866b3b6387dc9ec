import fc from 'fast-check'
import type { Criterion } from '../../src/badges/criterion.ts'
import { plusDays } from '../../src/badges/day.ts'
import { type Dated, total } from '../../src/badges/days-met.ts'
import type { Facts, Holding } from '../../src/badges/facts.ts'
import type { Outline } from '../../src/badges/outline.ts'

const asking = (id: string, has: { reflection: boolean; replies: number; quiz: boolean }) => ({
  ...{ id, ...has, guides: [] },
  completion: { read: true, reflected: has.reflection, replied: has.replies, quiz: has.quiz, guides: false },
})

/** A small world to judge in: one course of three modules, two badges, one kind of evidence. */
export const outline: Outline = {
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
  checklists: new Map([['leading', 'Leading']]),
  dated: { evidence: ['group_chat'], guides: true },
}

/** Somebody who has done nothing yet. */
export const nobody: Facts = {
  kind: 'listener',
  ageBand: 'adult',
  joinedOn: '2026-01-01',
  holds: {},
  modulesRead: new Set(),
  reflectionsPassed: new Set(),
  replies: {},
  quizzesPassed: new Set(),
  guidesCompleted: 0,
  guidesCompletedOn: [],
  guidesDone: new Set(),
  finished: new Set(),
  spared: new Set(),
  tracks: {},
  applied: new Set(),
  endorsed: {},
  evidence: {},
  evidenceOn: {},
  supervised: {},
  assessed: {},
}
export const someone = (facts: Partial<Facts>): Facts => ({ ...nobody, ...facts })
const small = fc.integer({ min: 1, max: 4 })
const amounts = fc.oneof(
  small,
  fc.record({ adult: small, teen: small }),
  fc.record({ listener: small, member: small }),
)
const course = fc.constantFrom('training', 'gone')
const badge = fc.constantFrom('moderator', 'mentor')
export const days = fc.integer({ min: 0, max: 120 }).map(later => plusDays('2026-01-01', later))

const within = fc.integer({ min: 1, max: 6 }).map(amount => ({ amount, unit: 'weeks' as const }))

const lately = fc.option(within, { nil: undefined })

/** Criteria of any kind; without `not`, more facts never unmeet them. */
const criteriaOf = (nots: boolean) =>
  fc.letrec<{ criteria: Criterion; leaf: Criterion }>(tie => ({
    leaf: fc.oneof(
      fc.record({ kind: fc.constantFrom('course-complete', 'modules-read'), course }),
      fc.record({ kind: fc.constantFrom('reflections-passed', 'quizzes-passed'), course, count: amounts }),
      fc.record({ kind: fc.constantFrom('reflections-passed', 'quizzes-passed'), course }),
      fc.record({ kind: fc.constantFrom('reflections-passed', 'quizzes-passed'), count: amounts }),
      fc.record({ kind: fc.constant('replied'), course, count: amounts }),
      fc.record({ kind: fc.constant('replied'), course }),
      fc.record({ kind: fc.constant('replied'), count: amounts }),
      fc.record({ kind: fc.constant('guides-completed'), count: amounts }),
      fc.record({ kind: fc.constant('guides-completed'), count: amounts, within }),
      fc.record({ kind: fc.constant('evidence'), evidence: fc.constant('group_chat'), count: amounts }),
      fc.record({
        kind: fc.constant('evidence'),
        evidence: fc.constant('group_chat'),
        count: amounts,
        within,
      }),
      fc.record({
        ...{ kind: fc.constant('supervised-hours'), evidence: fc.constant('group_chat'), hours: amounts },
        within: lately,
      }),
      fc.record({
        ...{ kind: fc.constant('assessed'), checklist: fc.constant('leading'), count: amounts },
        within: lately,
      }),
      fc.record({ kind: fc.constant('application'), for: badge }),
      fc.record({
        kind: fc.constant('endorsements'),
        for: badge,
        by: fc.uniqueArray(badge, { minLength: 1 }),
        count: small,
      }),
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
      fc.tuple(fc.array(tie('criteria'), { minLength: 1, maxLength: 4 }), fc.nat(3)).map(([parts, less]) => ({
        ...{ kind: 'at-least' as const, criteria: parts },
        count: Math.max(1, parts.length - less),
      })),
      ...(nots ? [fc.record({ kind: fc.constant('not'), criterion: tie('criteria') })] : []),
      fc.record({ kind: fc.constant('by-kind'), listener: tie('criteria'), member: tie('criteria') }),
      fc.tuple(badge, tie('criteria'), tie('criteria')).map(([id, team, quality]) => ({
        ...{ kind: 'by-track' as const, for: id },
        tracks: [
          { id: 'team', title: 'A team', criterion: team },
          { id: 'quality', title: 'Quality', criterion: quality },
        ],
      })),
      fc.record({ kind: fc.constant('by-age-band'), adult: tie('criteria'), teen: tie('criteria') }),
    ),
  }))

export const monotone: fc.Arbitrary<Criterion> = criteriaOf(false).criteria
export const criteria: fc.Arbitrary<Criterion> = criteriaOf(true).criteria

const modules = fc.uniqueArray(
  fc.constantFrom('training/one', 'training/two', 'training/three', 'elsewhere/one'),
)
const dated: fc.Arbitrary<Dated> = fc
  .dictionary(days, fc.integer({ min: 1, max: 3 }), { maxKeys: 5 })
  .map(byDay => Object.entries(byDay).toSorted(([a], [b]) => (a < b ? -1 : 1)))
const minutes = dated.map(byDay => byDay.map(([day, hours]) => [day, 40 * hours] as const))
const holding = fc.record({ since: days, until: fc.option(days.map(day => plusDays(day, 130))) })

export const facts: fc.Arbitrary<Facts> = fc.tuple(dated, dated).chain(([chats, guides]) =>
  fc.record({
    kind: fc.constantFrom('listener', 'member'),
    ageBand: fc.constantFrom('adult', 'teen'),
    joinedOn: days,
    holds: fc.dictionary(badge, holding),
    modulesRead: modules.map(ids => new Set(ids)),
    reflectionsPassed: modules.map(ids => new Set(ids)),
    replies: fc.dictionary(fc.constantFrom('training/one', 'training/two', 'elsewhere/one'), fc.nat(4)),
    quizzesPassed: modules.map(ids => new Set(ids)),
    guidesCompleted: fc.constant(total(guides)),
    guidesCompletedOn: fc.constant(guides),
    guidesDone: fc.constant(new Set<string>()),
    finished: fc.constant(new Set<string>()),
    spared: fc.constant(new Set<string>()),
    tracks: fc.dictionary(badge, fc.constantFrom('team', 'quality', 'gone')),
    applied: fc.uniqueArray(badge).map(ids => new Set(ids)),
    endorsed: fc.dictionary(badge, fc.dictionary(badge, fc.integer({ min: 1, max: 3 }))),
    evidence: fc.constant({ group_chat: total(chats) }),
    evidenceOn: fc.constant({ group_chat: chats }),
    supervised: fc.record({ group_chat: minutes }),
    assessed: fc.record({ leading: dated }),
  }),
)

/** Someone who has done what both have, and is who the first is; of badges both hold, since the earlier day. */
export function both(one: Facts, other: Facts): Facts {
  const holds: Record<string, Holding> = { ...other.holds }
  for (const [id, { since, until }] of Object.entries(one.holds)) {
    const { since: otherwise = since, until: end = until } = holds[id] ?? {}
    holds[id] = {
      since: [since, otherwise].toSorted()[0]!,
      until: until === null || end === null ? null : [until, end].toSorted()[1]!,
    }
  }
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
    guidesCompletedOn: [...one.guidesCompletedOn, ...other.guidesCompletedOn],
    applied: new Set([...one.applied, ...other.applied]),
    endorsed: summed(one.endorsed, other.endorsed),
    evidence: { group_chat: one.evidence.group_chat! + other.evidence.group_chat! },
    evidenceOn: { group_chat: [...one.evidenceOn.group_chat!, ...other.evidenceOn.group_chat!] },
    supervised: { group_chat: [...one.supervised.group_chat!, ...other.supervised.group_chat!] },
    assessed: { leading: [...one.assessed.leading!, ...other.assessed.leading!] },
  }
}

function summed(one: Facts['endorsed'], other: Facts['endorsed']): Facts['endorsed'] {
  const keys = (a: object, b: object) => [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return Object.fromEntries(
    keys(one, other).map(id => {
      const [a, b] = [one[id] ?? {}, other[id] ?? {}]
      return [id, Object.fromEntries(keys(a, b).map(as => [as, (a[as] ?? 0) + (b[as] ?? 0)]))]
    }),
  )
}
