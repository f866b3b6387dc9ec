import { type SQL, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'

/** A reply to somebody else's reflection, by who wrote it and in which module. */
export type TakingPart = { personId: number; module: string }

/**
 * The rule, for a query with `post`, its `thread` and its `discussion` in scope: a reply in the thread of somebody
 * else's reflection takes part. That it was removed is asked for apart from this.
 */
export const takesPart: SQL = sql.raw(`(post.kind = 'reply' and thread.kind = 'reflection'
  and thread.author_id <> post.author_id and discussion.module is not null)`)

/** Whose taking part a reply counts for, removed or not; null where it is no reply to somebody else's reflection. */
export async function takingPartOf(db: Queryable, replyId: number): Promise<TakingPart | null> {
  const [row] = await db.execute<{ person_id: string; module: string }>(sql`
    select post.author_id as person_id, discussion.module from post
    join post thread on thread.id = post.parent_id
    join discussion on discussion.id = post.discussion_id
    where post.id = ${replyId} and ${takesPart}`)
  return row ? { personId: Number(row.person_id), module: row.module } : null
}

/**
 * Counts one reply to somebody else more, or one less, in the transaction that adds it or takes it out of sight. Who
 * calls this reviews the person's standing next.
 */
export async function countTakingPart(
  tx: Tx,
  { personId, module, by }: TakingPart & { by: 1 | -1 },
): Promise<void> {
  if (by === -1)
    await tx.execute(sql`
      update taking_part set replies = replies - 1
      where person_id = ${personId} and module = ${module} and replies > 0`)
  else
    await tx.execute(sql`
      insert into taking_part (person_id, module, replies) values (${personId}, ${module}, 1)
      on conflict (person_id, module) do update set replies = taking_part.replies + 1`)
}
