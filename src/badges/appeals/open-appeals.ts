import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'
import { answerWithin, type Appealable } from './decided.ts'

/** An appeal that waits for an answer. */
export interface OpenAppeal {
  id: number
  personId: number
  handle: string
  displayName: string
  badge: string
  /** The entry that it is about, in the certification record. */
  seq: number
  kind: Appealable
  statement: string
  at: Date
  /** The day (UTC) by which an answer is promised. */
  promisedBy: string
  /** Who made the decision; null for the site itself, its operator, and somebody whose account was erased. */
  decidedBy: { id: number; handle: string } | null
}

interface Row extends Record<string, unknown> {
  id: string
  person_id: string
  handle: string
  display_name: string
  badge: string
  seq: string
  kind: Appealable
  statement: string
  at: string
  promised_by: string
  decider: string | null
  decided_by: string | null
}

/**
 * The appeals that wait for an answer, the oldest first, at most 100.
 * @param admin null for the operator's command line
 * @throws Forbidden
 */
export async function openAppeals(
  db: Queryable,
  admin: Person | null,
  about?: { personId: number; badge: string } | { id: number },
): Promise<OpenAppeal[]> {
  ensure(admin === null || canRunProgramme(admin))
  const rows = await db.execute<Row>(sql`
    select a.id, a.person_id, p.handle, p.display_name, a.badge, a.seq, e.kind, a.statement, a.at,
      (a.at at time zone 'utc')::date + ${answerWithin}::int as promised_by, d.id as decider, d.handle as decided_by
    from badge_appeal a join person p on p.id = a.person_id join record_entry e on e.seq = a.seq
      left join person d on d.id = e.actor_id
    where a.ended_at is null and ${
      about === undefined
        ? sql`true`
        : 'id' in about
          ? sql`a.id = ${about.id}`
          : sql`a.person_id = ${about.personId} and a.badge = ${about.badge}`
    }
    order by a.at, a.id limit 100`)
  return rows.map(row => ({
    ...{ id: Number(row.id), personId: Number(row.person_id), handle: row.handle },
    ...{ displayName: row.display_name, badge: row.badge, seq: Number(row.seq), kind: row.kind },
    ...{ statement: row.statement, at: new Date(row.at), promisedBy: row.promised_by },
    decidedBy:
      row.decider === null || row.decided_by === null
        ? null
        : { id: Number(row.decider), handle: row.decided_by },
  }))
}
