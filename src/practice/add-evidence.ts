import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { evidence } from '../../db/schema/practice.ts'
import type { Content } from '../authoring/content.ts'
import { ensure, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { audit } from '../record/audit.ts'
import { dayRule, todayIn } from './evidence-rules.ts'

export const evidenceInput = z.object({
  personId: z.coerce.number().int().min(1),
  kind: z.string().min(1).max(60),
  occurredOn: dayRule,
  count: z.coerce.number().int().min(1).max(1000).default(1),
  place: z.string().trim().max(120).default(''),
  role: z.string().max(30).default(''),
  note: z.string().trim().max(1000).default(''),
})

/**
 * Enters evidence that counts at once. Who calls this reviews the person's standing next.
 * @param by an admin, or null where the operator's command line asks
 * @throws Forbidden; Invalid when the content knows no such kind or part, or the day lies ahead
 */
export async function addEvidence(
  tx: Tx,
  content: Content,
  by: Person | null,
  values: z.output<typeof evidenceInput>,
): Promise<{ id: number }> {
  ensure(by === null || (canRunProgramme(by) && by.id !== values.personId), 'Another admin has to do this.')
  ensureKindAndRole(content, values)
  if (values.occurredOn > todayIn(by?.timeZone ?? 'UTC'))
    throw new Invalid({ occurredOn: 'This day is still to come.' })
  const decided = { state: 'confirmed' as const, decidedById: by?.id ?? null, decidedAt: new Date() }
  const [added] = await tx
    .insert(evidence)
    .values({ ...values, ...decided, source: 'admin', externalId: randomUUID() })
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
