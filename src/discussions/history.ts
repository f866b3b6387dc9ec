import { desc, eq } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { postRevision } from '../../db/schema/discussions.ts'
import { person } from '../../db/schema/people.ts'
import type { Content } from '../authoring/content.ts'
import { found, NotFound } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { type PlacedPost, postFor } from './find-post.ts'
import { canModerate } from './policy.ts'

/** A post and all that it has said, the newest first. */
export type History = {
  post: PlacedPost
  author: { handle: string; displayName: string }
  revisions: { revision: number; html: string; at: Date }[]
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
  const [authors, revisions] = await Promise.all([
    db
      .select({ handle: person.handle, displayName: person.displayName })
      .from(person)
      .where(eq(person.id, post.authorId)),
    db
      .select({ revision: postRevision.revision, html: postRevision.html, at: postRevision.at })
      .from(postRevision)
      .where(eq(postRevision.postId, post.id))
      .orderBy(desc(postRevision.revision))
      .limit(100),
  ])
  return { post, author: found(authors[0]), revisions }
}
