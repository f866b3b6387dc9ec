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
  const hours = (count: number) => sql`make_interval(hours => ${count})`
  const letLie = sql`now() >= least(m.handed_at + ${hours(patience)},
    greatest(m.promised_by - ${hours(nearPromise)}, m.handed_at + ${hours(nearPromise)}))`
  return takeBack(
    tx,
    sql`not (${ready}) or ${letLie}`,
    sql`case when ${ready} then 'untouched' else 'unavailable' end`,
  )
}

/**
 * Takes back those of what is handed out, as `m`, that `which` says and that nobody has begun. What somebody is just
 * changing is passed over, for the next time.
 */
export async function takeBack(tx: Tx, which: SQL, why: SQL): Promise<number> {
  const rows = await tx.execute<{ id: string; post_id: string; mentor: string; why: string }>(sql`
    with back as (
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
