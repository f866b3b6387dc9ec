import type { Discussion, Following } from '../discussions/discussion.ts'
import type { News } from '../discussions/drawing/posts-html.ts'

/** What decides whether a post is new to somebody. */
type Readable = { id: number; author: { id: number }; removed: string | null }

/**
 * Whether a post is new to the viewer: they have looked in before, and have not read it since. One's own posts and
 * what was removed are never new; to who has never looked in, nothing is, for then everything would be.
 */
export const isUnread = (
  { id, author, removed }: Readable,
  { readTo, readBeyond }: Pick<Following, 'readTo' | 'readBeyond'>,
  viewerId: number,
): boolean =>
  readTo !== null && id > readTo && author.id !== viewerId && removed === null && !readBeyond.includes(id)

/** What is new to the viewer in a discussion, for the list of its posts. */
export const newsIn = ({ id, following }: Discussion, viewer: { id: number }): News => ({
  discussion: id,
  isNew: post => isUnread(post, following, viewer.id),
})
