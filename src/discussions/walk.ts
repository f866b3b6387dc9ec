import { type SQL, sql } from 'drizzle-orm'

/**
 * The posts of a discussion between two ids, in their order: a condition on `post`, and the order to ask for.
 *
 * It is read off the index on (discussion_id, id). Said as `discussion_id = x and id < y order by id desc`, which means
 * the same, PostgreSQL may walk all posts by their id and pass over those of other discussions, because it plans a
 * prepared statement for any discussion: 60,000 posts were passed over for the last page of one. So a select with a
 * walk must not join or ask for `post.discussion_id` by equality besides.
 */
export function walk(
  discussion: number | SQL,
  first: 'newest' | 'oldest',
  { after = 0, before = Number.MAX_SAFE_INTEGER }: { after?: number | SQL; before?: number },
): { where: SQL; order: SQL } {
  const way = first === 'newest' ? sql`desc` : sql`asc`
  return {
    where: sql`(post.discussion_id, post.id) > (${discussion}::bigint, ${after}::bigint)
      and (post.discussion_id, post.id) < (${discussion}::bigint, ${before}::bigint)`,
    order: sql`order by post.discussion_id ${way}, post.id ${way}`,
  }
}
