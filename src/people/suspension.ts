import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { suspension } from '../../db/schema/people.ts'
import { ensure, found } from '../errors.ts'
import { audit } from '../record/audit.ts'
import type { Person } from './person.ts'
import { canRunProgramme, canSuspend } from './policy.ts'
import { endSessions } from './session.ts'

export const suspensionInput = z.object({
  personId: z.coerce.number().int(),
  reason: z.string().trim().min(1).max(1000),
})

/**
 * Locks an account, with a reason, and ends its sessions at once.
 * @returns whether it was open until now
 * @throws Forbidden
 */
export async function suspend(
  tx: Tx,
  admin: Person,
  { personId, reason }: z.output<typeof suspensionInput>,
): Promise<boolean> {
  ensure(canSuspend(admin, { id: personId }), 'Another admin has to do this.')
  const [row] = await tx
    .insert(suspension)
    .values({ personId, byId: admin.id, reason })
    .onConflictDoNothing()
    .returning()
  if (!row) return false
  await endSessions(tx, personId)
  await audit(tx, admin, 'person.suspended', { reason }, personId)
  return true
}

/** Opens a suspended account again. @throws Forbidden, NotFound */
export async function reinstate(tx: Tx, admin: Person, { personId }: { personId: number }): Promise<void> {
  ensure(canRunProgramme(admin))
  const [row] = await tx
    .update(suspension)
    .set({ endedAt: new Date(), endedById: admin.id })
    .where(and(eq(suspension.personId, personId), isNull(suspension.endedAt)))
    .returning()
  found(row)
  await audit(tx, admin, 'person.reinstated', {}, personId)
}
