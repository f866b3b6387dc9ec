import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canSeeLogs } from './policy.ts'

/** Logs on a page of the desk. */
export const logPage = 20

/** What a person logged, as it waits for somebody to confirm it. */
export interface WaitingLog {
  id: number
  person: { handle: string; displayName: string }
  kind: string
  occurredOn: string
  place: string
  role: string
  note: string
  createdAt: Date
}

interface Row extends Record<string, unknown> {
  id: string
  handle: string
  display_name: string
  kind: string
  occurred_on: string
  place: string
  role: string
  note: string
  created_at: string
}

/** Whether the person of a row of `evidence` takes part in a cohort that this mentor serves. */
export const mentoredBy = (mentor: Person) => sql`exists (
  select from enrolment e join cohort c on c.id = e.cohort_id
  where e.person_id = evidence.person_id and e.ended_at is null
    and (c.self_paced or c.id = any(${sql.param(mentor.cohortsMentored)}::bigint[])))`

/**
 * The logs that a mentor or admin may decide on, the oldest first.
 * @param after the id that the page before ended with
 * @throws Forbidden
 */
export async function logQueue(
  db: Queryable,
  viewer: Person,
  after = 0,
): Promise<{ logs: WaitingLog[]; next: number | null }> {
  ensure(canSeeLogs(viewer))
  const rows = await db.execute<Row>(sql`
    select evidence.id, p.handle, p.display_name, evidence.kind, evidence.occurred_on, evidence.place, evidence.role,
      evidence.note, evidence.created_at
    from evidence join person p on p.id = evidence.person_id
    where evidence.state = 'logged' and evidence.id > ${after} and evidence.person_id <> ${viewer.id}
      and (${viewer.rights.admin} or ${mentoredBy(viewer)})
    order by evidence.id limit ${logPage + 1}`)
  const logs = rows.slice(0, logPage).map(logFrom)
  return { logs, next: rows.length > logPage ? (logs.at(-1)?.id ?? null) : null }
}

const logFrom = (row: Row): WaitingLog => ({
  id: Number(row.id),
  person: { handle: row.handle, displayName: row.display_name },
  kind: row.kind,
  occurredOn: row.occurred_on,
  place: row.place,
  role: row.role,
  note: row.note,
  createdAt: new Date(row.created_at),
})
