import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { application } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found } from '../../errors.ts'
import { dayInWords } from '../../layout/time.ts'
import { running } from '../../people/in-force.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { canApply } from '../policy.ts'
import { restsUntil } from '../resting.ts'

const badge = z.string().max(80)

export const applicationInput = z.object({
  badge,
  statement: z
    .string()
    .trim()
    .min(1, 'Please say in a few sentences why you apply.')
    .max(4000, 'Please keep it under 4,000 characters.'),
})

export const withdrawalInput = z.object({ badge })

/**
 * Asks to be considered for a badge, with a statement that the admins read. Who calls this reviews their standing next.
 * @throws NotFound for a badge that is not there; Forbidden where it takes no application, or they hold it; Conflict
 *         when they have applied already, hold it suspended, or were declined and the day to try again has not come
 */
export async function applyFor(
  tx: Tx,
  content: Content,
  person: Person,
  { badge: id, statement }: z.output<typeof applicationInput>,
): Promise<void> {
  const badge = found(content.badge(id))
  ensure(canApply(person, badge), 'This badge takes no application from you.')
  if (await isPaused(tx, person.id, id))
    throw new Conflict(
      'You hold this badge, and for now it is suspended. You can appeal against that instead.',
    )
  const until = await restsUntil(tx, { personId: person.id, badge: id })
  if (until !== null) throw new Conflict(`You can apply again from ${dayInWords(new Date(until))}.`)
  const [made] = await tx
    .insert(application)
    .values({ personId: person.id, badge: id, statement })
    .onConflictDoNothing()
    .returning({ id: application.id })
  if (!made) throw new Conflict('You have applied for this badge already.')
  await audit(tx, person, 'application.made', { badge: id, application: made.id })
}

/** Whether they hold it and it is suspended: among the badges of a person there are only those that count. */
async function isPaused(tx: Tx, personId: number, badge: string): Promise<boolean> {
  const rows = await tx.execute(
    sql`select from certificate c where c.person_id = ${personId} and c.badge = ${badge} and ${running}`,
  )
  return rows.length > 0
}

/** Takes one's application back before it is decided. Who calls this reviews their standing next. @throws NotFound */
export async function withdrawApplication(
  tx: Tx,
  person: Person,
  { badge }: z.output<typeof withdrawalInput>,
): Promise<void> {
  const [ended] = await end(tx, { personId: person.id, badge, by: 'withdrawal' })
  await audit(tx, person, 'application.withdrawn', { badge, application: found(ended).id })
}

/** An application has done its work once the badge is granted or declined: whoever wants to may write another. */
export const closeApplication = (
  tx: Tx,
  decided: { personId: number; badge: string; by: 'grant' | 'decline' },
) => end(tx, decided)

/** What a decline had answered is asked again, in the same words, where an appeal takes that decline back. */
export async function reopenApplication(
  tx: Tx,
  { personId, badge }: { personId: number; badge: string },
): Promise<void> {
  await tx.execute(sql`
    update application set ended_at = null, ended_by = null
    where id = (select max(id) from application where person_id = ${personId} and badge = ${badge})
      and ended_by = 'decline'`)
}

const end = (
  tx: Tx,
  { personId, badge, by }: { personId: number; badge: string; by: 'withdrawal' | 'grant' | 'decline' },
) =>
  tx
    .update(application)
    .set({ endedAt: sql`now()`, endedBy: by })
    .where(and(eq(application.personId, personId), eq(application.badge, badge), isNull(application.endedAt)))
    .returning({ id: application.id })
