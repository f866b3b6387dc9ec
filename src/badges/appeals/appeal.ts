import { z } from 'zod'
import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { badgeAppeal } from '../../../db/schema/decisions.ts'
import { Conflict, ensure, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { canAppeal, decidedAgainst } from './decided.ts'

export const longestAppeal = 4000

export const badgeAppealInput = z.object({
  badge: z.string().max(80),
  statement: z
    .string()
    .trim()
    .min(1, 'Please say in a few sentences what was missed.')
    .max(longestAppeal, 'Please keep it under 4,000 characters.'),
})

/**
 * Asks for another look at what was decided on a badge: once for each decision, and never to one's harm. Somebody who
 * did not decide it answers.
 * @throws NotFound when nothing was decided against them; Conflict when they have appealed already; Forbidden when it is
 *         too late
 */
export async function appealDecision(
  tx: Tx,
  person: Person,
  { badge, statement }: z.output<typeof badgeAppealInput>,
): Promise<void> {
  // Alone, so that what is read next is what stands once another decision is through.
  await tx.execute(sql`select from person where id = ${person.id} for no key update`)
  const decided = found(await decidedAgainst(tx, person, { personId: person.id, badge }))
  if (decided.appeal) throw new Conflict('You have appealed against this already. An answer is on its way.')
  ensure(canAppeal(decided), 'The time to appeal against this is over.')
  const [made] = await tx
    .insert(badgeAppeal)
    .values({ seq: decided.seq, personId: person.id, badge, statement })
    .returning({ id: badgeAppeal.id })
  await audit(tx, person, 'badge.appealed', { badge, appeal: found(made).id, entry: decided.seq })
}
