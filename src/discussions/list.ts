import { type SQL, sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { inForce } from '../people/in-force.ts'
import type { Person } from '../people/person.ts'
import type { Discussion } from './discussion.ts'
import { canModerate, visibleTo } from './policy.ts'
import { walk } from './walk.ts'

/** Reflections on a page, replies below each of them there, and replies on a page of one thread. */
export const pageSize = { reflections: 20, firstReplies: 3, replies: 50 } as const

/** A post as a page shows it. */
export type ListedPost = {
  id: number
  kind: 'reflection' | 'opening' | 'reply'
  author: { id: number; handle: string; displayName: string; mentor: boolean }
  audience: 'cohort' | 'mentors'
  /** Safe: rendered and sanitised when it was written. Empty where it was removed from this viewer's sight. */
  html: string
  /** Only of one's own posts, and of the one that is quoted. */
  markdown: string
  contentNote: string | null
  removed: 'deleted' | 'hidden' | null
  revision: number
  createdAt: Date
  editedAt: Date | null
  /** Reaction id to how many. */
  reactions: Readonly<Record<string, number>>
  /** Ids of the viewer's own. */
  ownReactions: readonly string[]
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

/** A page of one thread. */
export type ThreadPage = {
  post: ListedPost
  /** What to go on after, or null on the last page. */
  more: number | null
  /** Before what to go back, or null on the first page. */
  earlier: number | null
}

interface Row {
  id: string
  parent_id: string | null
  kind: ListedPost['kind']
  author_id: string
  handle: string
  display_name: string
  mentor: boolean
  audience: ListedPost['audience']
  html: string
  markdown: string | null
  content_note: string | null
  removed: ListedPost['removed']
  revision: number
  created_at: string
  edited_at: string | null
  reactions: Record<string, number>
  own_reactions: string[] | null
  replies: number
}

const columns = sql.raw(
  `post.id, post.parent_id, post.kind, post.author_id, post.audience, post.html, post.markdown, post.content_note,
  post.removed, post.revision, post.created_at, post.edited_at, post.reactions, post.replies`,
)

type Where = { discussion: Discussion; after: number | null; before: number | null; quote: number | null }

/** The reflections of a module's discussion, as far as the viewer may see them. */
export async function reflectionPage(
  db: Queryable,
  content: Content,
  viewer: Person,
  { discussion, after, quote }: Where,
): Promise<ReflectionPage> {
  const size = pageSize.reflections
  const others = walk(discussion.id, 'newest', { before: after ?? Number.MAX_SAFE_INTEGER })
  const reflections = (which: SQL) => sql`
    select ${columns} from discussion
    left join cohort on cohort.id = discussion.cohort_id
    join post on ${which} and post.kind = 'reflection'
    where discussion.id = ${discussion.id} and ${visibleTo(viewer, content)}`
  const rows = await readPosts(db, content, viewer, {
    discussion,
    quote,
    heads: sql`(${reflections(sql`post.discussion_id = discussion.id and post.author_id = ${viewer.id} and post.removed is distinct from 'deleted'`)}
        limit 1)
      union all
      (${reflections(sql`${others.where} and (post.author_id <> ${viewer.id} or post.removed = 'deleted')`)}
        ${others.order} limit ${size + 1})`,
    replies: sql`post.id > 0 order by post.id limit ${pageSize.firstReplies}`,
  })
  const posts = threadsFrom(rows)
  const own = posts.find(({ author, removed }) => author.id === viewer.id && removed !== 'deleted') ?? null
  const rest = posts.filter(post => post !== own).toSorted((a, b) => b.id - a.id)
  return {
    own,
    others: rest.slice(0, size),
    more: rest.length > size ? (rest[size - 1]?.id ?? null) : null,
  }
}

/**
 * One reflection or opening with a page of its replies, the oldest first; null where the viewer may not see it.
 * @param where `before` shows the page that ends there, else the page that follows `after`, else the first
 */
export async function threadPage(
  db: Queryable,
  content: Content,
  viewer: Person,
  { discussion, thread, after, before, quote }: Where & { thread: SQL },
): Promise<ThreadPage | null> {
  const size = pageSize.replies
  const rows = await readPosts(db, content, viewer, {
    discussion,
    quote,
    heads: sql`select ${columns} from post
      join discussion on discussion.id = post.discussion_id
      left join cohort on cohort.id = discussion.cohort_id
      where discussion.id = ${discussion.id} and ${thread} and post.kind <> 'reply'
        and ${visibleTo(viewer, content)}`,
    replies:
      before === null
        ? sql`post.id > ${after ?? 0} order by post.id limit ${size + 1}`
        : sql`post.id < ${before} order by post.id desc limit ${size + 1}`,
  })
  const [post] = threadsFrom(rows)
  if (!post) return null
  const overfull = post.replies.length > size
  const replies = before === null ? post.replies.slice(0, size) : post.replies.slice(-size)
  const [first, last] = [replies.at(0)?.id ?? null, replies.at(-1)?.id ?? null]
  return {
    post: { ...post, replies },
    more: before === null ? (overfull ? last : null) : before - 1,
    earlier: before === null ? (after === null ? null : first) : overfull ? first : null,
  }
}

/** The thread that begins with this post. */
export const threadOf = (id: number) => sql`post.id = ${id}`

/** A topic's thread. */
export const openingThread = sql`post.kind = 'opening'`

/**
 * Heads of threads and replies under each of them, in one statement. Whoever may see a thread's head may see what
 * stands under it, but for what was written in private before the author of the head shared it.
 */
const readPosts = (
  db: Queryable,
  content: Content,
  viewer: Person,
  {
    discussion,
    heads,
    replies,
    quote,
  }: { discussion: Discussion; heads: SQL; replies: SQL; quote: number | null },
) =>
  hot<Row>(
    db,
    sql`
      with page as materialized (${heads})
      select p.id, p.parent_id, p.kind, p.author_id, p.audience, p.content_note, p.removed, p.revision, p.created_at,
        p.edited_at, p.reactions, p.replies + ${privateReplies(viewer, discussion)} as replies, author.handle, author.display_name,
        case when p.removed is null or (p.removed = 'hidden' and ${canModerate(viewer, discussion.place)}::boolean)
          then p.html else '' end as html,
        case when p.removed is null and (p.author_id = ${viewer.id} or p.id = ${quote ?? 0})
          then p.markdown end as markdown,
        case when p.reactions <> '{}'::jsonb then array(
          select r.reaction from reaction r where r.post_id = p.id and r.person_id = ${viewer.id}) end as own_reactions,
        ${isMentor(content, discussion)} as mentor
      from (
        select * from page
        union all
        select reply.* from page cross join lateral (
          select ${columns} from post where post.parent_id = page.id and post.kind = 'reply'
            and (post.audience = 'cohort' or ${viewer.id} in (page.author_id, post.author_id)
              or ${canModerate(viewer, discussion.place)}::boolean)
            and ${replies}
        ) reply
      ) p
      join person author on author.id = p.author_id
      order by p.id`,
  )

/** Under a head that was shared, what was written in private before: counted for those who may see it. */
const privateReplies = (viewer: Person, { place }: Discussion): SQL => sql`
  case when p.kind = 'reflection' and p.audience = 'cohort'
      and (p.author_id = ${viewer.id} or ${canModerate(viewer, place)}::boolean)
    then (select count(*)::int from post r
      where r.parent_id = p.id and r.kind = 'reply' and r.audience = 'mentors') else 0 end`

/** That the author of `p` mentors in this place at this moment: the same as `mentorsCohort`. */
function isMentor(content: Content, { place: { cohortId, selfPaced } }: Discussion): SQL {
  const grading = content.badges.filter(({ unlocks }) => unlocks.includes('grade')).map(({ id }) => id)
  const all = cohortId === null || selfPaced
  return sql`(
    exists (select from certificate c where c.person_id = p.author_id
      and c.badge = any(${sql.param(grading)}::text[]) and ${inForce})
    and (${all}::boolean
      or exists (select from cohort_mentor m where m.cohort_id = ${cohortId}::bigint and m.person_id = p.author_id)))`
}

/** Puts replies under their threads' heads. */
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
  kind: row.kind,
  author: {
    id: Number(row.author_id),
    handle: row.handle,
    displayName: row.display_name,
    mentor: row.mentor,
  },
  audience: row.audience,
  html: row.html,
  markdown: row.markdown ?? '',
  contentNote: row.content_note,
  removed: row.removed,
  revision: row.revision,
  createdAt: new Date(row.created_at),
  editedAt: row.edited_at === null ? null : new Date(row.edited_at),
  reactions: row.reactions,
  ownReactions: row.own_reactions ?? [],
  replyCount: row.replies,
  replies,
})
