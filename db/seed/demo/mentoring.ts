import { sql } from 'drizzle-orm'
import { gradeReflection } from '../../../src/grading/grade.ts'
import type { Rubric } from '../../../src/grading/rubric.ts'
import { found } from '../../../src/errors.ts'
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
  post: string
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
    for (const waiting of await waitingFor(world, desk, evening)) await grade(world, handle, waiting)
  }
}

const waitingFor = (world: World, { cohortIds }: Mentoring, now: Date) =>
  world.tx.execute<Waiting>(sql`
    select s.post_id as post, s.try, p.revision, s.module, s.rubric, a.handle as author
    from submission s join post p on p.id = s.post_id join person a on a.id = s.author_id
    where s.state = 'submitted' and s.cohort_id = any(${sql.param(cohortIds)}::bigint[])
      and s.submitted_at < ${now.toISOString()}::timestamptz - interval '8 hours'
    order by s.submitted_at limit 16`)

async function grade(world: World, handle: string, waiting: Waiting) {
  const mentor = await world.person(handle)
  if (waiting.author === handle) return
  const { chance, words } = world
  const stays = staysReturned.includes(`${waiting.author} ${waiting.module}`)
  const outcome = stays || (waiting.try === 1 && chance.percent(11)) ? 'return' : 'pass'
  const rubric = found(world.content.rubric(waiting.rubric))
  const { authorId } = await gradeReflection(world.tx, world.content, mentor, {
    ...{ post: Number(waiting.post), try: waiting.try, revision: waiting.revision, outcome },
    levels: levels(world, rubric, outcome),
    feedback: compose(chance, outcome === 'pass' ? words.passed : words.returned, ' '),
  })
  await world.review({ id: authorId })
}

/** Mostly the best level on a pass; on a return, one criterion that is not there yet. */
function levels({ chance }: World, { criteria }: Rubric, outcome: 'pass' | 'return') {
  const weak = outcome === 'return' ? chance.one(criteria).id : undefined
  return Object.fromEntries(
    criteria.map(({ id, levels }) => {
      const best = levels.length - 1
      return [id, found(levels[id === weak ? 0 : chance.percent(70) ? best : best - 1]).id]
    }),
  )
}
