import { asc, gt, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { recordEntry } from '../../db/schema/record.ts'
import { genesis, hashOf, type RecordEntry } from './entry.ts'

/** What came of checking the record. `head` is the hash of the last entry: noted down elsewhere, it proves the whole. */
export type Verification =
  | { ok: true; entries: number; head: string }
  | { ok: false; entries: number; seq: number | null; problem: string }

const batch = 1000

/**
 * Recomputes the chain of the certification record from its first entry, and checks that certificates say the same.
 * @param told is called after each thousand entries with how many have been checked
 * @returns the first entry that is broken, and what is wrong with it; `seq` is null for a certificate without an entry
 */
export async function verifyRecord(
  db: Queryable,
  told: (entries: number) => void = () => {},
): Promise<Verification> {
  let last = { seq: 0, hash: genesis }
  for (;;) {
    const entries = await db
      .select()
      .from(recordEntry)
      .where(gt(recordEntry.seq, last.seq))
      .orderBy(asc(recordEntry.seq))
      .limit(batch)
    for (const entry of entries) {
      const problem = problemWith(entry, last)
      if (problem) return { ok: false, entries: last.seq, seq: entry.seq, problem }
      last = entry
    }
    if (entries.length > 0) told(last.seq)
    if (entries.length < batch) break
  }
  const disagreement = await firstDisagreement(db)
  if (disagreement) return { ok: false, entries: last.seq, ...disagreement }
  return { ok: true, entries: last.seq, head: last.hash }
}

function problemWith(entry: RecordEntry, before: { seq: number; hash: string }): string | undefined {
  if (entry.seq !== before.seq + 1) return `Entry ${before.seq + 1} is missing.`
  if (entry.previousHash !== before.hash) return 'It does not follow from the entry before it.'
  return entry.hash === hashOf(entry)
    ? undefined
    : 'What it says is not what was written: its hash does not fit.'
}

interface Disagreement extends Record<string, unknown> {
  seq: string | null
  problem: string
}

/** Where a certificate and the last word on it in the record differ, the earliest entry first. */
async function firstDisagreement(
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
      when (c.person_id, c.badge, c.granted_at, c.expires_on)
        is distinct from (origin.person_id, origin.badge, origin.at, origin.expires_on)
        then 'The certificate says something else than its grant.'
      else 'The certificate does not stand as the record says.'
    end as problem
    from certificate c
    full join origin on origin.code = c.code
    left join word on word.code = coalesce(c.code, origin.code)
    where c.code is null or origin.code is null
      or (c.person_id, c.badge, c.granted_at, c.expires_on)
        is distinct from (origin.person_id, origin.badge, origin.at, origin.expires_on)
      or c.ended_by is distinct from case when word.kind in ('revocation', 'lapse') then word.kind end
      or c.ended_at is distinct from case when word.kind in ('revocation', 'lapse') then word.at end
    order by coalesce(word.seq, origin.seq) nulls last
    limit 1`)
  return row && { seq: row.seq === null ? null : Number(row.seq), problem: row.problem }
}
