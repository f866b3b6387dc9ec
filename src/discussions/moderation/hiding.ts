import { and, eq, isNull, type SQL } from 'drizzle-orm'
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
export const hidePost = (tx: Tx, content: Content, person: Person, what: Moderation): Promise<PlacedPost> =>
  moderate(tx, content, person, what, {
    when: isNull(posts.removed),
    set: { removed: 'hidden', removedById: person.id, removedAt: new Date() },
    otherwise: 'This post was hidden or deleted meanwhile. Nothing was changed.',
    kind: 'post_hidden',
    summary: post => `A mentor hid your ${nameOf(post)} “${post.title}”. Their reason: ${what.reason}`,
    act: 'post.hidden',
    takesPart: -1,
  })

/**
 * Shows a hidden post again, as it was. Its author's standing is to be reviewed next.
 * @throws NotFound, Forbidden; Conflict when it is not hidden
 */
export const showPost = (tx: Tx, content: Content, person: Person, what: Moderation): Promise<PlacedPost> =>
  moderate(tx, content, person, what, {
    when: eq(posts.removed, 'hidden'),
    set: { removed: null, removedById: null, removedAt: null },
    otherwise: 'This post is not hidden. Nothing was changed.',
    kind: 'post_shown',
    summary: post =>
      `Your ${nameOf(post)} “${post.title}” can be read again. A mentor’s reason: ${what.reason}`,
    act: 'post.shown',
    takesPart: 1,
  })

type Change = {
  when: SQL
  set: Partial<typeof posts.$inferInsert>
  /** What is said where the post is not, or no longer, as it must be. */
  otherwise: string
  kind: 'post_hidden' | 'post_shown'
  summary: (post: PlacedPost) => string
  act: 'post.hidden' | 'post.shown'
  /** How many replies its author has from then on, more or fewer. */
  takesPart: 1 | -1
}

async function moderate(
  tx: Tx,
  content: Content,
  person: Person,
  { post: id, reason }: Moderation,
  { when, set, otherwise, kind, summary, act, takesPart }: Change,
): Promise<PlacedPost> {
  const post = await postToHide(tx, content, person, id)
  const [row] = await tx
    .update(posts)
    .set(set)
    .where(and(eq(posts.id, id), when))
    .returning({ id: posts.id })
  if (!row) throw new Conflict(otherwise)
  await notify(tx, post.authorId, { kind, summary: summary(post), href: `/posts/${id}` })
  await audit(tx, person, act, { post: id, reason }, post.authorId)
  await countsFor(tx, id, takesPart)
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
