import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { evidence } from '../../db/schema/practice.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, found, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { dayRule, earliestLog, minutesRule, todayIn } from './evidence-rules.ts'
import { supervisorNamed, tellSupervisor } from './supervisor.ts'

export const logInput = z.object({
  /** What it was and, where its kind knows parts, the person's part: `positive_review`, `group_chat/moderated`. */
  what: z.string().min(1, 'Please choose what it was.').max(100),
  occurredOn: dayRule,
  place: z.string().trim().min(1).max(120),
  note: z.string().trim().max(1000).default(''),
  /** Of practice with somebody beside them: who that was, and for how long. */
  supervisor: z.string().trim().max(41).default(''),
  minutes: z
    .string()
    .trim()
    .transform(text => (text === '' ? null : Number(text)))
    .pipe(minutesRule.nullable())
    .default(null),
})

/** What is logged; most of it with nobody beside them. */
type Log = Omit<z.output<typeof logInput>, keyof Beside> & Partial<Beside>
type Beside = Pick<z.output<typeof logInput>, 'supervisor' | 'minutes'>

/** All that a person may log: what the form sends, and the words for it. */
export const loggable = (content: Content) =>
  content.evidenceKinds
    .filter(({ selfLogged }) => selfLogged)
    .flatMap(({ id: kind, title, roles }) =>
      roles.length === 0
        ? [{ value: kind, label: title, kind, role: '' }]
        : roles.map(role => ({ value: `${kind}/${role}`, label: `${title}, ${role}`, kind, role })),
    )

/**
 * Writes down something that a person did, for a mentor to confirm, or for whoever stood by where they name somebody.
 * @throws Invalid when it is nothing that one can log, the day lies ahead or too far back, or whoever they name may not
 *         stand by
 */
export async function logEvidence(
  tx: Tx,
  content: Content,
  person: Person,
  { what, supervisor, minutes, ...words }: Log,
): Promise<void> {
  const known = loggable(content).find(({ value }) => value === what)
  if (!known) throw new Invalid({ what: 'Please choose one of these.' })
  ensureDay(words.occurredOn, todayIn(person.timeZone))
  const { kind, role } = known
  const beside = await supervisorNamed(tx, content, person, { kind, supervisor, minutes })
  const [logged] = await tx
    .insert(evidence)
    .values({
      ...{
        ...words,
        kind,
        role,
        personId: person.id,
        source: 'log',
        externalId: randomUUID(),
        state: 'logged',
      },
      ...(beside && { supervisorId: beside.id, minutes }),
    })
    .returning({ id: evidence.id })
  await audit(tx, person, 'evidence.logged', { evidence: logged!.id, kind })
  if (beside) await tellSupervisor(tx, content, person, beside, kind)
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
