import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'

/** The channel on which the database tells every instance of the site that a post has arrived. */
export const arrivals = 'post_arrived'

/** What is told of a post that has arrived: enough to say to whom, nothing of what it says. */
export type Arrival = {
  discussion: number
  post: number
  author: number
  /** For a thread that is for the mentors, its author; null where everybody in the discussion may see it. */
  onlyFor: number | null
}

/**
 * Counts a post in its discussion, and tells whoever is looking once the transaction is through. Last in its
 * transaction: everybody who posts in this discussion at this moment waits for the row. Of two who post at once the later
 * post may be through first.
 */
export async function arrive(
  tx: Tx,
  { discussion, post, author, onlyFor }: Arrival,
  kind: 'reflection' | 'opening' | 'reply',
): Promise<void> {
  await tx.execute(sql`
    update discussion set posts = posts + 1, reflections = reflections + ${kind === 'reflection' ? 1 : 0},
      last_post_id = greatest(last_post_id, ${post}::bigint), last_posted_at = now()
    where id = ${discussion}`)
  const told = JSON.stringify({ discussion, post, author, onlyFor } satisfies Arrival)
  await tx.execute(sql`select pg_notify(${arrivals}, ${told})`)
}
