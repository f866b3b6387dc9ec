import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { discussion, post as posts } from '../../db/schema/discussions.ts'
import { submission } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure } from '../errors.ts'
import { takeOffDesk } from '../grading/hand-in.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { type PlacedPost, postFor } from './find-post.ts'
import { canDelete } from './policy.ts'
import { countTakingPart, takingPartOf } from './taking-part.ts'

/** What deleting a reflection comes to: whether it has passed, or is still open. */
export type Effect = 'passed' | 'open'

/** A post that its author may delete, and what that would come to. @throws NotFound, Forbidden */
export async function toDelete(
  db: Queryable,
  content: Content,
  person: Person,
  postId: number,
): Promise<{ post: PlacedPost; effect: Effect | null }> {
  const post = await postFor(db, content, person, postId)
  ensure(post.authorId === person.id, onlyAuthor)
  const [row] = await db
    .select({ state: submission.state })
    .from(submission)
    .where(eq(submission.postId, postId))
  return { post, effect: row ? effectOf(row.state) : null }
}

const onlyAuthor = 'Only its author can delete a post.'

/**
 * Takes the words of one's own post out of everybody's sight. A marker stays in their place, and the replies under it.
 * A reflection that has not passed goes off the desk, so that its question is open again; one that has passed keeps
 * its grade, and with it what the mentors passed.
 * @param told what its author was told about it, where that depends on its grade
 * @returns the post, and whether this changed what its author's standing is judged by
 * @throws NotFound, Forbidden; Conflict when it was removed, or was graded since its author was told
 */
export async function deletePost(
  tx: Tx,
  content: Content,
  person: Person,
  { post: postId, told }: { post: number; told?: Effect | undefined },
): Promise<{ id: number; factChanged: boolean }> {
  const post = await postFor(tx, content, person, postId)
  ensure(post.authorId === person.id, onlyAuthor)
  if (!canDelete(person, post)) throw new Conflict(gone[post.removed ?? 'deleted'])
  const effect = await lockEffect(tx, postId)
  if (told && effect && told !== effect)
    throw new Conflict('Your reflection was graded meanwhile. Please read again what deleting it comes to.')
  const offDesk = effect === 'open'
  if (offDesk) await takeOffDesk(tx, postId)
  await mark(tx, person, post)
  const part = await takingPartOf(tx, postId)
  if (part) await countTakingPart(tx, { ...part, by: -1 })
  await audit(tx, person, `${post.kind}.deleted`, { post: postId, discussion: post.discussionId, offDesk })
  return { id: postId, factChanged: offDesk || part !== null }
}

const gone = {
  deleted: 'This post is deleted already.',
  hidden: 'A mentor has hidden this post, so it stays for the mentors to look at.',
}

/** What it comes to now; no mentor grades it until the transaction ends. The submission is locked before the post. */
async function lockEffect(tx: Tx, postId: number): Promise<Effect | null> {
  const [row] = await tx
    .select({ state: submission.state })
    .from(submission)
    .where(eq(submission.postId, postId))
    .for('update')
  return row ? effectOf(row.state) : null
}

const effectOf = (state: string): Effect => (state === 'passed' ? 'passed' : 'open')

async function mark(tx: Tx, person: Person, { id, kind, discussionId }: PlacedPost): Promise<void> {
  const [row] = await tx
    .update(posts)
    .set({ removed: 'deleted', removedById: person.id, removedAt: new Date() })
    .where(and(eq(posts.id, id), isNull(posts.removed)))
    .returning({ id: posts.id })
  if (!row) throw new Conflict('This post was removed meanwhile.')
  if (kind === 'reflection')
    await tx
      .update(discussion)
      .set({ reflections: sql`${discussion.reflections} - 1` })
      .where(eq(discussion.id, discussionId))
}

/** What their reflection said that had passed before they deleted it; only its author is shown this. */
export async function keptWords(db: Queryable, author: Person, postId: number): Promise<string | null> {
  const [row] = await db
    .select({ html: posts.html })
    .from(posts)
    .where(and(eq(posts.id, postId), eq(posts.authorId, author.id), eq(posts.removed, 'deleted')))
  return row?.html ?? null
}
