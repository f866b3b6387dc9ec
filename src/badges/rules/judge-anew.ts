import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { daysInSql } from '../everybody/in-sql.ts'
import { factsOfEverybody } from '../everybody/facts-of-everybody.ts'
import { inForce } from '../../people/in-force.ts'
import { keepStandings } from '../keep-standings.ts'
import { today } from '../load-facts.ts'
import { contentInForce } from './load-rules.ts'

/** How far the work on a version has come. */
export interface Judging {
  badge: string
  number: number
  done: number
  people: number
}

/** People whose rows are held at once: so long may a write about one of them have to wait. */
const batch = 10_000

/**
 * Judges everybody by the versions that have come into force and by which not everybody has been judged yet, in
 * batches, each in its own transaction with how far it has come. So it goes on where it stopped, wherever it stopped,
 * and several instances that do it at once do each batch once.
 * @param told is called after each batch
 */
export async function judgeAnew(
  db: Db,
  content: Content,
  told: (judging: Judging) => void = () => {},
): Promise<void> {
  if (!(await anythingWaits(db))) return
  for (let next = await judgeBatch(db, content); next; next = await judgeBatch(db, content)) told(next)
}

/** Asked now and then by every instance, so that what another one left half done is not left for long. */
async function anythingWaits(db: Db): Promise<boolean> {
  const [row] = await db.execute<{ waits: boolean }>(sql`
    with unfinished as (select from badge_version where in_force_from is not null and judged_at is null)
    select exists (select from unfinished) as waits`)
  return row?.waits ?? false
}

interface Work extends Record<string, unknown> {
  id: string
  badge: string
  number: number
  up_to: string
  done: number
  people: number
}

/** The next so many people; null when there is nothing to do, or another instance is at it. */
const judgeBatch = (db: Db, content: Content): Promise<Judging | null> =>
  db.transaction(async tx => {
    // Compiling the expressions would take longer than running them.
    await tx.execute(sql`select set_config('jit', 'off', true), set_config('work_mem', '32MB', true)`)
    const [work] = await tx.execute<Work>(sql`
      select id, badge, number, up_to, done, people from badge_version
      where in_force_from is not null and judged_at is null order by id limit 1 for no key update skip locked`)
    if (!work) return null
    // By itself: a statement that had to wait for a row would still see the facts from before it waited.
    const [held] = await tx.execute<{ last: string | null; count: number }>(sql`
      select max(id) as last, count(*)::int as count from (
        select id from person where id > ${work.up_to}::bigint order by id limit ${batch} for no key update) held`)
    const { last, count } = held!
    const among = (id: SQL) => sql`${id} > ${work.up_to}::bigint and ${id} <= ${last}::bigint`
    const changed = await judgeAmong(tx, await contentInForce(tx, content), work.badge, among)
    const done = work.done + count
    await tx.execute(sql`
      update badge_version set up_to = coalesce(${last}::bigint, up_to), done = ${done},
        people = greatest(people, ${done}), gained = gained + ${changed.gained}, lost = lost + ${changed.lost},
        judged_at = case when ${count < batch} then clock_timestamp() end
      where id = ${work.id}::bigint`)
    const { badge, number } = work
    return { badge, number, done, people: Math.max(work.people, done) }
  })

interface Changed extends Record<string, unknown> {
  gained: number
  lost: number
}

/** @returns how many of those who do not hold the badge meet its criteria now, and did not, and the other way round */
async function judgeAmong(
  tx: Tx,
  content: Content,
  id: string,
  among: (personId: SQL) => SQL,
): Promise<Changed> {
  const badge = content.badge(id)
  if (!badge) return { gained: 0, lost: 0 }
  const now = sql`${today()}::date`
  const [changed] = await tx.execute<Changed>(sql`
    with ${factsOfEverybody(content, among)}, judged as materialized (
      select f.person_id, ${id}::text as badge, ${daysInSql(badge.criteria, content.outline)} as met_on from f
    ), differing as materialized (
      select judged.*, coalesce(kept.met_on @> ${now}, false) as was_met
      from judged left join standing kept on kept.person_id = judged.person_id and kept.badge = judged.badge
      where kept.met_on is distinct from judged.met_on
    ), written as (${keepStandings(sql`select person_id, badge, met_on from differing`)} returning 1)
    select count(*) filter (where met_on @> ${now} and not was_met)::int as gained,
      count(*) filter (where was_met and not met_on @> ${now})::int as lost
    from differing where not exists (
      select from certificate c where c.person_id = differing.person_id and c.badge = ${id} and ${inForce})`)
  return changed!
}
