import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { appeal, result, submission } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { renderMarkdown } from '../authoring/markdown.ts'
import { Conflict, found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { openMarking, promiseFrom } from './hand-in.ts'
import { holdSubmission } from './pausing.ts'
import { anotherCouldMark } from './second-marking.ts'

export const longestAppeal = 2000

export const appealInput = z.object({
  result: z.coerce.number().int().min(1),
  reason: z.string().trim().min(1, 'Please say in a few words what was missed.').max(longestAppeal),
})

/**
 * Asks another mentor to look again at a result that one got: once for each try, and never to one's harm.
 * @returns the module whose question it answers
 * @throws NotFound when it is not theirs; Conflict when it was appealed already, cannot be, or nobody else could decide
 */
export async function appealResult(
  tx: Tx,
  content: Content,
  author: Person,
  { result: id, reason }: z.output<typeof appealInput>,
): Promise<{ module: string }> {
  const { post_id } = found(
    (await tx.execute<{ post_id: string }>(sql`select post_id from result where id = ${id}`))[0],
  )
  await holdSubmission(tx, Number(post_id))
  const given = await ownResult(tx, author, id)
  await ensureOpen(tx, given)
  if (!(await anotherCouldMark(tx, content, given)))
    throw new Conflict(
      'At this moment no other mentor could look at it. Please write to your mentors in the discussion, or try again later.',
    )
  const { postId, cohortId, authorId, module } = given
  const [marked] = await tx.execute<{ revision: number }>(
    sql`select revision from grade where id = ${given.gradeIds[0]}`,
  )
  const wanted = await openMarking(tx, {
    ...{ postId, cohortId, authorId, module, try: given.try, purpose: 'appeal' },
    ...{ revision: found(marked).revision, promisedBy: promiseFrom(content, module) },
  })
  await tx
    .insert(appeal)
    .values({ resultId: id, markingId: wanted.id, reason, reasonHtml: renderMarkdown(reason) })
  await audit(tx, author, 'result.appealed', { post: postId, result: id, marking: wanted.id })
  return { module }
}

type Given = typeof result.$inferSelect

async function ownResult(tx: Tx, { id: authorId }: Person, id: number): Promise<Given> {
  const [given] = await tx
    .select()
    .from(result)
    .where(and(eq(result.id, id), eq(result.authorId, authorId)))
  return found(given?.releasedAt ? given : null)
}

async function ensureOpen(tx: Tx, given: Given): Promise<void> {
  const [stands] = await tx.select().from(submission).where(eq(submission.postId, given.postId))
  const [newer] = await tx.execute(sql`
    select from result where post_id = ${given.postId} and try = ${given.try} and id > ${given.id} limit 1`)
  const [asked] = await tx.execute(sql`
    select from marking where post_id = ${given.postId} and try = ${given.try} and purpose = 'appeal'`)
  if (asked) throw new Conflict('Another mentor has been asked about this answer already.')
  if (stands?.try !== given.try || newer)
    throw new Conflict('This answer is no longer the latest, so there is nothing to look at again.')
  if (given.outcome === 'distinction') throw new Conflict('There is nothing above a distinction to ask for.')
}
