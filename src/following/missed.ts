import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { type Discussion, discussionFor } from '../discussions/discussion.ts'
import { canModerate, visibleTo } from '../discussions/policy.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'

/** A new post, as it is told to who has its discussion open. */
export type NewPost = { id: number; thread: number; handle: string }

/** Missed posts that are told one by one; of more, only that there are many. */
export const mostTold = 20

/**
 * The discussion, if others' posts are shown to the viewer already: not before their own answer where the module asks
 * for that first.
 * @throws NotFound
 */
export async function openTo(
  db: Queryable,
  content: Content,
  viewer: Person,
  id: number,
): Promise<Discussion | null> {
  const discussion = await discussionFor(db, viewer, id)
  if (discussion.module === null) return discussion
  const { reflection } = found(content.module(discussion.module))
  if (!reflection?.beforeOthers || canModerate(viewer, discussion.place)) return discussion
  const answered = await db.execute(
    sql`select from submission where author_id = ${viewer.id} and module = ${discussion.module} limit 1`,
  )
  return answered.length > 0 ? discussion : null
}

/** Others' posts since `after` that the viewer may see, the oldest first, one more than is told at most. */
export async function missedSince(
  db: Queryable,
  content: Content,
  viewer: Person,
  { discussion, after }: { discussion: number; after: number },
): Promise<NewPost[]> {
  const rows = await db.execute<{ id: string; thread: string; handle: string }>(sql`
    select post.id, coalesce(post.parent_id, post.id) as thread, author.handle
    from post
    join discussion on discussion.id = post.discussion_id
    left join cohort on cohort.id = discussion.cohort_id
    join person author on author.id = post.author_id
    where post.discussion_id = ${discussion} and post.id > ${after} and post.author_id <> ${viewer.id}
      and post.removed is null and ${visibleTo(viewer, content)}
    order by post.id limit ${mostTold + 1}`)
  return rows.map(({ id, thread, handle }) => ({ id: Number(id), thread: Number(thread), handle }))
}
