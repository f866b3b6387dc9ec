import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { figure, median, percentile, say } from './figures.ts'
import { addStrangers } from './size.ts'

/** A course that nothing else in the benchmark is graded in. */
const course = 'moderator-training'
const modules = [
  'the-moderators-job',
  'a-safe-space',
  'ground-rules-and-warnings',
  'disruption-and-conflict',
  'crisis',
]
const rubric = 'practice-reflection'
const words = '<p>I would say it once, kindly, and then leave them room.</p>'
const mentors = 200
/** So many of them are at it in the same moment. */
const atOnce = 16
const rounds = 100
const strangers = 20_000

/** A queue that so many mentors drain, and that is filled again to its size. */
interface Queue {
  cookie: (n: number) => string
  fill: () => Promise<unknown>
}

type Taken = Record<'opened' | 'claimed' | 'graded', number[]>

/**
 * Measures what a mentor waits for at a desk of 100 and of 100,000 reflections, each drained by 200 mentors, sixteen of
 * them in the same moment: the queue is opened, the next one claimed, and graded.
 */
export async function measureDesk(db: Db, origin: string, cookie: (n: number) => string): Promise<void> {
  say('Filling queues of 100 and 100,000 reflections…')
  await addStrangers(db, strangers)
  const [row] = await db.execute<{ first: string }>(sql`select min(id) as first from person`)
  const first = Number(row!.first)
  const queues = [
    await addQueue(db, { name: 'Short queue', size: 100, firstMentor: first + 200 }, n => cookie(200 + n)),
    await addQueue(db, { name: 'Long queue', size: 100_000, firstMentor: first + 400 }, n => cookie(400 + n)),
  ]
  await db.execute(sql`vacuum analyze`)
  const taken = queues.map((): Taken => ({ opened: [], claimed: [], graded: [] }))
  for (let round = -5; round < rounds; round++)
    for (const side of Math.random() < 0.5 ? [0, 1] : [1, 0]) {
      const one: Taken = round < 0 ? { opened: [], claimed: [], graded: [] } : taken[side]!
      const from = (round + 5) * atOnce
      await Promise.all(
        Array.from({ length: atOnce }, (_, n) =>
          work(origin, queues[side]!.cookie((from + n) % mentors), one),
        ),
      )
      await queues[side]!.fill()
    }
  const [short, long] = taken
  for (const task of ['opened', 'claimed', 'graded'] as const) {
    const ratio = (of: (numbers: number[]) => number) => (of(long![task]) / of(short![task])).toFixed(2)
    figure(
      `a desk of 100,000 against 100, ${mentors} mentors: ${task}`,
      `p95 ${ratio(all => percentile(all, 0.95))}, median ${ratio(median)}`,
      `budget 1.20 (${percentile(long![task], 0.95).toFixed(1)} ms)`,
    )
  }
}

/** One mentor opens the queue, takes the next, and grades it. */
async function work(origin: string, cookie: string, taken: Taken): Promise<void> {
  const timed = async (task: keyof Taken, send: () => Promise<Response>, status: number) => {
    const began = performance.now()
    const answer = await send()
    const text = await answer.text()
    taken[task].push(performance.now() - began)
    if (answer.status !== status) throw new Error(`${task}: ${answer.status} ${text.slice(0, 400)}`)
    return answer
  }
  const press = (action: string, fields: Record<string, string>) =>
    fetch(`${origin}/desk?_action=${action}`, {
      method: 'POST',
      headers: { cookie, origin },
      body: new URLSearchParams({ key: randomUUID(), ...fields }),
      redirect: 'manual',
    })
  await timed('opened', () => fetch(`${origin}/desk`, { headers: { cookie } }), 200)
  const { headers } = await timed('claimed', () => press('grading.claimNext', {}), 303)
  const marking = /\/desk\/(\d+)/.exec(headers.get('location') ?? '')?.[1]
  if (!marking) throw new Error('Nothing was left to claim.')
  const levels = Object.fromEntries(
    ['reading', 'response', 'limits', 'reasons'].map(id => [`levels.${id}`, 'there']),
  )
  const given = { marking, revision: '1', feedback: 'Clear and kind.', outcome: 'pass', ...levels }
  // With the claim of the next one, as a mentor goes on.
  const { headers: onward } = await timed('graded', () => press('grading.grade', given), 303)
  const next = /\/desk\/(\d+)/.exec(onward.get('location') ?? '')?.[1]
  if (next) await (await press('grading.release', { marking: next })).text()
}

async function addQueue(
  db: Db,
  { name, size, firstMentor }: { name: string; size: number; firstMentor: number },
  cookie: (n: number) => string,
): Promise<Queue> {
  const [row] = await db.execute<{ id: string }>(
    sql`insert into cohort (course, name) values (${course}, ${name}) returning id`,
  )
  const cohortId = Number(row!.id)
  await db.execute(sql`
    insert into certificate (code, person_id, badge, granted_at)
    select ${name} || n, ${firstMentor}::bigint + n, 'mentor', now() from generate_series(0, ${mentors - 1}::int) n`)
  await db.execute(sql`
    insert into cohort_mentor (cohort_id, person_id)
    select ${cohortId}, ${firstMentor}::bigint + n from generate_series(0, ${mentors - 1}::int) n`)
  await db.execute(sql`
    insert into marker (mentor_id, course, first_marks)
    select ${firstMentor}::bigint + n, ${course}, 10 from generate_series(0, ${mentors - 1}::int) n`)
  await db.execute(sql`
    insert into calibration (mentor_id, course, why, finished_at, passed)
    select ${firstMentor}::bigint + n, ${course}, 'new', now(), true from generate_series(0, ${mentors - 1}::int) n`)
  for (const module of modules)
    await db.execute(
      sql`insert into discussion (cohort_id, module) values (${cohortId}, ${`${course}/${module}`})`,
    )
  let added = 0
  const add = async (count: number) => {
    await addWaiting(db, cohortId, { from: added, count })
    added += count
  }
  await add(size)
  /** A few thousand taken from many change nothing. */
  const fill = async () => {
    if (size > 10_000) return
    const [waiting] = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from marking where cohort_id = ${cohortId} and closed_at is null`)
    await add(Math.max(0, size - waiting!.count))
  }
  return { cookie, fill }
}

/** Reflections that wait, each by another stranger and module, promised one after the other. */
const addWaiting = (db: Db, cohortId: number, { from, count }: { from: number; count: number }) =>
  db.execute(sql`
    with wanted as (
      select series.n, stranger.id as author_id, place.id as discussion_id, place.module
      from generate_series(${from}::int, ${from + count - 1}::int) series(n)
      join (select id, row_number() over (order by id) - 1 as n from person where handle like 'stranger%') stranger
        on stranger.n = series.n % ${strangers}
      join discussion place on place.cohort_id = ${cohortId}
        and place.module = (${sql.param(modules.map(module => `${course}/${module}`))}::text[])[series.n / ${strangers} + 1]
    ), written as (
      insert into post (discussion_id, author_id, kind, markdown, html)
      select discussion_id, author_id, 'reflection', 'as html', ${words} from wanted order by n
      returning id, discussion_id, author_id
    ), handed_in as (
      insert into submission (post_id, cohort_id, author_id, module, rubric, promised_by)
      select w.id, ${cohortId}, w.author_id, d.module, ${rubric}, now() + interval '3 days'
      from written w join discussion d on d.id = w.discussion_id
      returning post_id, author_id, module, promised_by
    )
    insert into marking (post_id, cohort_id, author_id, module, try, purpose, promised_by)
    select post_id, ${cohortId}, author_id, module, 1, 'first', promised_by + make_interval(secs => post_id / 10.0)
    from handed_in`)
