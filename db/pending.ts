import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import journal from './migrations/meta/_journal.json' with { type: 'json' }

/** How many of this version's migrations the database still lacks. */
export async function pendingMigrations(db: Queryable): Promise<number> {
  const newest = Math.max(...journal.entries.map(entry => entry.when))
  const [row] = await db.execute<{ at: string | null }>(
    sql`select max(created_at) as at from drizzle.__drizzle_migrations`,
  )
  const applied = Number(row?.at ?? 0)
  return applied >= newest ? 0 : journal.entries.filter(entry => entry.when > applied).length
}
