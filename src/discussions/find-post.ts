import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Module } from '../courses/course.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { pageSize } from './list.ts'
import { canSee, type Place, visibleTo } from './policy.ts'

/** A post with all that decides what a person may do with it. */
export type PlacedPost = {
  id: number
  authorId: number
  kind: 'reflection' | 'reply'
  /** The reflection that it stands under, or is itself. */
  reflectionId: number
  discussionId: number
  module: Module
  place: Place
  markdown: string
  revision: number
  /** How many replies stand before it in its thread, counted as far as a page goes. */
  before: number
}

interface Row extends Record<string, unknown> {
  id: string
  author_id: string
  kind: PlacedPost['kind']
  parent_id: string | null
  discussion_id: string
  module: string
  cohort_id: string
  self_paced: boolean
  enrolled: Place['enrolled']
  markdown: string
  revision: number
  before: number
  visible: boolean
}

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
    select post.id, post.author_id, post.kind, post.parent_id, post.markdown, post.revision, post.discussion_id,
      discussion.module, discussion.cohort_id, cohort.self_paced,
      (select case when bool_or(e.ended_at is null) then 'now' else 'before' end from enrolment e
        where e.cohort_id = cohort.id and e.person_id = ${viewer.id} group by e.person_id) as enrolled,
      (select count(*)::int from (select from post earlier where earlier.parent_id = post.parent_id
        and earlier.kind = 'reply' and earlier.id < post.id limit ${pageSize.replies}) page) as before,
      ${visibleTo(viewer, content)} as visible
    from post
    join discussion on discussion.id = post.discussion_id
    join cohort on cohort.id = discussion.cohort_id
    where post.id = ${postId}`)
  const module = row && content.module(row.module)
  if (!module) return null
  const post = { ...postFrom(row, module), visible: row.visible }
  return canSee(viewer, post.place) ? post : null
}

const postFrom = (row: Row, module: Module): PlacedPost => ({
  id: Number(row.id),
  authorId: Number(row.author_id),
  kind: row.kind,
  reflectionId: Number(row.parent_id ?? row.id),
  discussionId: Number(row.discussion_id),
  module,
  place: { cohortId: Number(row.cohort_id), selfPaced: row.self_paced, enrolled: row.enrolled },
  markdown: row.markdown,
  revision: row.revision,
  before: row.before,
})
