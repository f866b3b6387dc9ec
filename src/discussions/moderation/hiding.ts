import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { post as posts } from '../../../db/schema/discussions.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { type PlacedPost, postFor } from '../find-post.ts'
import { canHide } from '../policy.ts'
import { countTakingPart, takingPartOf } from '../taking-part.ts'

/** A post, and why: the author is told, and the audit log keeps it. */
export type Moderation = { post: number; reason: string }

/**
 * Puts a marker in the place of a post's words, which only those who look after the place can read from then on. What
 * stands under it stays; a reflection is graded as before, and a reply no longer counts as taking part, so its author's
 * standing is to be reviewed next.
 * @throws NotFound, Forbidden; Conflict when it was removed already
 */
export async function hidePost(
  tx: Tx,
  content: Content,
  person: Person,
  { post: id, reason }: Moderation,
): Promise<PlacedPost> {
  const post = await postToHide(tx, content, person, id)
  const [row] = await tx
    .update(posts)
    .set({ removed: 'hidden', removedById: person.id, removedAt: new Date() })
    .where(and(eq(posts.id, id), isNull(posts.removed)))
    .returning({ id: posts.id })
  if (!row) throw new Conflict('This post was hidden or deleted meanwhile. Nothing was changed.')
  await notify(tx, post.authorId, {
    kind: 'post_hidden',
    summary: `A mentor hid your ${nameOf(post)} “${post.title}”. Their reason: ${reason}`,
    href: `/posts/${id}`,
  })
  await audit(tx, person, 'post.hidden', { post: id, reason }, post.authorId)
  await countsFor(tx, id, -1)
  return post
}

/**
 * Shows a hidden post again, as it was. Its author's standing is to be reviewed next.
 * @throws NotFound, Forbidden; Conflict when it is not hidden
 */
export async function showPost(
  tx: Tx,
  content: Content,
  person: Person,
  { post: id, reason }: Moderation,
): Promise<PlacedPost> {
  const post = await postToHide(tx, content, person, id)
  const [row] = await tx
    .update(posts)
    .set({ removed: null, removedById: null, removedAt: null })
    .where(and(eq(posts.id, id), eq(posts.removed, 'hidden')))
    .returning({ id: posts.id })
  if (!row) throw new Conflict('This post is not hidden. Nothing was changed.')
  await notify(tx, post.authorId, {
    kind: 'post_shown',
    summary: `Your ${nameOf(post)} “${post.title}” can be read again. A mentor’s reason: ${reason}`,
    href: `/posts/${id}`,
  })
  await audit(tx, person, 'post.shown', { post: id, reason }, post.authorId)
  await countsFor(tx, id, 1)
  return post
}

async function postToHide(tx: Tx, content: Content, person: Person, id: number): Promise<PlacedPost> {
  const post = await postFor(tx, content, person, id)
  ensure(
    canHide(person, post),
    post.authorId === person.id
      ? 'This is your own post. You can change or delete it yourself.'
      : 'Only the mentors of this place and the admins hide posts.',
  )
  return post
}

async function countsFor(tx: Tx, id: number, by: 1 | -1): Promise<void> {
  const takesPart = await takingPartOf(tx, id)
  if (takesPart) await countTakingPart(tx, { ...takesPart, by })
}

/** What a post is, before the title of what it stands in. */
const nameOf = ({ kind }: PlacedPost): string =>
  ({ reflection: 'reflection on', opening: 'topic', reply: 'reply in' })[kind]
