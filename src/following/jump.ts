import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { discussionFor } from '../discussions/discussion.ts'
import { discussionHref } from '../discussions/links.ts'
import { permalinkOf } from '../discussions/permalink.ts'
import type { Person } from '../people/person.ts'
import { firstUnread } from './unread-posts.ts'

/**
 * Where the first post stands that is new to the viewer, or the first beyond `after`; the head of the discussion
 * where there is none.
 * @throws NotFound
 */
export async function jumpTo(
  db: Queryable,
  content: Content,
  viewer: Person,
  { discussion: id, after }: { discussion: number; after: number | null },
): Promise<string> {
  const { page, place, module, following } = await discussionFor(db, viewer, id)
  const { readTo, readBeyond } = following
  const first =
    readTo === null
      ? null
      : await firstUnread(db, content, viewer, {
          discussionId: id,
          readTo: Math.max(readTo, after ?? 0),
          readBeyond,
        })
  return first === null
    ? discussionHref(page, { cohort: module === null ? null : place.cohortId })
    : permalinkOf(db, content, viewer, first)
}
