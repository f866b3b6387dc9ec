import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { evidence } from '../../db/schema/practice.ts'
import type { Content } from '../authoring/content.ts'
import { ensure, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { audit } from '../record/audit.ts'
import { dayRule, minutesRule, todayIn } from './evidence-rules.ts'
import { supervisorNamed } from './supervisor.ts'

export const evidenceInput = z.object({
  personId: z.coerce.number().int().min(1),
  kind: z.string().min(1).max(60),
  occurredOn: dayRule,
  count: z.coerce.number().int().min(1).max(1000).default(1),
  place: z.string().trim().max(120).default(''),
  role: z.string().max(30).default(''),
  note: z.string().trim().max(1000).default(''),
  /** The handle of whoever stood by, and for how long, where hours of the kind are counted. */
  supervisor: z.string().trim().max(41).optional(),
  minutes: z.coerce.number().pipe(minutesRule).optional(),
})

/**
 * Enters evidence that counts at once. Who calls this reviews the person's standing next.
 * @param by an admin, or null where the operator's command line asks
 * @throws Forbidden; Invalid when the content knows no such kind or part, the day lies ahead, or whoever is named may not
 *         stand by
 */
export async function addEvidence(
  tx: Tx,
  content: Content,
  by: Person | null,
  { supervisor, minutes, ...values }: z.output<typeof evidenceInput>,
): Promise<{ id: number }> {
  ensure(by === null || (canRunProgramme(by) && by.id !== values.personId), 'Another admin has to do this.')
  ensureKindAndRole(content, values)
  if (values.occurredOn > todayIn(by?.timeZone ?? 'UTC'))
    throw new Invalid({ occurredOn: 'This day is still to come.' })
  const { personId, kind } = values
  const beside = await supervisorNamed(tx, content, { id: personId }, { kind, supervisor, minutes })
  const decided = { state: 'confirmed' as const, decidedById: by?.id ?? null, decidedAt: new Date() }
  const [added] = await tx
    .insert(evidence)
    .values({
      ...{ ...values, ...decided, source: 'admin', externalId: randomUUID() },
      ...(beside && { supervisorId: beside.id, minutes }),
    })
    .returning({ id: evidence.id })
  await audit(
    tx,
    by,
    'evidence.added',
    { evidence: added!.id, kind: values.kind, count: values.count },
    values.personId,
  )
  return added!
}

function ensureKindAndRole(content: Content, { kind, role }: { kind: string; role: string }): void {
  const known = content.evidenceKind(kind)
  if (!known) throw new Invalid({ kind: `There is no kind of evidence called “${kind}”.` })
  if (role !== '' && !known.roles.includes(role))
    throw new Invalid({ role: `A ${known.title} knows no part called “${role}”.` })
}
