import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { lock, type Tx } from '../../db/client.ts'
import { post, vote } from '../../db/schema/discussions.ts'
import type { Content } from '../authoring/content.ts'
import { deletePost } from '../discussions/deletion.ts'
import { editPost } from '../discussions/editing.ts'
import { postReply } from '../discussions/posting.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { countAnswer } from './count-answer.ts'
import { lineRule } from './title.ts'
import { askedOf, positionRule, voteInput } from './vote.ts'

export const checkInInput = z.object({
  discussion: voteInput.shape.discussion,
  option: positionRule,
  line: lineRule,
})

/**
 * Answers a check-in with a feeling and, if one likes, a line, which stands as one's reply under it. Answering again
 * changes both: the line as an edit of that reply, with its history, or its deletion. Who feels what is told to nobody.
 * @returns the post that holds the line, where it is a new one
 * @throws NotFound, Forbidden, Conflict, Invalid
 */
export async function checkIn(
  tx: Tx,
  content: Content,
  person: Person,
  { discussion: id, option, line }: z.output<typeof checkInInput>,
): Promise<{ newLine: number | null }> {
  await askedOf(tx, person, id, 'check-in')
  // Two windows at once are one answer, and one line.
  await lock(tx, `check-in ${id} ${person.id}`)
  const before = await lineBefore(tx, person, id)
  const postId = await keepLine(tx, content, person, { id, before, line })
  const changed = await countAnswer(tx, person, { discussion: id, position: option, postId })
  if (changed) await audit(tx, person, 'checkin.answered', { discussion: id })
  return { newLine: postId === before?.post ? null : postId }
}

type Line = { post: number; revision: number; markdown: string }

/** One's line of before, unless it was removed. */
async function lineBefore(tx: Tx, person: Person, id: number): Promise<Line | null> {
  const [row] = await tx
    .select({ post: post.id, revision: post.revision, markdown: post.markdown, removed: post.removed })
    .from(vote)
    .innerJoin(post, eq(post.id, vote.postId))
    .where(and(eq(vote.discussionId, id), eq(vote.personId, person.id)))
  return row?.removed === null ? row : null
}

/** @returns the post that holds the line, or null where there is none */
async function keepLine(
  tx: Tx,
  content: Content,
  person: Person,
  { id, before, line }: { id: number; before: Line | null; line: string },
): Promise<number | null> {
  if (line === '') {
    if (before) await deletePost(tx, content, person, { post: before.post })
    return null
  }
  if (before) {
    await editPost(tx, content, person, { ...before, markdown: line })
    return before.post
  }
  const [opening] = await tx
    .select({ post: post.id })
    .from(post)
    .where(and(eq(post.discussionId, id), eq(post.kind, 'opening')))
  const reply = await postReply(tx, content, person, { ...found(opening), markdown: line })
  return reply.id
}
