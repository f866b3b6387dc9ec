import { sql } from 'drizzle-orm'
import { appealResult } from '../../../src/grading/appeal.ts'
import { barredFrom, markingColumns } from '../../../src/grading/barred.ts'
import { type GradeInput, gradeMarking } from '../../../src/grading/grade.ts'
import type { Outcome } from '../../../src/grading/decide.ts'
import type { Rubric } from '../../../src/grading/rubric.ts'
import { found } from '../../../src/errors.ts'
import { chance } from './chance.ts'
import { calibrate } from './calibrating.ts'
import type { Life } from './lives.ts'
import { compose } from './words.ts'
import type { World } from './world.ts'

export interface Mentoring {
  cohortIds: number[]
  /** Days before the present. */
  from: number
  until: number
  /** From this day on, answers in this cohort are held. */
  holds?: { cohortId: number; from: number }
}

const HOUR = 60 * 60_000

/** Reflections, by author and module, that are returned and wait for their author to this day. */
export const staysReturned = [
  'demo-trainee introduction-to-group-support/facilitating-not-directing',
  'otis moderator-training/looking-after-the-room-and-yourself',
]

/** Whose reflections all pass at once: with the fourth week the badge is theirs. */
const passesAll = ['vikram']

interface Waiting extends Record<string, unknown> {
  marking: string
  post: string
  purpose: string
  cohort: string
  try: number
  revision: number
  module: string
  rubric: string
  author: string
}

type Seen = Pick<GradeInput, 'outcome' | 'levels'>

/** Sits down at the desk every day or two, and grades what has been waiting since the day before. */
export async function* mentor(world: World, handle: string, desk: Mentoring): Life {
  for (let day = desk.from; day > desk.until; day -= world.chance.between(1, 2)) {
    const evening = world.evening(day)
    yield evening
    if (day === desk.from)
      for (const course of world.content.courses) await calibrate(world, handle, course.id)
    const { id } = await world.person(handle)
    for (const waiting of await waitingFor(world, desk, { id, evening }))
      await grade(
        world,
        handle,
        waiting,
        day <= (desk.holds?.from ?? 0) && Number(waiting.cohort) === desk.holds?.cohortId,
      )
  }
}

const waitingFor = (
  world: World,
  { cohortIds }: Pick<Mentoring, 'cohortIds'>,
  { id, evening }: { id: number; evening: Date },
) =>
  world.tx.execute<Waiting>(sql`
    select m.id as marking, m.post_id as post, m.purpose, m.cohort_id as cohort, m.try, coalesce(m.revision, p.revision) as revision, m.module, s.rubric, a.handle as author
    from marking m join submission s on s.post_id = m.post_id
      join post p on p.id = m.post_id join person a on a.id = m.author_id
    where m.closed_at is null and m.cohort_id = any(${sql.param(cohortIds)}::bigint[])
      and m.opened_at < ${evening.toISOString()}::timestamptz - interval '8 hours'
      and ${barredFrom(markingColumns('m'), sql`${id}::bigint`)} is null
    order by m.promised_by, m.id limit 16`)

async function grade(world: World, handle: string, waiting: Waiting, hold: boolean, seen?: Seen) {
  const mentor = await world.person(handle)
  const { chance, words } = world
  const rubric = found(world.content.rubric(waiting.rubric))
  const { outcome, levels } = seen ?? asSeenBy(handle, waiting, rubric)
  const returns = outcome === 'return'
  const { authorId } = await gradeMarking(world.tx, world.content, mentor, {
    ...{
      marking: Number(waiting.marking),
      revision: waiting.revision,
      outcome,
      levels,
      hold,
      corrects: false,
    },
    feedback: compose(chance, returns ? words.returned.slice(0, 1) : words.passed, ' '),
    toChange: returns ? compose(chance, words.returned.slice(1), ' ') : '',
  })
  await world.review({ id: authorId })
}

/**
 * What a reflection is like, of which all mentors see most alike: mostly the best level on a pass; on a return, one
 * criterion that is not there yet. Now and then one sees a level otherwise.
 */
function asSeenBy(handle: string, { author, module, try: aTry }: Waiting, { criteria }: Rubric) {
  const itself = chance(seedOf(`${author} ${module} ${aTry}`))
  const eye = chance(seedOf(`${handle} ${author} ${module} ${aTry}`))
  const returns =
    staysReturned.includes(`${author} ${module}`) ||
    (aTry === 1 && itself.percent(11) && !passesAll.includes(author))
  const weak = returns ? itself.one(criteria).id : undefined
  const levels = criteria.map(({ id, levels }) => {
    const best = levels.length - 1
    const is = id === weak ? 0 : itself.percent(60) ? best : best - 1
    const seen = eye.percent(88) ? is : Math.min(best, Math.max(0, is + eye.one([-1, 1])))
    return [id, found(levels[seen]).id] as const
  })
  const outcome: Outcome = returns ? 'return' : itself.percent(12) ? 'distinction' : 'pass'
  return { outcome, levels: Object.fromEntries(levels) }
}

const seedOf = (words: string) => Buffer.from(words).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 3)

/** One returns what has waited longest, and another, who marks it blind the same evening, lets it pass: a third has to settle it. */
export async function* differ(
  world: World,
  story: { first: string; second: string; cohortIds: number[]; from: number },
): Life {
  const waiting = async (handle: string, evening: Date) =>
    waitingFor(world, story, { id: (await world.person(handle)).id, evening })
  for (let day = story.from; day > 1; day -= 1) {
    const evening = world.evening(day)
    yield evening
    const first = (await waiting(story.first, evening)).find(({ purpose }) => purpose === 'first')
    if (!first) continue
    const { criteria } = found(world.content.rubric(first.rubric))
    const levels = (fromBest: number) =>
      Object.fromEntries(criteria.map(({ id, levels }) => [id, found(levels.at(-1 - fromBest)).id]))
    await grade(world, story.first, first, false, { outcome: 'return', levels: levels(1) })

    yield new Date(evening.getTime() + HOUR)
    const second = (await waiting(story.second, new Date(evening.getTime() + 9 * HOUR))).find(
      ({ post }) => post === first.post,
    )
    await grade(world, story.second, found(second), false, { outcome: 'pass', levels: levels(0) })
    return
  }
}

/** An author asks for a second look at an answer that one mentor alone gave, and that another could give. */
export async function* appeals(
  world: World,
  story: { cohortId: number; by: string; from: number; reason: string },
): Life {
  yield world.evening(story.from)
  const { id } = await world.person(story.by)
  const [given] = await world.tx.execute<{ result: string; author: string }>(sql`
    select r.id as result, a.handle as author from result r join submission s on s.post_id = r.post_id and s.try = r.try
      join person a on a.id = r.author_id join grade g on g.id = r.grade_ids[1]
    where r.cohort_id = ${story.cohortId} and r.rule = 'only' and r.outcome <> 'distinction' and g.mentor_id = ${id}
      and r.released_at is not null and a.handle not like 'demo-%' order by r.id desc limit 1`)
  const { result, author } = found(given)
  await appealResult(world.tx, world.content, await world.person(author), {
    result: Number(result),
    reason: story.reason,
  })
}
