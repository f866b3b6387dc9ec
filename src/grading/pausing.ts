import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'

/**
 * Holds the submission of a post still until the transaction ends, where it has one: before the post itself, as
 * whoever grades it does, so that no two wait for each other.
 */
export const holdSubmission = (tx: Tx, postId: number) =>
  tx.execute(sql`select from submission where post_id = ${postId} for update`)

/**
 * Marking of a reflection is paused as long as somebody's worry about its author is open. To be called, with the
 * submission held, whenever a worry comes in or is handled.
 */
export async function pauseWhileWorried(tx: Tx, postId: number): Promise<void> {
  await tx.execute(sql`
    update marking set paused_at = case when ${concernOn(sql`marking.post_id`)} is null then null
      else coalesce(paused_at, now()) end
    where post_id = ${postId} and closed_at is null`)
}

/** The report of the oldest worry about a post's author that is open, or null. */
export const concernOn = (postId: SQL): SQL => sql`(
  select min(r.id) from report r where r.post_id = ${postId} and r.concern and r.handled_at is null)`
