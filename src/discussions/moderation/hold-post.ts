import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'

/** Holds a post still until the transaction ends: after its submission, before its discussion. */
export const holdPost = (tx: Tx, postId: number) =>
  tx.execute(sql`select from post where id = ${postId} for no key update`)
