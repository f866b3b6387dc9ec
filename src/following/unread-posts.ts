import { type SQL, sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Discussion } from '../discussions/discussion.ts'
import { visibleTo } from '../discussions/policy.ts'
import { walk } from '../discussions/walk.ts'
import type { Person } from '../people/person.ts'
import type { Marks } from './marks.ts'

/** Up to how many new posts are counted; more are told as "99+". */
export const mostCounted = 100

/** The same as `isUnread`, of the posts of a discussion that the viewer may see, the oldest first. */
const unreadPosts = (
  content: Content,
  viewer: Person,
  { discussionId, readTo, readBeyond }: Marks & { discussionId: number },
): SQL => {
  const { where, order } = walk(discussionId, 'oldest', { after: readTo })
  return sql`
    select post.id from discussion
    left join cohort on cohort.id = discussion.cohort_id
    join post on ${where}
    where discussion.id = ${discussionId} and post.id <> all(${sql.param(readBeyond)}::bigint[])
      and post.author_id <> ${viewer.id} and post.removed is null and ${visibleTo(viewer, content)}
    ${order}`
}

/** The first post of a discussion that is new to the viewer, or null. */
export async function firstUnread(
  db: Queryable,
  content: Content,
  viewer: Person,
  where: Marks & { discussionId: number },
): Promise<number | null> {
  const [row] = await hot<{ id: string }>(db, sql`${unreadPosts(content, viewer, where)} limit 1`)
  return row ? Number(row.id) : null
}

/** How many posts of a discussion are new to the viewer, counted as far as `mostCounted`. */
export async function countUnread(
  db: Queryable,
  content: Content,
  viewer: Person,
  { id, lastPostId, following: { readTo, readBeyond } }: Discussion,
): Promise<number> {
  // Who is up to date, and who has never looked in, costs nothing.
  if (readTo === null || lastPostId === null || lastPostId <= readTo) return 0
  const unread = unreadPosts(content, viewer, { discussionId: id, readTo, readBeyond })
  const [row] = await hot<{ many: number }>(
    db,
    sql`select count(*)::int as many from (${unread} limit ${mostCounted}) counted`,
  )
  return row?.many ?? 0
}

/** "12 new posts", and "99+ new posts" from where they are not counted. */
export const newPosts = (many: number): string =>
  many === 1 ? '1 new post' : `${many >= mostCounted ? '99+' : many} new posts`
