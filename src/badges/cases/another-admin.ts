import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'

/** Whether there is an admin at this moment beside these people, who could decide what they may not. */
export async function anotherAdmin(db: Queryable, beside: readonly number[]): Promise<boolean> {
  const rows = await db.execute(sql`
    select from admin_appointment a where a.ended_at is null and a.person_id <> all(${sql.param([...beside])}::bigint[])
      and not exists (select from suspension s where s.person_id = a.person_id and s.ended_at is null) limit 1`)
  return rows.length > 0
}
