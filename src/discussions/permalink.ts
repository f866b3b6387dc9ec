import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { enrolmentIn } from '../courses/enrolment.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { type PlacedPost, postOrPlace } from './find-post.ts'
import { discussionHref } from './links.ts'
import { pageSize } from './list.ts'

/**
 * The page and place that hold a post, for this viewer. Whoever may not see it yet, because they have not answered
 * the question themselves, is led to where they can.
 * @throws NotFound
 */
export async function permalinkOf(
  db: Queryable,
  content: Content,
  viewer: Person,
  postId: number,
): Promise<string> {
  const post = found(await postOrPlace(db, content, viewer, postId))
  const after = post.before < pageSize.replies ? null : post.id - 1
  if (!post.module) return discussionHref(post.page, { after }, `post-${post.id}`)
  const cohort = await cohortToName(db, viewer, post)
  if (!post.visible) return discussionHref(post.page, { cohort }, 'reflection')
  const alwaysThere = post.kind === 'reflection' && post.authorId === viewer.id
  const thread = alwaysThere ? null : post.threadId
  return discussionHref(post.page, { cohort, thread, after }, `post-${post.id}`)
}

/** The cohort that a module's page is to be asked for; none where it is the one that it shows by itself. */
async function cohortToName(
  db: Queryable,
  viewer: Person,
  { module, place }: PlacedPost,
): Promise<number | null> {
  const enrolment = module && (await enrolmentIn(db, viewer, module.course))
  return enrolment?.cohortId === place.cohortId ? null : place.cohortId
}
