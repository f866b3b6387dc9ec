import { sql } from 'drizzle-orm'
import { barredFrom, markingColumns } from '../../../src/grading/barred.ts'
import { gradeMarking } from '../../../src/grading/grade.ts'
import type { Outcome } from '../../../src/grading/decide.ts'
import type { Rubric } from '../../../src/grading/rubric.ts'
import { found } from '../../../src/errors.ts'
import { calibrate } from './calibrating.ts'
import type { Life } from './lives.ts'
import { compose } from './words.ts'
import type { World } from './world.ts'

export interface Mentoring {
  cohortIds: number[]
  /** Days before the present. */
  from: number
  until: number
}

/** Reflections, by author and module, that are returned and wait for their author to this day. */
export const staysReturned = [
  'demo-trainee introduction-to-group-support/facilitating-not-directing',
  'otis moderator-training/looking-after-the-room-and-yourself',
]

interface Waiting extends Record<string, unknown> {
  marking: string
  try: number
  revision: number
  module: string
  rubric: string
  author: string
}

/** Sits down at the desk every day or two, and grades what has been waiting since the day before. */
export async function* mentor(world: World, handle: string, desk: Mentoring): Life {
  for (let day = desk.from; day > desk.until; day -= world.chance.between(1, 2)) {
    const evening = world.evening(day)
    yield evening
    if (day === desk.from)
      for (const course of world.content.courses) await calibrate(world, handle, course.id)
    const { id } = await world.person(handle)
    for (const waiting of await waitingFor(world, desk, { id, evening })) await grade(world, handle, waiting)
  }
}

const waitingFor = (world: World, { cohortIds }: Mentoring, { id, evening }: { id: number; evening: Date }) =>
  world.tx.execute<Waiting>(sql`
    select m.id as marking, m.try, coalesce(m.revision, p.revision) as revision, m.module, s.rubric, a.handle as author
    from marking m join submission s on s.post_id = m.post_id
      join post p on p.id = m.post_id join person a on a.id = m.author_id
    where m.closed_at is null and m.cohort_id = any(${sql.param(cohortIds)}::bigint[])
      and m.opened_at < ${evening.toISOString()}::timestamptz - interval '8 hours'
      and ${barredFrom(markingColumns('m'), sql`${id}::bigint`)} is null
    order by m.promised_by, m.id limit 16`)

async function grade(world: World, handle: string, waiting: Waiting) {
  const mentor = await world.person(handle)
  const { chance, words } = world
  const stays = staysReturned.includes(`${waiting.author} ${waiting.module}`)
  const returns = stays || (waiting.try === 1 && chance.percent(11))
  const outcome = returns ? 'return' : chance.percent(9) ? 'distinction' : 'pass'
  const rubric = found(world.content.rubric(waiting.rubric))
  const { authorId } = await gradeMarking(world.tx, world.content, mentor, {
    ...{
      marking: Number(waiting.marking),
      revision: waiting.revision,
      outcome,
      hold: false,
      corrects: false,
    },
    levels: levels(world, rubric, outcome),
    feedback: compose(chance, returns ? words.returned.slice(0, 1) : words.passed, ' '),
    toChange: returns ? compose(chance, words.returned.slice(1), ' ') : '',
  })
  await world.review({ id: authorId })
}

/** Mostly the best level on a pass; on a return, one criterion that is not there yet. */
function levels({ chance }: World, { criteria }: Rubric, outcome: Outcome) {
  const weak = outcome === 'return' ? chance.one(criteria).id : undefined
  return Object.fromEntries(
    criteria.map(({ id, levels }) => {
      const best = levels.length - 1
      return [id, found(levels[id === weak ? 0 : chance.percent(70) ? best : best - 1]).id]
    }),
  )
}
