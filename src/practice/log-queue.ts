import { type SQL, sql } from 'drizzle-orm'
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
  /** With somebody beside them: for how long, and who that was. */
  beside: { minutes: number; handle: string } | null
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
  minutes: number | null
  supervisor: string | null
  created_at: string
}

/** Whether the person of a row of `evidence` takes part in a cohort that this mentor serves. */
export const mentoredBy = (mentor: Person) => sql`exists (
  select from enrolment e join cohort c on c.id = e.cohort_id
  where e.person_id = evidence.person_id and e.ended_at is null
    and (c.self_paced or c.id = any(${sql.param(mentor.cohortsMentored)}::bigint[])))`

interface Waiting {
  logs: WaitingLog[]
  next: number | null
}

/**
 * The logs at the desk that a mentor or admin may decide on, the oldest first. Those that name somebody who stood by are
 * theirs, and of the others the admins' alone.
 * @param after the id that the page before ended with
 * @throws Forbidden
 */
export async function logQueue(db: Queryable, viewer: Person, after = 0): Promise<Waiting> {
  ensure(canSeeLogs(viewer))
  const theirs = sql`${viewer.rights.admin} or (evidence.supervisor_id is null and ${mentoredBy(viewer)})`
  return waiting(db, sql`evidence.person_id <> ${viewer.id} and (${theirs})`, after)
}

/** The logs that name somebody as having stood by, and wait for their word, the oldest first. */
export const logsBeside = (db: Queryable, viewer: Person, after = 0): Promise<Waiting> =>
  waiting(db, sql`evidence.supervisor_id = ${viewer.id}`, after)

async function waiting(db: Queryable, which: SQL, after: number): Promise<Waiting> {
  const rows = await db.execute<Row>(sql`
    select evidence.id, p.handle, p.display_name, evidence.kind, evidence.occurred_on, evidence.place, evidence.role,
      evidence.note, evidence.minutes, s.handle as supervisor, evidence.created_at
    from evidence join person p on p.id = evidence.person_id left join person s on s.id = evidence.supervisor_id
    where evidence.state = 'logged' and evidence.id > ${after} and ${which}
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
  beside: row.supervisor === null ? null : { minutes: row.minutes ?? 0, handle: row.supervisor },
  createdAt: new Date(row.created_at),
})
