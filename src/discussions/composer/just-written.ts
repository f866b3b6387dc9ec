import { mayBeInCrisis } from './in-crisis.ts'
import type { ListedPost } from '../list.ts'
import type { Reader } from '../drawing/posts-html.ts'

const justNow = 2 * 60_000

/** The reader's own post, written within the last two minutes, whose words suggest that they are in a crisis. */
export function justWrittenInCrisis(
  posts: readonly ListedPost[],
  { personId, now }: Pick<Reader, 'personId' | 'now'>,
  phrases: readonly string[],
): number | undefined {
  const own = posts.flatMap(post => [post, ...post.replies]).filter(({ author }) => author.id === personId)
  return own.findLast(
    ({ markdown, createdAt, editedAt }) =>
      now.getTime() - (editedAt ?? createdAt).getTime() < justNow && mayBeInCrisis(markdown, phrases),
  )?.id
}
