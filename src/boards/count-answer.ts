import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { discussion, pollOption, vote } from '../../db/schema/discussions.ts'
import { Conflict, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'

/** What one person chooses: the position of an answer, and for a check-in the post that holds their line. */
export type Answer = { discussion: number; position: number; postId: number | null }

/**
 * Keeps what a person chooses, for the first time or anew, and the counts with it. The discussion's row is held from
 * the beginning, so that whoever answers at this moment is counted one after another.
 * @returns whether anything changed
 * @throws Conflict when it is closed; Invalid when there is no such answer
 */
export async function countAnswer(
  tx: Tx,
  person: Person,
  { discussion: id, position, postId }: Answer,
): Promise<boolean> {
  await holdOpen(tx, id)
  const options = await tx
    .select({ position: pollOption.position })
    .from(pollOption)
    .where(eq(pollOption.discussionId, id))
  if (!options.some(option => option.position === position))
    throw new Invalid({ option: 'Please choose one of these.' })

  const own = and(eq(vote.discussionId, id), eq(vote.personId, person.id))
  const [before] = await tx.select().from(vote).where(own)
  if (before?.position === position && before.postId === postId) return false
  const row = { position, postId, at: new Date() }
  if (before) await tx.update(vote).set(row).where(own)
  else await tx.insert(vote).values({ ...row, discussionId: id, personId: person.id })
  if (!before)
    await tx
      .update(discussion)
      .set({ voters: sql`${discussion.voters} + 1` })
      .where(eq(discussion.id, id))
  if (before?.position !== position)
    await tx
      .update(pollOption)
      .set({
        votes: sql`${pollOption.votes} + case when ${pollOption.position} = ${position} then 1 else -1 end`,
      })
      .where(
        and(
          eq(pollOption.discussionId, id),
          inArray(pollOption.position, before ? [position, before.position] : [position]),
        ),
      )
  return true
}

/** @throws Conflict when it is closed, or its opening was removed */
async function holdOpen(tx: Tx, id: number): Promise<void> {
  const [open] = await tx.execute(sql`
    select from discussion d where d.id = ${id} and d.closed_at is null
      and not exists (select from post where discussion_id = d.id and kind = 'opening' and removed is not null)
    for no key update`)
  if (!open) throw new Conflict('This has been closed meanwhile, so no more answers are counted.')
}
