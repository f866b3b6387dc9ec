import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { discussion, post as posts, vote } from '../../../db/schema/discussions.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found } from '../../errors.ts'
import { findPerson } from '../../people/load-person.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { arrive } from '../arrival.ts'
import { type BoardModerated, boardFor } from './boards-moderated.ts'
import { discussionFor } from '../discussion.ts'
import { type PlacedPost, postFor } from '../find-post.ts'
import { canModerate, canSee } from '../policy.ts'
import { countTakingPart, takingPartOf } from '../taking-part.ts'

/** Which topic, whither (a cohort's id, or null for the whole community), and why. */
export type TopicMove = { topic: number; board: number | null; reason: string }

/**
 * Moves a topic with all that stands in it to another board. People of the old place who can't see the new one no
 * longer find it; its author is told where it went.
 * @throws NotFound, also for a board that the person does not look after; Forbidden; Conflict when it is there already
 */
export async function moveTopic(
  tx: Tx,
  person: Person,
  { topic: id, board, reason }: TopicMove,
): Promise<void> {
  // As strongly as the change of its place will: a weaker hold and a reply under way would wait for each other.
  await tx.execute(sql`select from discussion where id = ${id} for update`)
  const topic = await discussionFor(tx, person, id)
  const title = found(topic.title)
  ensure(canModerate(person, topic.place), 'Only the mentors of this place and the admins move topics.')
  const to = await boardFor(tx, person, board)
  if (topic.place.cohortId === to.cohortId) throw new Conflict('The topic is on that board already.')
  await tx
    .update(discussion)
    // It was pinned to the board that it leaves.
    .set({ cohortId: to.cohortId, pinnedAt: null, pinnedById: null })
    .where(eq(discussion.id, id))

  const author = await authorOf(tx, id)
  await tellWhither(tx, person, author, { topic: id, title, to, reason })
  const [from, whither] = [topic.place, to].map(({ cohortId }) => cohortId ?? 'community')
  await audit(tx, person, 'topic.moved', { topic: id, title, from, to: whither, reason }, author.id)
}

async function authorOf(tx: Tx, topic: number): Promise<Person> {
  const [opening] = await tx.execute<{ author_id: string }>(
    sql`select author_id from post where discussion_id = ${topic} and kind = 'opening'`,
  )
  return found(await findPerson(tx, { id: Number(found(opening).author_id) }))
}

async function tellWhither(
  tx: Tx,
  person: Person,
  author: Person,
  { topic, title, to, reason }: { topic: number; title: string; to: BoardModerated; reason: string },
): Promise<void> {
  const [enrolment] = await tx.execute(
    sql`select from enrolment where cohort_id = ${to.cohortId}::bigint and person_id = ${author.id} limit 1`,
  )
  const findsIt = canSee(author, { ...to, enrolled: enrolment ? 'before' : null })
  await notify(tx, author.id, {
    kind: 'post_moved',
    summary: `A mentor moved your topic “${title}” to the board of ${to.name}. Their reason: ${reason}`,
    href: findsIt ? `/topics/${topic}` : '/',
    by: person,
  })
}

/** Which reply, under what title it goes on, and why. */
export type ReplyMove = { post: number; title: string; reason: string }

/**
 * Makes a reply the opening of a topic of its own, on the board of the same place. Its address stays; who wrote it is
 * told where it went, and their standing is to be reviewed next: it no longer counts as taking part.
 * @throws NotFound, Forbidden; Conflict when it is no reply, was removed or moved, or is for the mentors alone
 */
export async function moveReply(
  tx: Tx,
  content: Content,
  person: Person,
  { post: id, title, reason }: ReplyMove,
): Promise<PlacedPost> {
  const reply = await postFor(tx, content, person, id)
  ensure(canModerate(person, reply.place), 'Only the mentors of this place and the admins move replies.')
  ensureMovable(reply)
  await holdThread(tx, reply)
  const tookPart = await takingPartOf(tx, id)

  const { cohortId } = reply.place
  const [row] = await tx
    .insert(discussion)
    .values({ cohortId, title, form: 'talk' })
    .returning({ id: discussion.id })
  const topic = found(row).id
  await tx.update(posts).set({ discussionId: topic, kind: 'opening', parentId: null }).where(eq(posts.id, id))
  await leaveThread(tx, reply)

  await notify(tx, reply.authorId, {
    kind: 'post_moved',
    summary: `A mentor made a topic of your reply in “${reply.title}”: “${title}”. Their reason: ${reason}`,
    href: `/posts/${id}`,
    by: person,
  })
  const details = { post: id, from: reply.discussionId, to: topic, title, reason }
  await audit(tx, person, 'post.moved', details, reply.authorId)
  if (tookPart) await countTakingPart(tx, { ...tookPart, by: -1 })
  await arrive(tx, { discussion: topic, post: id, author: reply.authorId, onlyFor: null }, 'opening')
  return reply
}

function ensureMovable({ kind, audience, removed }: PlacedPost): void {
  if (kind !== 'reply')
    throw new Conflict('Only a reply can be made a topic of its own. Nothing was changed.')
  if (removed) throw new Conflict('This reply was hidden or deleted. Nothing was changed.')
  if (audience === 'mentors')
    throw new Conflict('This thread is for its author and the mentors alone, so nothing of it is moved.')
}

/**
 * Holds a reply with its thread's head, the older one first, and then their discussion: nobody replies, moves or hides
 * here meanwhile. @throws Conflict when somebody has just done so
 */
async function holdThread(tx: Tx, { id, threadId, discussionId, place }: PlacedPost): Promise<void> {
  await tx.execute(sql`select from post where id in (${threadId}, ${id}) order by id for no key update`)
  await tx.execute(sql`select from discussion where id = ${discussionId} for no key update`)
  const [still] = await tx.execute(sql`
    select from post join discussion on discussion.id = post.discussion_id
    where post.id = ${id} and post.parent_id = ${threadId} and post.removed is null
      and discussion.cohort_id is not distinct from ${place.cohortId}::bigint`)
  if (!still) throw new Conflict('Somebody else has moved or removed this meanwhile. Nothing was changed.')
}

/** What a thread and its discussion keep of their posts, now that one is gone from there. */
async function leaveThread(tx: Tx, { id, threadId, discussionId }: PlacedPost): Promise<void> {
  // Somebody's line in a check-in; what they answered stays.
  await tx.update(vote).set({ postId: null }).where(eq(vote.postId, id))
  await tx
    .update(posts)
    .set({ replies: sql`${posts.replies} - 1` })
    .where(eq(posts.id, threadId))
  await tx.execute(sql`
    update discussion set posts = posts - 1, (last_post_id, last_posted_at) = (
      select post.id, post.created_at from post
      where post.discussion_id = ${discussionId} order by post.id desc limit 1)
    where id = ${discussionId}`)
}
