import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { auditEach } from '../../record/audit.ts'
import { barredFrom, markingColumns } from '../barred.ts'

/** The lock of whoever hands out: one run at a time, and none beside a mentor who is just setting their pace. */
export const handingOut = 'handing out markings'

/** How long a mentor may leave untouched what was handed out to them: hours. */
export const patience = 24
/** So many hours before its promise it is everybody's again, but nobody is given less time than this: hours. */
export const nearPromise = 6

/** Of the audit log, what it said of one action since a while ago: two short ranges of its index, however long it is. */
export const saidLately = (action: string, since: SQL): SQL => sql`(
  select id, at, subject_id, (details->>'marking')::bigint as marking, details->>'why' as why from audit_entry
  where action = ${action} and id > coalesce((
    select id from audit_entry where action = ${action} and at <= now() - ${since} order by id desc nulls last limit 1), 0))`

/**
 * What was handed out to somebody who may not mark it any more or is away, or who has left it untouched for too long,
 * is everybody's again.
 * @param here who takes on work at this moment
 */
export async function takeBackUntouched(tx: Tx, here: readonly number[]): Promise<number> {
  const ready = sql`m.handed_to_id = any(${sql.param(here)}::bigint[]) and exists (
    select from cohort c where c.id = m.cohort_id and (c.self_paced or exists (
      select from cohort_mentor o where o.cohort_id = c.id and o.person_id = m.handed_to_id)))
    and ${barredFrom(markingColumns('m'), sql`m.handed_to_id`)} is null`
  const handedAt = sql`coalesce(
    (select max(said.at) from said where said.marking = m.id and said.subject_id = m.handed_to_id), '-infinity')`
  const hours = (count: number) => sql`make_interval(hours => ${count})`
  const letLie = sql`now() >= least(${handedAt} + ${hours(patience)},
    greatest(m.promised_by - ${hours(nearPromise)}, ${handedAt} + ${hours(nearPromise)}))`
  return takeBack(
    tx,
    sql`not (${ready}) or ${letLie}`,
    sql`case when ${ready} then 'untouched' else 'unavailable' end`,
    sql`said as materialized ${saidLately('reflection.handed_out', hours(patience))},`,
  )
}

/**
 * Takes back those of what is handed out, as `m`, that `which` says and that nobody has begun. What somebody is just
 * changing is passed over, for the next time.
 */
export async function takeBack(tx: Tx, which: SQL, why: SQL, given = sql``): Promise<number> {
  const rows = await tx.execute<{ id: string; post_id: string; mentor: string; why: string }>(sql`
    with ${given} back as (
      select m.id, m.handed_to_id as mentor, ${why} as why from marking m
      where m.handed_to_id is not null and m.closed_at is null and not ${begun} and (${which})
      order by m.id for update of m skip locked)
    update marking set handed_to_id = null from back where marking.id = back.id
    returning marking.id, marking.post_id, back.mentor, back.why`)
  await auditEach(
    tx,
    null,
    'reflection.taken_back',
    rows.map(({ id, post_id, mentor, why }) => ({
      subject: Number(mentor),
      details: { post: Number(post_id), marking: Number(id), why },
    })),
  )
  return rows.length
}

/** Its mentor is at work on it, or has written something for it of late. */
const begun = sql`(m.claimed_by_id is not distinct from m.handed_to_id and m.claimed_until > now()
  or exists (select from draft d where d.person_id = m.handed_to_id
    and d.name in ('grade:' || m.id, 'to-change:' || m.id)
    and d.updated_at > now() - make_interval(hours => ${patience})))`
