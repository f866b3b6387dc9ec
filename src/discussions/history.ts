import { desc, eq } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { postRevision } from '../../db/schema/discussions.ts'
import { person } from '../../db/schema/people.ts'
import type { Content } from '../authoring/content.ts'
import { found, NotFound } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { type Change, changesBetween } from './changes.ts'
import { type PlacedPost, postFor } from './find-post.ts'
import { canModerate } from './policy.ts'

/** How many revisions are shown; of a post that was changed more often, the latest. */
const most = 30

/** What a post said at one time. */
export type Revision = {
  revision: number
  at: Date
  html: string
  /** How it differs from the revision before, word by word; null for the first that is shown. */
  changes: Change[] | null
}

/** A post and all that it has said, the newest first. */
export type History = {
  post: PlacedPost
  author: { handle: string; displayName: string }
  revisions: Revision[]
}

/** What a post says and said before, for whoever may see the post. @throws NotFound */
export async function historyOf(
  db: Queryable,
  content: Content,
  viewer: Person,
  postId: number,
): Promise<History> {
  const post = await postFor(db, content, viewer, postId)
  // Of what was removed nothing is told, but to those who look after the place.
  if (post.removed === 'deleted' || (post.removed && !canModerate(viewer, post.place))) throw new NotFound()
  const [authors, rows] = await Promise.all([
    db
      .select({ handle: person.handle, displayName: person.displayName })
      .from(person)
      .where(eq(person.id, post.authorId)),
    db
      .select()
      .from(postRevision)
      .where(eq(postRevision.postId, post.id))
      .orderBy(desc(postRevision.revision))
      .limit(most),
  ])
  const revisions = rows.map(({ revision, at, html, markdown }, index) => {
    const before = rows[index + 1]
    return { revision, at, html, changes: before ? changesBetween(before.markdown, markdown) : null }
  })
  return { post, author: found(authors[0]), revisions }
}
