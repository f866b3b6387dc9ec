import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { type AuditAction, auditWords } from './audit.ts'

const pageSize = 50

/** The nouns that the log speaks of, for filtering: `person`, `badge`, … */
export const auditNouns = [...new Set(Object.keys(auditWords).map(action => action.split('.')[0]!))]

export interface AuditFilter {
  /** The id of a person who acted or to whom it was done. */
  person?: number | undefined
  /** A noun: all that was done to such things. */
  noun?: string | undefined
  /** The id of the last line of the page before. */
  before?: number | undefined
}

export interface AuditLine {
  id: number
  at: Date
  action: string
  details: Record<string, unknown>
  by: string | null
  whom: string | null
}

interface Row extends Record<string, unknown> {
  id: string
  at: string
  action: string
  details: Record<string, unknown>
  by: string | null
  whom: string | null
}

/**
 * A page of the audit log, the newest line first, for admins. A person's lines are found by two indexes, as the one
 * who acted and as the one it was done to, so that a long log does not slow it down.
 * @throws Forbidden
 */
export async function auditLog(db: Queryable, admin: Person, { person, noun, before }: AuditFilter = {}) {
  ensure(canRunProgramme(admin))
  const actions = Object.keys(auditWords).filter(action => action.startsWith(`${noun}.`))
  const rest = sql`${before === undefined ? sql`true` : sql`id < ${before}`}
    and ${noun === undefined ? sql`true` : sql`action = any(${sql.param(actions)}::text[])`}
    order by id desc limit ${pageSize + 1}`
  const lines =
    person === undefined
      ? sql`select * from audit_entry where ${rest}`
      : sql`(select * from audit_entry where actor_id = ${person} and ${rest})
          union (select * from audit_entry where subject_id = ${person} and ${rest})`
  const rows = await db.execute<Row>(sql`
    select l.id, l.at, l.action, l.details, a.handle as by, s.handle as whom
    from (select * from (${lines}) as found order by id desc limit ${pageSize + 1}) l
    left join person a on a.id = l.actor_id left join person s on s.id = l.subject_id
    order by l.id desc`)
  const page = rows.slice(0, pageSize).map(row => ({ ...row, id: Number(row.id), at: new Date(row.at) }))
  return { lines: page satisfies AuditLine[], next: rows.length > pageSize ? page.at(-1)!.id : null }
}

/** An action in words; one that an older version wrote keeps its name. */
export const actionInWords = (action: string): string =>
  action in auditWords ? auditWords[action as AuditAction] : action
