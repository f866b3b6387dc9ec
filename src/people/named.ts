import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'

/** A person as others see them. */
export type Named = { handle: string; displayName: string }

const most = 3

/**
 * People whom these words name, for whoever is signed in and so may see anybody's page: by the beginning of their
 * handle after an @, else by their whole handle or name. At most three, and nobody who is suspended.
 */
export async function peopleNamed(db: Queryable, words: string): Promise<Named[]> {
  const wanted = words.toLowerCase()
  const handle = wanted.replace(/^@/, '')
  if (!/^[^\s"]/.test(handle)) return []
  const pattern = `${handle.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db.execute<{ handle: string; display_name: string }>(sql`
    select p.handle, p.display_name from person p
    where ${
      wanted.startsWith('@')
        ? sql`lower(p.handle) like ${pattern}`
        : sql`(lower(p.handle) = ${handle} or lower(p.display_name) = ${wanted})`
    }
      and not exists (select from suspension s where s.person_id = p.id and s.ended_at is null)
    order by lower(p.handle) <> ${handle}, lower(p.handle) limit ${most}`)
  return rows.map(row => ({ handle: row.handle, displayName: row.display_name }))
}
