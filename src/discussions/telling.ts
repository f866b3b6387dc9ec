import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'

/** What is told of a post to one whom it concerns. */
type News = { kind: 'mentioned' | 'replied'; post: number; summary: string; by: { id: number } }

/**
 * Tells a person of a post that concerns them. The one place that knows of muting: who has muted a discussion is told
 * nothing of it; nor is anybody told of what they did themselves.
 */
export async function tellOfPost(tx: Tx, personId: number, { kind, post, summary, by }: News): Promise<void> {
  if (by.id === personId) return
  await tx.execute(sql`
    insert into notification (person_id, kind, summary, href, by_id)
    select ${personId}, ${kind}, ${summary}, ${`/posts/${post}`}, ${by.id}
    where not exists (
      select from post join following f on f.discussion_id = post.discussion_id
      where post.id = ${post} and f.person_id = ${personId} and f.level = 'muted')`)
}
