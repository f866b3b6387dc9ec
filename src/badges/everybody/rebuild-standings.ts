import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../db/client.ts'
import { siteFact } from '../../../db/schema/record.ts'
import type { Content } from '../../authoring/content.ts'
import { finishCourses } from '../../courses/finishing.ts'
import { completeDuties, coursesOfDuties } from '../duties.ts'
import { keepStandings } from '../keep-standings.ts'
import type { CourseOutline } from '../outline.ts'
import { contentInForce } from '../rules/load-rules.ts'
import { factsOfEverybody, type Whom } from './facts-of-everybody.ts'
import { reviewStandings } from '../review-standing.ts'
import { allDone, daysInSql, everyOne, toComplete } from './in-sql.ts'

/**
 * Judges everybody anew, in batches, each in its own transaction.
 * @param told is called after each batch with how many people of how many are done
 * @returns how many standings differed from what was stored
 */
export async function rebuildStandings(
  db: Db,
  content: Content,
  told: (done: number, all: number) => void = () => {},
): Promise<number> {
  const waiting = await batches(db)
  const all = waiting.reduce((sum, { people }) => sum + people, 0)
  let [done, changed] = [0, 0]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const differed = await rebuildAmong(db, content, Number(next.first), Number(next.last))
      changed += differed
      told((done += next.people), all)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  await forgetOldBadges(db, content)
  return changed
}

/** People whose rows are held at once: so long may a write about one of them have to wait. */
const batch = 10_000
/** PostgreSQL works on each batch with one processor. */
const atOnce = 2

/** Everybody in ranges of ids. Whoever joins meanwhile is judged as they do. */
const batches = (db: Db) =>
  db.execute<{ first: string; last: string; people: number }>(sql`
    select min(id) as first, max(id) as last, count(*)::int as people
    from (select id, (row_number() over (order by id) - 1) / ${batch} as nth from person) numbered
    group by nth order by nth`)

/** Judges everybody anew when the content is not the one that standings were judged by. */
export async function rebuildIfContentChanged(
  db: Db,
  content: Content,
  told?: (done: number, all: number) => void,
) {
  const name = 'standings judged by content'
  const [fact] = await db.execute<{ value: string }>(sql`select value from site_fact where name = ${name}`)
  if (fact?.value === content.fingerprint) return
  await rebuildStandings(db, content, told)
  await db
    .insert(siteFact)
    .values({ name, value: content.fingerprint })
    .onConflictDoUpdate({ target: siteFact.name, set: { value: content.fingerprint } })
}

interface Rebuilt extends Record<string, unknown> {
  changed: number
  finished: { personId: number; course: string }[]
  done: { personId: number; course: string }[]
}

/** Everybody from one id to another, in a transaction of their own. @returns how many standings differed */
const rebuildAmong = (db: Db, content: Content, first: number, last: number): Promise<number> =>
  db.transaction(async tx => {
    const whom = (id: SQL) => sql`${id} between ${first} and ${last}`
    // Compiling the expressions of all badges would take longer than running them.
    await tx.execute(sql`select set_config('jit', 'off', true), set_config('work_mem', '32MB', true)`)
    // By itself: a statement that had to wait for a row would still see the facts from before it waited.
    await tx.execute(sql`
      select count(*) from (select from person where ${whom(sql`id`)} order by id for no key update) held`)
    const rebuilt = await rebuild(tx, await contentInForce(tx, content), whom)
    await finishCourses(tx, rebuilt.finished)
    const lifted = await completeDuties(tx, content, rebuilt.done)
    await reviewStandings(tx, content, lifted)
    return rebuilt.changed
  })

/** Writes what has changed among people whose rows are held, in one statement, and says what follows from it. */
async function rebuild(tx: Tx, content: Content, whom: Whom): Promise<Rebuilt> {
  const [rebuilt] = await tx.execute<Rebuilt>(sql`
    with ${factsOfEverybody(content, whom)}, judged as (
      select f.person_id, b.badge, b.met_on from f cross join lateral (values ${badges(content)}) as b (badge, met_on)
    ), changed as (${keepStandings(sql`
      select judged.* from judged left join standing kept on kept.person_id = judged.person_id and kept.badge = judged.badge
      where kept.met_on is distinct from judged.met_on`)}
      returning 1
    )
    select (select count(*) from changed)::int as changed,
      (select coalesce(jsonb_agg(jsonb_build_object('personId', f.person_id, 'course', e.course)), '[]')
        from enrolment e join f on f.person_id = e.person_id
        where e.ended_at is null and e.finished_at is null and not e.course = any(f.finished)
          and ${dependingOn(sql`e.course`, content, modules => everyOne(modules, toComplete, sql`'{}'::text[]`))}) as finished,
      (select coalesce(jsonb_agg(jsonb_build_object('personId', f.person_id, 'course', d.course)), '[]')
        from duty d join f on f.person_id = d.person_id
        where d.done_at is null and d.let_go_at is null and d.course = any(${sql.param(coursesOfDuties(content))}::text[])
          and ${dependingOn(sql`d.course`, content, modules => allDone(modules, toComplete))}) as done`)
  return rebuilt!
}

const badges = ({ badges, outline }: Content): SQL =>
  sql.join(
    badges.map(({ id, criteria }) => sql`(${id}::text, ${daysInSql(criteria, outline)})`),
    sql`, `,
  )

/** A condition that each course has for itself, on a column that holds a course; whoever is gone meets none. */
const dependingOn = (
  course: SQL,
  { outline }: Content,
  condition: (modules: CourseOutline['modules']) => SQL,
): SQL => {
  const branches = [...outline.courses].map(
    ([id, { modules }]) => sql`when ${id}::text then ${condition(modules)}`,
  )
  return sql`(case ${course} ${sql.join(branches, sql` `)} else false end)`
}

const forgetOldBadges = (db: Db, content: Content) =>
  db.execute(
    sql`delete from standing where badge <> all(${sql.param(content.badges.map(badge => badge.id))}::text[])`,
  )
