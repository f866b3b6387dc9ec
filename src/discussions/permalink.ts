import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { enrolmentIn } from '../courses/enrolment.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { postOrPlace } from './find-post.ts'
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
  const { id, module, place } = post
  const enrolment = await enrolmentIn(db, viewer, module.course)
  const cohort = enrolment?.cohortId === place.cohortId ? null : place.cohortId
  if (!post.visible) return discussionHref(module.id, { cohort }, 'reflection')
  const alwaysThere = post.kind === 'reflection' && post.authorId === viewer.id
  const thread = alwaysThere ? null : post.reflectionId
  const after = post.before < pageSize.replies ? null : id - 1
  return discussionHref(module.id, { cohort, thread, after }, `post-${id}`)
}
