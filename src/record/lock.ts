import { sql } from 'drizzle-orm'
import { lock, type Tx } from '../../db/client.ts'

const name = 'certification-record'

/** Lets one decision on a badge be made at a time, until the transaction ends. */
export const lockRecord = (tx: Tx) => lock(tx, name)

/** The same without waiting. @returns whether it is this one's turn */
export async function tryLockRecord(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ got: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as got`,
  )
  return row!.got
}
