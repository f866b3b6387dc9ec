import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'

/**
 * Empties what the audit log says of a person: their own doings, and what was done to them. That something was done
 * stays, by somebody without a name. What they did to others in office keeps its particulars, which are about those.
 * The database lets nobody else's lines be touched.
 */
export async function emptyLog(tx: Tx, personId: number): Promise<void> {
  await tx.execute(sql`
    update audit_entry set details = '{}'
    where details <> '{}' and (subject_id = ${personId} or (actor_id = ${personId} and subject_id is null))`)
}
