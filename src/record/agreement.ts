import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'

interface Disagreement extends Record<string, unknown> {
  seq: string | null
  problem: string
}

/**
 * Where a certificate differs from what the words on it in the record come to, the earliest entry first: its grant says
 * whose and what it is, its last renewal until when, its last word whether it has ended, and the last suspension or
 * reinstatement whether it holds meanwhile. Of whom a grant was says nothing once it is erased.
 */
export async function firstDisagreement(
  db: Queryable,
): Promise<{ seq: number | null; problem: string } | undefined> {
  const [row] = await db.execute<Disagreement>(sql`
    with word as (
      select certificate_code as code, kind, seq, at, reason_class ->> 'id' as reason_class,
        (criteria ->> 'expiresOn')::date as expires_on, person_id, badge,
        row_number() over (partition by certificate_code order by seq desc) as nth,
        row_number() over (partition by certificate_code, kind in ('grant', 'renewal') order by seq desc) as nth_of_time,
        row_number() over (partition by certificate_code, kind in ('suspension', 'reinstatement') order by seq desc) as nth_of_pause,
        lag(kind) over (partition by certificate_code order by seq) as before
      from record_entry where certificate_code is not null
    ), said as (
      select code, max(seq) filter (where nth = 1) as seq,
        max(kind) filter (where nth = 1 and kind in ('revocation', 'lapse')) as ended_by,
        max(at) filter (where nth = 1 and kind in ('revocation', 'lapse')) as ended_at,
        max(expires_on) filter (where nth_of_time = 1 and kind in ('grant', 'renewal')) as expires_on,
        max(at) filter (where nth_of_pause = 1 and kind = 'suspension') as suspended_at,
        max(reason_class) filter (where nth_of_pause = 1 and kind = 'suspension') as suspended_for,
        min(seq) filter (where before in ('revocation', 'lapse') or (kind = 'suspension' and before = 'suspension')) as impossible
      from word group by code
    ), origin as (
      select code, seq, person_id, badge, at from word where kind = 'grant'
    ), judged as (
      select coalesce(said.impossible, said.seq, origin.seq) as seq, case
        -- Whoever left may have had their certificates erased with them.
        when c.code is null and origin.person_id is null then null
        when c.code is null then 'The certificate that it grants is missing.'
        when origin.code is null then 'The record knows no grant of certificate ' || c.code || '.'
        when origin.person_id <> c.person_id then 'The certificate is somebody else’s than its grant says.'
        when (c.badge, c.granted_at) is distinct from (origin.badge, origin.at)
          or c.expires_on is distinct from said.expires_on
          then 'The certificate says something else than its grant.'
        when said.impossible is not null then 'It can’t follow from what stands before it on its certificate.'
        when (c.ended_by, c.ended_at, c.suspended_at, c.suspended_for)
          is distinct from (said.ended_by, said.ended_at, said.suspended_at, said.suspended_for)
          then 'The certificate does not stand as the record says.'
      end as problem
      from certificate c
      full join origin on origin.code = c.code
      left join said on said.code = coalesce(c.code, origin.code)
    )
    select seq, problem from judged where problem is not null order by seq nulls last limit 1`)
  return row && { seq: row.seq === null ? null : Number(row.seq), problem: row.problem }
}
