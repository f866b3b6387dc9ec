import { type SQL, sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'
import { visibleTo } from './policy.ts'

/** Reflections on a page, replies below each of them there, and replies on a page of one thread. */
export const pageSize = { reflections: 20, firstReplies: 3, replies: 50 } as const

/** A post as a page shows it. */
export type ListedPost = {
  id: number
  author: { id: number; handle: string; displayName: string; mentor: boolean }
  /** Safe: rendered and sanitised when it was written. */
  html: string
  markdown: string
  revision: number
  createdAt: Date
  editedAt: Date | null
  /** How many replies there are in all. */
  replyCount: number
  replies: readonly ListedPost[]
}

/** A page of a discussion: the viewer's own reflection, and those of others, the newest first. */
export type ReflectionPage = {
  own: ListedPost | null
  others: readonly ListedPost[]
  /** What to go on after, or null on the last page. */
  more: number | null
}

interface Row {
  id: string
  parent_id: string | null
  author_id: string
  handle: string
  display_name: string
  mentor: boolean
  html: string
  markdown: string | null
  revision: number
  created_at: string
  edited_at: string | null
  replies: number
}

const columns = sql.raw(
  'post.id, post.parent_id, post.author_id, post.html, post.markdown, post.revision, post.created_at, post.edited_at, post.replies',
)

/** The reflections of a module's discussion in one cohort, as far as the viewer may see them. */
export async function reflectionPage(
  db: Queryable,
  content: Content,
  viewer: Person,
  { module, cohortId, after = null }: { module: string; cohortId: number; after?: number | null },
): Promise<ReflectionPage> {
  const size = pageSize.reflections
  const reflections = (whose: SQL) => sql`
    select ${columns} from discussion
    join cohort on cohort.id = discussion.cohort_id
    join post on post.discussion_id = discussion.id and post.kind = 'reflection'
    where discussion.cohort_id = ${cohortId} and discussion.module = ${module}
      and ${whose} and ${visibleTo(viewer, content)}`
  const rows = await readPosts(
    db,
    viewer,
    cohortId,
    sql`(${reflections(sql`post.author_id = ${viewer.id}`)})
      union all
      (${reflections(sql`post.author_id <> ${viewer.id} and post.id < ${after ?? Number.MAX_SAFE_INTEGER}`)}
        order by post.id desc limit ${size + 1})`,
    { after: 0, limit: pageSize.firstReplies },
  )
  const posts = threadsFrom(rows)
  const others = posts.filter(({ author }) => author.id !== viewer.id).toSorted((a, b) => b.id - a.id)
  return {
    own: posts.find(({ author }) => author.id === viewer.id) ?? null,
    others: others.slice(0, size),
    more: others.length > size ? (others[size - 1]?.id ?? null) : null,
  }
}

/** One reflection with its replies, the oldest first, and what to go on after; null where the viewer may not see it. */
export async function threadPage(
  db: Queryable,
  content: Content,
  viewer: Person,
  {
    module,
    cohortId,
    thread,
    after = null,
  }: { module: string; cohortId: number; thread: number; after?: number | null },
): Promise<{ reflection: ListedPost; more: number | null } | null> {
  const size = pageSize.replies
  const rows = await readPosts(
    db,
    viewer,
    cohortId,
    sql`select ${columns} from post
      join discussion on discussion.id = post.discussion_id
      join cohort on cohort.id = discussion.cohort_id
      where post.id = ${thread} and post.kind = 'reflection' and discussion.cohort_id = ${cohortId}
        and discussion.module = ${module} and ${visibleTo(viewer, content)}`,
    { after: after ?? 0, limit: size + 1 },
  )
  const [reflection] = threadsFrom(rows)
  if (!reflection) return null
  const replies = reflection.replies.slice(0, size)
  return {
    reflection: { ...reflection, replies },
    more: reflection.replies.length > size ? (replies.at(-1)?.id ?? null) : null,
  }
}

/**
 * These reflections and replies under each of them, in one statement. Whoever may see a reflection may see what
 * stands under it.
 */
const readPosts = (
  db: Queryable,
  viewer: Person,
  cohortId: number,
  reflections: SQL,
  { after, limit }: { after: number; limit: number },
) =>
  hot<Row>(
    db,
    sql`
      with page as materialized (${reflections})
      select p.id, p.parent_id, p.author_id, p.html, p.revision, p.created_at, p.edited_at, p.replies,
        case when p.author_id = ${viewer.id} then p.markdown end as markdown, author.handle, author.display_name,
        exists (select from cohort_mentor m where m.cohort_id = ${cohortId} and m.person_id = p.author_id) as mentor
      from (
        select * from page
        union all
        select reply.* from page cross join lateral (
          select ${columns} from post
          where post.parent_id = page.id and post.kind = 'reply' and post.id > ${after}
          order by post.id limit ${limit}
        ) reply
      ) p
      join person author on author.id = p.author_id
      order by p.id`,
  )

/** Puts replies under their reflections. */
function threadsFrom(rows: readonly Row[]): ListedPost[] {
  const replies = Map.groupBy(
    rows.filter(row => row.parent_id !== null),
    row => row.parent_id,
  )
  return rows
    .filter(row => row.parent_id === null)
    .map(row =>
      postFrom(
        row,
        (replies.get(row.id) ?? []).map(reply => postFrom(reply, [])),
      ),
    )
}

const postFrom = (row: Row, replies: readonly ListedPost[]): ListedPost => ({
  id: Number(row.id),
  author: {
    id: Number(row.author_id),
    handle: row.handle,
    displayName: row.display_name,
    mentor: row.mentor,
  },
  html: row.html,
  markdown: row.markdown ?? '',
  revision: row.revision,
  createdAt: new Date(row.created_at),
  editedAt: row.edited_at === null ? null : new Date(row.edited_at),
  replyCount: row.replies,
  replies,
})
