import { type SQL, sql } from 'drizzle-orm'

/** A part of a discussion's posts: a condition on `post`, and the order in which they come. */
type Walk = { where: SQL; order: SQL }

/*
 * Both are read off the index on (discussion_id, id). Said as `discussion_id = x and id < y order by id desc`, which
 * means the same, PostgreSQL may walk all posts by their id and pass over those of other discussions, because it plans
 * a prepared statement for any discussion: 60,000 posts were passed over for the last page of one. So a select with a
 * walk must not join or ask for `post.discussion_id` by equality besides.
 */

/** The posts of a discussion before this id, the newest first. */
export const walkBack = (discussion: number, before: number): Walk => ({
  where: sql`(post.discussion_id, post.id) < (${discussion}::bigint, ${before}::bigint)
    and post.discussion_id >= ${discussion}::bigint`,
  order: sql`order by post.discussion_id desc, post.id desc`,
})

/** The posts of a discussion after this id, the oldest first. */
export const walkOn = (discussion: number, after: number): Walk => ({
  where: sql`(post.discussion_id, post.id) > (${discussion}::bigint, ${after}::bigint)
    and post.discussion_id <= ${discussion}::bigint`,
  order: sql`order by post.discussion_id, post.id`,
})
