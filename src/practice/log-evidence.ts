import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { evidence } from '../../db/schema/practice.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, found, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { dayRule, earliestLog, ensureKindAndRole, todayIn } from './evidence-rules.ts'

export const logInput = z.object({
  kind: z.string().min(1, 'Please choose what it was.').max(60),
  occurredOn: dayRule,
  place: z.string().trim().min(1).max(120),
  role: z.string().max(30).default(''),
  note: z.string().trim().max(1000).default(''),
})
export type LogInput = z.output<typeof logInput>

/**
 * Writes down something that a person did, for a mentor to confirm.
 * @throws Invalid when one can't log this kind oneself, its part is missing, or the day lies ahead or too far back
 */
export async function logEvidence(tx: Tx, content: Content, person: Person, values: LogInput): Promise<void> {
  ensureLoggable(content, values)
  ensureDay(values.occurredOn, todayIn(person.timeZone))
  const [logged] = await tx
    .insert(evidence)
    .values({ ...values, personId: person.id, source: 'log', externalId: randomUUID(), state: 'logged' })
    .returning({ id: evidence.id })
  await audit(tx, person, 'evidence.logged', { evidence: logged!.id, kind: values.kind })
}

function ensureLoggable(content: Content, { kind, role }: LogInput): void {
  const known = ensureKindAndRole(content, { kind, role })
  if (!known.selfLogged)
    throw new Invalid({ kind: 'This comes from the platform or an admin; it can’t be logged.' })
  if (known.roles.length > 0 && role === '')
    throw new Invalid({ role: `Please choose your part in the ${known.title}.` })
}

function ensureDay(day: string, today: string): void {
  if (day > today) throw new Invalid({ occurredOn: 'This day is still to come.' })
  if (day < earliestLog(today)) throw new Invalid({ occurredOn: 'Please log only the last two years.' })
}

/** Takes back something of one's own that nobody has decided on yet. @throws NotFound, Conflict */
export async function withdrawLog(tx: Tx, person: Person, id: number): Promise<void> {
  const own = and(eq(evidence.id, id), eq(evidence.personId, person.id), eq(evidence.source, 'log'))
  const [row] = await tx.select().from(evidence).where(own).for('update')
  const { state, kind, occurredOn } = found(row)
  if (state !== 'logged') throw new Conflict('A mentor has answered this already, so it stays.')
  await tx.delete(evidence).where(eq(evidence.id, id))
  await audit(tx, person, 'evidence.withdrawn', { evidence: id, kind, occurredOn })
}
