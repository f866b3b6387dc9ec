import { and, count, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { savedComment } from '../../../db/schema/grading.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found } from '../../errors.ts'
import { asNow } from '../../people/load-person.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import {
  type Comment,
  commentFor,
  type CommentInput,
  courseOf,
  ensurePlaceholders,
  mostComments,
} from './comment.ts'
import { canChangeComment, canKeepComments } from './policy.ts'

/** Keeps words for another time. @throws Forbidden, Invalid, Conflict when they have as many as one can have */
export async function keepComment(
  tx: Tx,
  content: Content,
  person: Person,
  input: CommentInput,
): Promise<number> {
  const mentor = await mentorNow(tx, person)
  ensurePlaceholders(input.markdown, 'markdown')
  return add(tx, mentor, { ...input, course: courseOf(content, input.course) })
}

/** Makes a mentor's own of what another shares, to be changed as they like. @throws Forbidden, NotFound, Conflict */
export async function copyComment(tx: Tx, person: Person, id: number): Promise<number> {
  const mentor = await mentorNow(tx, person)
  const { title, markdown, course } = await commentFor(tx, mentor, id)
  return add(tx, mentor, { title, markdown, course, shared: false }, { copyOf: id })
}

async function add(
  tx: Tx,
  mentor: Person,
  values: Pick<Comment, 'title' | 'markdown' | 'course' | 'shared'>,
  details: { copyOf?: number } = {},
): Promise<number> {
  await ensureRoom(tx, mentor)
  const [row] = await tx
    .insert(savedComment)
    .values({ ...values, ownerId: mentor.id })
    .returning({ id: savedComment.id })
  const { id } = found(row)
  await audit(tx, mentor, 'comment.kept', { comment: id, ...details })
  if (values.shared) await audit(tx, mentor, 'comment.shared', { comment: id })
  return id
}

/** Two at once wait for each other at their owner, so that neither counts past the other. */
async function ensureRoom(tx: Tx, { id }: Person): Promise<void> {
  await tx.execute(sql`select from person where id = ${id} for no key update`)
  const [kept] = await tx
    .select({ count: count() })
    .from(savedComment)
    .where(and(eq(savedComment.ownerId, id), isNull(savedComment.removedAt)))
  if (found(kept).count >= mostComments)
    throw new Conflict(
      `You keep ${mostComments} comments already. Please remove one first: nothing was kept.`,
    )
}

/** Changes the words of one's own. @throws Forbidden, NotFound, Invalid */
export async function changeComment(
  tx: Tx,
  content: Content,
  person: Person,
  { id, ...input }: Omit<CommentInput, 'shared'> & { id: number },
): Promise<void> {
  const mentor = await ownerNow(tx, person, id)
  ensurePlaceholders(input.markdown, 'markdown')
  const { title, markdown } = input
  await change(tx, id, { title, markdown, course: courseOf(content, input.course) })
  await audit(tx, mentor, 'comment.changed', { comment: id })
}

/** Lets all mentors use it, or keeps it to its owner again; copies that others have made stay theirs. @throws Forbidden, NotFound */
export async function shareComment(tx: Tx, person: Person, id: number, shared: boolean): Promise<void> {
  const mentor = await ownerNow(tx, person, id)
  await change(tx, id, { shared })
  await audit(tx, mentor, shared ? 'comment.shared' : 'comment.unshared', { comment: id })
}

/** Takes it away from all who use it. @throws Forbidden, NotFound */
export async function removeComment(tx: Tx, person: Person, id: number): Promise<void> {
  const mentor = await ownerNow(tx, person, id)
  await change(tx, id, { removedAt: new Date() })
  await audit(tx, mentor, 'comment.removed', { comment: id })
}

async function mentorNow(tx: Tx, person: Person): Promise<Person> {
  const mentor = await asNow(tx, person)
  ensure(canKeepComments(mentor))
  return mentor
}

async function ownerNow(tx: Tx, person: Person, id: number): Promise<Person> {
  const mentor = await mentorNow(tx, person)
  ensure(canChangeComment(mentor, await commentFor(tx, mentor, id)), 'Only whoever keeps it changes it.')
  return mentor
}

const change = (tx: Tx, id: number, values: Partial<typeof savedComment.$inferInsert>) =>
  tx.update(savedComment).set(values).where(eq(savedComment.id, id))
