import { addCohort, addMentor, selfPacedCohort } from '../../../src/courses/cohorts.ts'
import { enrol } from '../../../src/courses/enrolment.ts'
import { applies } from './applying.ts'
import { undecided } from './deciding.ts'
import { converse } from './boards.ts'
import { administer, decide, override, revoke } from './certifying.ts'
import { keepsComments, pairs } from './commenting.ts'
import { ledWith, leadsWith } from './standing-by.ts'
import { connects } from './connecting.ts'
import { disputes } from './disputing.ts'
import { doGuide, learn } from './learning.ts'
import { missesDuty } from './holding.ts'
import { asksToLeave, leaves, showsThemselves } from './leaving.ts'
import type { Life } from './lives.ts'
import { tunesIn } from './calibrating.ts'
import { appeals, differ, mentor } from './mentoring.ts'
import { confirmLogs, platform, practise, type Weekly } from './practising.ts'
import { recall } from './recalling.ts'
import { reports } from './reporting.ts'
import { talkOn } from './talking.ts'
import { vouches } from './vouching.ts'
import type { Group } from './words.ts'
import type { World } from './world.ts'

const introduction = 'introduction-to-group-support'
const moderating = 'moderator-training'
const global = 'global-mod-training'

/** The cohorts of the demonstration: the founders' and one more that have finished, one midway, one just begun. */
async function openCohorts(world: World) {
  const admin = await world.person('demo-admin')
  const add = async (course: string, name: string, from: number, until: number) =>
    (
      await addCohort(world.tx, world.content, admin, {
        ...{ course, name, startsOn: world.day(from), endsOn: world.day(until) },
      })
    ).id
  const open = async (course: string) => (await selfPacedCohort(world.tx, course)).id
  return {
    founders: await add(global, 'Founders', 123, 108),
    summer: await add(moderating, 'Summer evenings', 100, 58),
    autumn: await add(introduction, 'Autumn circle', 24, -18),
    winter: await add(moderating, 'Winter starters', 6, -50),
    alone: {
      introduction: await open(introduction),
      moderating: await open(moderating),
      global: await open(global),
    },
  }
}

/** Everybody's lives, from four months ago to the present. */
export async function plot(world: World, groups: Record<Group, string[]>): Promise<Life[]> {
  const cohorts = await openCohorts(world)
  return [
    ...founders(world),
    ...(await staff(world, cohorts)),
    ...summer(world, groups.summer, cohorts),
    ...autumn(world, groups.autumn, cohorts),
    ...winter(world, groups.winter, cohorts),
    ...alone(world, groups.alone, cohorts),
    ...worries(world, cohorts),
    ...wrongCounts(world),
    ...converse(world),
    platform(world, counted),
    connects(world),
    showsThemselves(world, 'demo-mentor'),
    asksToLeave(world, 'tamsin'),
    leaves(world, 'quincy'),
    administer(world),
    ...undecided(world),
    missesDuty(world, {
      ...{ handle: 'sunniva', badge: 'mentor', from: 19 },
      reason: 'Led rooms in another community for years, and was asked to help here.',
    }),
  ]
}

type Cohorts = Awaited<ReturnType<typeof openCohorts>>

const founders = (world: World): Life[] => [
  override(world, { handle: 'demo-mentor', badge: 'mentor', from: 123 }),
  override(world, { handle: 'tobias', badge: 'mentor', from: 123 }),
  override(world, { handle: 'aiko', badge: 'moderator', from: 123 }),
  override(world, { handle: 'selma', badge: 'mentor', from: 112 }),
]

/**
 * The mentors at their desks. Each has Global Mod Training to do; the first two took it in cohorts of their own, since
 * nobody grades where they learn, and a third has one module left. One comes only now and then. An admin took it too, out of interest.
 */
async function staff(world: World, { founders, summer, autumn, winter, alone }: Cohorts): Promise<Life[]> {
  const { tx } = world
  const everywhere = [alone.introduction, alone.moderating]
  for (const [handle, cohortIds] of [
    ['demo-mentor', [summer, autumn]],
    ['tobias', [founders, summer, winter]],
  ] as const) {
    const { id: personId } = await world.person(handle)
    for (const cohortId of cohortIds)
      await addMentor(tx, await world.person('demo-admin'), { cohortId, personId })
    await world.meet(handle)
  }
  const training = { course: global, pace: 2 }
  return [
    join(world, ['demo-mentor', 'aiko'], founders, 122),
    join(world, ['tobias', 'wren'], alone.global, 122),
    mentor(world, 'tobias', {
      ...{ cohortIds: [founders, summer, winter, ...everywhere], from: 121, until: 1 },
    }),
    mentor(world, 'demo-mentor', {
      ...{ cohortIds: [summer, autumn, alone.global, ...everywhere], from: 120, until: 5 },
      holds: { cohortId: autumn, from: 8 },
    }),
    mentor(world, 'selma', { cohortIds: [alone.global], from: 109, until: 106 }),
    differ(world, { first: 'selma', second: 'tobias', cohortIds: everywhere, from: 5 }),
    appeals(world, {
      ...{ cohortId: alone.introduction, by: 'tobias', from: 1.5 },
      reason: 'I did write what I said to them, in the last lines. Could somebody read those once more?',
    }),
    confirmLogs(world, 'demo-mentor', { from: 117, until: 6 }),
    learn(world, 'demo-mentor', { ...training, cohortId: founders, from: 119 }),
    learn(world, 'tobias', { ...training, cohortId: alone.global, from: 118 }),
    learn(world, 'aiko', { ...training, cohortId: founders, from: 118, modules: 2 }),
    learn(world, 'wren', { ...training, cohortId: alone.global, from: 120 }),
    override(world, { handle: 'aiko', badge: 'mentor', from: 4.5 }),
    tunesIn(world, { handle: 'aiko', course: global, few: 2, from: 3 }),
    pairs(world, 'demo-mentor', 'aiko', 4),
    applies(world, {
      ...{ handle: 'tobias', badge: 'mentor-leader', from: 6 },
      statement:
        'I would like to look after the evening rooms for three months, with Selma and whoever becomes a mentor this winter. We lose people between nine and ten, when nobody is leading. I would share the evenings out so that nobody has more than two a week, and ask each of them every Sunday how they are before I ask how the rooms are.',
      endorsed: [
        [
          'demo-mentor',
          'Tobias and I led the founders’ cohort. When I was ill he took my week without making it a favour.',
        ],
        ['selma', 'He says what he sees, kindly, and he says it to you first. I would work on his team.'],
      ],
    }),
    leadsWith(world, {
      ...{ handle: 'demo-trainee', beside: 'demo-mentor', place: 'Evening circle', minutes: 75, from: 9 },
      note: 'My first. I forgot to say when it would end, and noticed because somebody asked.',
      marks: { purpose: 'not-yet', risk: 'no-occasion', time: 'not-yet' },
      words:
        'You let the silence after Ana’s turn be, and two people spoke who never do. Next time say at the start how long it takes and how it ends: then nobody has to watch the clock for you. I would sit in again any evening.',
    }),
    ledWith(world, {
      ...{ handle: 'demo-trainee', beside: 'demo-mentor', place: 'Evening circle', minutes: 60, from: 2 },
      note: 'Said the end at the start this time. It was easier for me as well.',
    }),
    keepsComments(world, 'demo-mentor', 60, 'own'),
    keepsComments(world, 'tobias', 55, 'shared'),
  ]
}

/** How it went for those of the summer who were not simply granted their badge. */
const fates: Record<string, 'waits' | 'declined' | 'stops'> = {
  ...{ leyla: 'waits', dmitri: 'waits', maxi: 'waits', otis: 'waits' },
  ...{ gwen: 'declined', sunniva: 'stops' },
}
const slow = ['leyla', 'dmitri', 'maxi', 'gwen', 'otis']

function summer(world: World, handles: string[], cohorts: Cohorts): Life[] {
  const joining = [
    join(world, handles, cohorts.alone.introduction, 121),
    join(world, handles, cohorts.summer, 101),
  ]
  const lives = handles.flatMap(handle => {
    const fate = fates[handle]
    return [
      ...introduced(world, handle, { cohortId: cohorts.alone.introduction, from: 120, pace: 2 }),
      learn(world, handle, {
        ...{ course: moderating, cohortId: cohorts.summer, from: 99, pace: slow.includes(handle) ? 12 : 4.5 },
        ...(fate === 'stops' && { modules: 5 }),
      }),
      ...(fate === undefined || fate === 'declined'
        ? [decide(world, { handle, badge: 'moderator', from: fate ? 6 : 66 }, fate === undefined)]
        : []),
      ...(handle === 'ines'
        ? [
            revoke(
              world,
              { handle, badge: 'moderator', from: 12 },
              { reasonClass: 'own-wish', reason: world.words.reasons.revoke[0]! },
            ),
          ]
        : []),
      practise(world, handle, { from: 95, every: world.chance.between(9, 16) }),
      ...(['hazel', 'kwame'].includes(handle) ? [readsEverything(world, handle)] : []),
    ]
  })
  return [...joining, ...lives]
}

function autumn(world: World, handles: string[], { autumn: cohortId }: Cohorts): Life[] {
  const lives = handles.flatMap((handle, index) => [
    learn(world, handle, {
      ...{ course: introduction, cohortId, from: 23 - world.chance.between(0, 4), pace: 4.4 },
      ...(handle === 'demo-trainee' && { from: 21, modules: 3 }),
      ...(index % 5 === 3 && { modules: 2, stopsInQuiz: true }),
      ...(index % 6 === 4 && { modules: 3 }),
    }),
    practise(world, handle, {
      ...{ from: world.chance.between(8, 20), every: world.chance.between(5, 9) },
    }),
  ])
  const module = `${introduction}/what-group-support-is`
  return [
    ...[join(world, handles, cohortId, 25), ...lives, talkOn(world, { handles, cohortId, module })],
    recall(world, { handle: 'demo-trainee', quiz: module, days: [9, 5, 2], few: 4 }),
    vouches(world, {
      ...{ by: 'demo-mentor', handle: 'demo-trainee', guide: 'using-a-poll-in-a-room', from: 6 },
      note: 'Put a poll to the Tuesday practice when it could not settle on a time, closed it once all had voted, and said in one line what came of it.',
    }),
  ]
}

function winter(world: World, handles: string[], cohorts: Cohorts): Life[] {
  const joining = [
    join(world, handles, cohorts.alone.introduction, 60),
    join(world, handles, cohorts.winter, 7),
  ]
  const lives = handles.flatMap(handle => [
    ...introduced(world, handle, { cohortId: cohorts.alone.introduction, from: 58, pace: 5 }),
    learn(world, handle, {
      ...{ course: moderating, cohortId: cohorts.winter, from: 5 - world.chance.between(0, 3), pace: 4 },
      modules: 2,
    }),
    practise(world, handle, { from: 50, every: world.chance.between(8, 14) }),
  ])
  return [...joining, ...lives]
}

function alone(world: World, handles: string[], cohorts: Cohorts): Life[] {
  const { introduction: cohortId } = cohorts.alone
  const lives = handles.flatMap((handle, index) => {
    // Two who have done everything: one waits for a decision, one for a few days to pass.
    const keen = ['bea', 'vikram'].includes(handle)
    return [
      learn(world, handle, {
        ...{ course: introduction, cohortId, from: keen ? 30 : world.chance.between(4, 34), pace: 3.5 },
        ...(!keen && { modules: 1 + (index % 4), stopsInQuiz: index % 4 === 2 }),
      }),
      ...(keen
        ? [practise(world, handle, { from: 26, every: 5, kinds: ['compassion_course', 'first_steps_badge'] })]
        : []),
    ]
  })
  return [join(world, handles, cohortId, 35), ...lives]
}

/** The Introduction from end to end, two group chats beside it, and the badge that it leads to. */
function introduced(
  world: World,
  handle: string,
  { cohortId, from, pace }: { cohortId: number; from: number; pace: number },
): Life[] {
  return [
    learn(world, handle, { course: introduction, cohortId, from, pace }),
    decide(world, { handle, badge: 'room-supporter', from: from - 5 * pace }),
  ]
}

async function* readsEverything(world: World, handle: string): Life {
  for (const [index, { id }] of world.content.guides.entries()) {
    yield world.evening(90 - 2 * index)
    await doGuide(world, handle, id)
  }
  await world.review(await world.person(handle))
}

/** What people have reported: a worry and a name that slipped out, which wait; and one that has been looked after. */
const worries = (world: World, { autumn: cohortId, summer }: Cohorts): Life[] => [
  reports(world, {
    ...{ cohortId: summer, kind: 'reply', reason: 'unkind', from: 70 },
    words: 'It reads a little sharp to me. Perhaps it was not meant that way.',
    handled: {
      by: 'demo-mentor',
      outcome:
        'Read it with both of them in mind. It was short rather than unkind; I replied with a warmer word.',
    },
  }),
  reports(world, {
    ...{ cohortId, kind: 'reply', reason: 'private', from: 3 },
    words: 'I think this tells where a friend of theirs works. They may not have noticed.',
  }),
  reports(world, {
    ...{ cohortId, kind: 'reflection', waits: true, reason: 'worried', from: 2 },
    words: 'They sound very low and very alone in this. It may be nothing, but I would want somebody to ask.',
  }),
]

/** Two find that they are counted wrongly: one has been answered, one waits. */
const wrongCounts = (world: World): Life[] => [
  disputes(world, {
    ...{ handle: 'teo', badge: 'room-supporter', counter: 'evidence:group_chat', from: 12 },
    claimed: 'Two more than it says',
    words:
      'The two evenings in the quiet room with Lars are missing. We were there from eight to nine, and I said hello to everybody who came.',
    corrected: {
      ...{ by: 'demo-admin', change: 2, daysAgo: 20 },
      answer: 'Lars remembers both. The platform was down that week, so I have added them by hand.',
    },
  }),
  disputes(world, {
    ...{ handle: 'demo-trainee', badge: 'room-supporter', counter: 'evidence:group_chat', from: 2 },
    claimed: 'One more',
    words: 'I was in the evening room last Thursday, from the beginning to the end, and it is not here.',
  }),
]

/** What the chat platform counts of a week. */
const counted: Weekly[] = [
  // One step away from Mentor, and all the way.
  { handle: 'hazel', kind: 'group_chat', count: 5, from: 95, until: 5 },
  { handle: 'hazel', kind: 'positive_review', count: 1, from: 95 },
  { handle: 'kwame', kind: 'group_chat', count: 6, from: 98 },
  { handle: 'kwame', kind: 'positive_review', count: 1, from: 98 },
  ...['ines', 'leyla', 'dmitri', 'pip', 'gwen', 'otis', 'maxi', 'rafa', 'sunniva'].map(handle => ({
    ...{ handle, kind: 'group_chat', count: 1 + (handle.length % 2), from: 110 },
  })),
  ...['fionn', 'chioma', 'lars', 'mei', 'rosalind', 'teo', 'gabriel'].map(handle => ({
    ...{ handle, kind: 'group_chat', count: 1, from: 55 },
  })),
  ...['nadia', 'otis', 'ivy'].flatMap(handle =>
    ['compassion_course', 'first_steps_badge'].map(kind => ({ handle, kind, count: 1, from: 50, until: 43 })),
  ),
  { handle: 'rafa', kind: 'practice_session', count: 1, from: 20, until: 13 },
  { handle: 'leyla', kind: 'practice_session', count: 1, from: 27, until: 13 },
]

/** Enrols them all, one evening. */
async function* join(world: World, handles: readonly string[], cohortId: number, from: number): Life {
  yield world.evening(from)
  const admin = await world.person('demo-admin')
  for (const handle of handles)
    await enrol(world.tx, admin, { cohortId, personId: (await world.person(handle)).id })
}
