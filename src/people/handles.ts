import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'

/**
 * The ids of the people with these handles, each written with or without an @.
 * @returns by handle, in lower case; handles that are nobody's are left out
 */
export async function idsByHandle(db: Queryable, handles: readonly string[]): Promise<Map<string, number>> {
  const wanted = [...new Set(handles.map(handle => handle.trim().replace(/^@/, '').toLowerCase()))]
  const rows = await db.execute<{ handle: string; id: string }>(
    sql`select lower(handle) as handle, id from person where lower(handle) = any(${sql.param(wanted)}::text[])`,
  )
  return new Map(rows.map(({ handle, id }) => [handle, Number(id)]))
}
