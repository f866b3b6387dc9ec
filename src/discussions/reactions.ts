import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { post as posts, reaction as reactions } from '../../db/schema/discussions.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { type PlacedPost, postFor } from './find-post.ts'
import { canReact } from './policy.ts'

/** What a press of a button asks for: this reaction of the person's to this post is to be there, or not. */
export type Pressed = { post: number; reaction: string; on: boolean }

/**
 * Gives a reaction to a post or takes it back. Asking for what is so already changes nothing.
 * @throws NotFound when the person may not see the post; Forbidden; Conflict when it was removed meanwhile; Invalid
 */
export async function react(
  tx: Tx,
  content: Content,
  person: Person,
  { post: postId, reaction, on }: Pressed,
): Promise<PlacedPost> {
  const post = await postFor(tx, content, person, postId)
  ensure(
    canReact(person, post),
    post.authorId === person.id
      ? 'Nobody reacts to their own posts.'
      : 'Only people who take the course with this cohort now, and its mentors, react here.',
  )
  if (!content.discussions.reactions.some(({ id }) => id === reaction))
    throw new Invalid({ '': 'Please choose one of these.' })
  const row = { postId, personId: person.id, reaction }
  if (!(on ? await give(tx, row) : await takeBack(tx, row))) return post
  await count(tx, postId, reaction, on ? 1 : -1)
  await audit(tx, person, on ? 'reaction.given' : 'reaction.taken', { post: postId, reaction }, post.authorId)
  return post
}

type Row = typeof reactions.$inferInsert

const give = async (tx: Tx, row: Row) =>
  (await tx.insert(reactions).values(row).onConflictDoNothing().returning()).length > 0

const takeBack = async (tx: Tx, { postId, personId, reaction }: Row) =>
  (
    await tx
      .delete(reactions)
      .where(
        and(eq(reactions.postId, postId), eq(reactions.personId, personId), eq(reactions.reaction, reaction)),
      )
      .returning()
  ).length > 0

/** Two at once count one after the other: each adds to what it finds once it holds the post's row. */
async function count(tx: Tx, postId: number, reaction: string, by: 1 | -1): Promise<void> {
  const now = sql`coalesce((${posts.reactions} ->> ${reaction}::text)::int, 0) + ${by}::int`
  const [row] = await tx
    .update(posts)
    .set({
      reactions: sql`case when ${now} > 0
        then jsonb_set(${posts.reactions}, array[${reaction}::text], to_jsonb(${now}))
        else ${posts.reactions} - ${reaction}::text end`,
    })
    .where(and(eq(posts.id, postId), isNull(posts.removed)))
    .returning({ id: posts.id })
  if (!row) throw new Conflict('This post was removed meanwhile, so there is nothing to react to.')
}
