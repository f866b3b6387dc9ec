import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { extraTime } from '../../db/schema/quizzes.ts'
import { Conflict, ensure, found } from '../errors.ts'
import { findPerson } from '../people/load-person.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { canGiveExtraTime } from './policy.ts'

export const extraTimeInput = z.object({
  handle: z.string().max(60),
  percent: z.coerce
    .number({ error: 'Please write a number.' })
    .int('Please write a whole number.')
    .min(1, 'Please write a number from 1 to 400.')
    .max(400, 'Please write a number from 1 to 400.'),
  reason: z.string().trim().min(1, 'Please say why: it is kept with it.').max(500),
})

/**
 * Gives a person more time in every quiz that limits it, in place of what they had; what they have begun goes on as it
 * began.
 * @throws Forbidden, NotFound
 */
export async function giveExtraTime(
  tx: Tx,
  admin: Person,
  { handle, percent, reason }: z.output<typeof extraTimeInput>,
): Promise<void> {
  ensure(canGiveExtraTime(admin))
  const { id } = found(await findPerson(tx, { handle }))
  await end(tx, admin, id)
  await tx.insert(extraTime).values({ personId: id, percent, reason, byId: admin.id })
  await audit(tx, admin, 'extra_time.given', { percent }, id)
}

/** @throws Forbidden, NotFound; Conflict when they have none */
export async function endExtraTime(tx: Tx, admin: Person, { handle }: { handle: string }): Promise<void> {
  ensure(canGiveExtraTime(admin))
  const { id } = found(await findPerson(tx, { handle }))
  if (!(await end(tx, admin, id))) throw new Conflict('They have no extra time any more.')
  await audit(tx, admin, 'extra_time.ended', {}, id)
}

async function end(tx: Tx, admin: Person, personId: number): Promise<boolean> {
  const ended = await tx
    .update(extraTime)
    .set({ endedAt: new Date(), endedById: admin.id })
    .where(and(eq(extraTime.personId, personId), isNull(extraTime.endedAt)))
    .returning({ id: extraTime.id })
  return ended.length > 0
}
