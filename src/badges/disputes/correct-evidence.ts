import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import type { dispute } from '../../../db/schema/disputes.ts'
import { evidence } from '../../../db/schema/practice.ts'
import { found, Invalid } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { todayIn } from '../../practice/evidence-rules.ts'

/**
 * Adds to a kind of evidence, or takes off, by a row of its own beside those that are there; never below nothing. The
 * person's row is held.
 * @throws Invalid
 */
export async function correctEvidence(
  tx: Tx,
  admin: Person,
  { id, personId, of }: typeof dispute.$inferSelect,
  {
    change,
    occurredOn,
    answer,
  }: { change?: number | undefined; occurredOn?: string | undefined; answer: string },
): Promise<{ change: number }> {
  if (!change) throw new Invalid({ change: 'Please say by how many: 3 more, or -2 for two fewer.' })
  const kind = found(of)
  const [row] = await tx.execute<{ total: number }>(sql`
    select coalesce(sum(count), 0)::int as total from evidence
    where person_id = ${personId} and kind = ${kind} and state = 'confirmed'`)
  const total = row?.total ?? 0
  if (total + change < 0)
    throw new Invalid({ change: `They have ${total}, so no more than ${total} can be taken off.` })
  const today = todayIn(admin.timeZone)
  if (occurredOn !== undefined && occurredOn > today)
    throw new Invalid({ occurredOn: 'This day is still to come.' })
  await tx.insert(evidence).values({
    ...{ personId, kind, source: 'correction', externalId: String(id), count: change, reason: answer },
    ...{ occurredOn: occurredOn ?? todayIn('UTC'), state: 'confirmed' },
    ...{ decidedById: admin.id, decidedAt: new Date() },
  })
  return { change }
}
