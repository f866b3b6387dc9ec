import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'

interface Disagreement extends Record<string, unknown> {
  seq: string | null
  problem: string
}

/**
 * Where a certificate and the last word on it in the record differ, the earliest entry first. Of whom a grant was
 * says nothing once it is erased.
 */
export async function firstDisagreement(
  db: Queryable,
): Promise<{ seq: number | null; problem: string } | undefined> {
  const [row] = await db.execute<Disagreement>(sql`
    with word as (
      select distinct on (certificate_code) certificate_code as code, seq, kind, at from record_entry
      where certificate_code is not null order by certificate_code, seq desc
    ), origin as (
      select certificate_code as code, seq, person_id, badge, at, (criteria ->> 'expiresOn')::date as expires_on
      from record_entry where kind = 'grant'
    )
    select coalesce(word.seq, origin.seq) as seq, case
      when c.code is null then 'The certificate that it grants is missing.'
      when origin.code is null then 'The record knows no grant of certificate ' || c.code || '.'
      when origin.person_id is distinct from c.person_id and origin.person_id is not null
        then 'The certificate is somebody else’s than its grant says.'
      when (c.badge, c.granted_at, c.expires_on)
        is distinct from (origin.badge, origin.at, origin.expires_on)
        then 'The certificate says something else than its grant.'
      else 'The certificate does not stand as the record says.'
    end as problem
    from certificate c
    full join origin on origin.code = c.code
    left join word on word.code = coalesce(c.code, origin.code)
    where c.code is null or origin.code is null
      or (origin.person_id is not null and origin.person_id <> c.person_id)
      or (c.badge, c.granted_at, c.expires_on) is distinct from (origin.badge, origin.at, origin.expires_on)
      or c.ended_by is distinct from case when word.kind in ('revocation', 'lapse') then word.kind end
      or c.ended_at is distinct from case when word.kind in ('revocation', 'lapse') then word.at end
    order by coalesce(word.seq, origin.seq) nulls last
    limit 1`)
  return row && { seq: row.seq === null ? null : Number(row.seq), problem: row.problem }
}
