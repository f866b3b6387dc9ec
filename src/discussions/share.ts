import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { post } from '../../db/schema/discussions.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { postFor } from './find-post.ts'
import { tellMentioned, write } from './mentions.ts'
import { canShare } from './policy.ts'

/**
 * Lets the cohort read a reflection that its author kept for the mentors. What the two wrote below it was written in
 * private, and stays so. There is no way back: what others have read can't be unread.
 * @throws NotFound, Forbidden; Conflict when it is shared already, or was removed
 */
export async function shareReflection(
  tx: Tx,
  content: Content,
  person: Person,
  { post: postId }: { post: number },
): Promise<{ id: number }> {
  const { id, kind, authorId, removed, place, title, markdown } = await postFor(tx, content, person, postId)
  ensure(canShare(person, { kind, authorId }), 'Only its author can share a reflection.')
  if (removed) throw new Conflict('This reflection was removed meanwhile.')
  const [row] = await tx
    .update(post)
    // Replies are counted as far as all may read them who may read what they stand under.
    .set({ audience: 'cohort', replies: 0 })
    .where(and(eq(post.id, id), eq(post.audience, 'mentors')))
    .returning({ id: post.id })
  if (!row) throw new Conflict('Your cohort can read this reflection already.')
  const { mentioned } = await write(tx, place.cohortId, markdown)
  await tellMentioned(tx, person, { postId: id, place, title, mentioned, onlyFor: null })
  await audit(tx, person, 'reflection.shared', { post: id })
  return { id }
}
