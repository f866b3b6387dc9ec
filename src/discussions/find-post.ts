import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Module } from '../courses/course.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { titleTold } from './discussion.ts'
import { pageOf } from './links.ts'
import { pageSize } from './list.ts'
import { canSee, type Place, visibleTo } from './policy.ts'

/** A post with all that decides what a person may do with it. */
export type PlacedPost = {
  id: number
  authorId: number
  kind: 'reflection' | 'opening' | 'reply'
  audience: 'cohort' | 'mentors'
  /** The reflection or opening that it stands under, or is itself, and who wrote that. */
  threadId: number
  threadAuthorId: number
  discussionId: number
  /** The module that its discussion stands under, or null for a topic. */
  module: Module | null
  /** The module's title, or the topic's. */
  title: string
  /** The page on which its discussion stands. */
  page: string
  place: Place
  /** Its discussion is closed. */
  closed: boolean
  removed: 'deleted' | 'hidden' | null
  markdown: string
  contentNote: string | null
  revision: number
  /** How many replies stand before it in its thread, counted as far as a page goes. */
  before: number
}

interface Row extends Record<string, unknown> {
  id: string
  author_id: string
  kind: PlacedPost['kind']
  parent_id: string | null
  thread_author_id: string
  audience: PlacedPost['audience']
  discussion_id: string
  module: string | null
  title: string | null
  closed: boolean
  cohort_id: string | null
  self_paced: boolean | null
  enrolled: Place['enrolled']
  removed: PlacedPost['removed']
  markdown: string
  content_note: string | null
  revision: number
  before: number
  visible: boolean | null
}

/** Whom alone, beside the mentors, a post is for: the author of a private thread; null where all may read it. */
export const onlyForOf = ({
  audience,
  threadAuthorId,
}: Pick<PlacedPost, 'audience' | 'threadAuthorId'>): number | null =>
  audience === 'mentors' ? threadAuthorId : null

/** A post that the viewer may see. @throws NotFound */
export async function postFor(
  db: Queryable,
  content: Content,
  viewer: Person,
  postId: number,
): Promise<PlacedPost> {
  const { visible, ...post } = found(await postOrPlace(db, content, viewer, postId))
  return found(visible ? post : null)
}

/**
 * A post whose discussion the viewer may know of, and whether they may see the post itself yet; null for anything
 * else. Only for leading them to where it will stand.
 */
export async function postOrPlace(
  db: Queryable,
  content: Content,
  viewer: Person,
  postId: number,
): Promise<(PlacedPost & { visible: boolean }) | null> {
  const [row] = await db.execute<Row>(sql`
    select post.id, post.author_id, post.kind, post.parent_id, post.audience, post.markdown, post.content_note,
      post.removed, post.revision, post.discussion_id, discussion.module, ${titleTold} as title,
      discussion.closed_at is not null as closed, discussion.cohort_id, cohort.self_paced,
      coalesce((select thread.author_id from post thread where thread.id = post.parent_id), post.author_id)
        as thread_author_id,
      (select case when bool_or(e.ended_at is null) then 'now' else 'before' end from enrolment e
        where e.cohort_id = cohort.id and e.person_id = ${viewer.id} group by e.person_id) as enrolled,
      (select count(*)::int from (select from post earlier where earlier.parent_id = post.parent_id
        and earlier.kind = 'reply' and earlier.id < post.id limit ${pageSize.replies}) page) as before,
      ${visibleTo(viewer, content)} as visible
    from post
    join discussion on discussion.id = post.discussion_id
    left join cohort on cohort.id = discussion.cohort_id
    where post.id = ${postId}`)
  const module = row?.module ? content.module(row.module) : null
  // A module that authors have taken away takes its discussions out of sight.
  if (!row || module === undefined) return null
  const post = { ...postFrom(row, module), visible: row.visible ?? false }
  return canSee(viewer, post.place) ? post : null
}

const postFrom = (row: Row, module: Module | null): PlacedPost => ({
  id: Number(row.id),
  authorId: Number(row.author_id),
  kind: row.kind,
  audience: row.audience,
  threadId: Number(row.parent_id ?? row.id),
  threadAuthorId: Number(row.thread_author_id),
  discussionId: Number(row.discussion_id),
  module,
  title: module?.title ?? row.title ?? '',
  page: pageOf({ id: Number(row.discussion_id), module: row.module }),
  place: {
    cohortId: row.cohort_id === null ? null : Number(row.cohort_id),
    selfPaced: row.self_paced ?? false,
    enrolled: row.enrolled,
  },
  closed: row.closed,
  removed: row.removed,
  contentNote: row.content_note,
  markdown: row.markdown,
  revision: row.revision,
  before: row.before,
})
