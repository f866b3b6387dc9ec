import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { adminAppointment } from '../../db/schema/people.ts'
import { ensure, found } from '../errors.ts'
import { audit } from '../record/audit.ts'
import type { Person } from './person.ts'
import { canSuspend } from './policy.ts'

/** Makes a person an admin, by an admin who may (checked by who calls this), an invitation, or the operator (null). */
export async function appointAdmin(tx: Tx, by: { id: number } | null, personId: number): Promise<void> {
  const [row] = await tx
    .insert(adminAppointment)
    .values({ personId, byId: by?.id ?? null })
    .onConflictDoNothing()
    .returning()
  if (row) await audit(tx, by, 'admin.appointed', {}, personId)
}

/** Ends a person's time as admin. Their rights end with their next request. @throws Forbidden, NotFound */
export async function dismissAdmin(tx: Tx, by: Person, personId: number): Promise<void> {
  ensure(canSuspend(by, { id: personId }), 'Another admin has to do this.')
  const [row] = await tx
    .update(adminAppointment)
    .set({ endedAt: new Date(), endedById: by.id })
    .where(and(eq(adminAppointment.personId, personId), isNull(adminAppointment.endedAt)))
    .returning()
  found(row)
  await audit(tx, by, 'admin.dismissed', {}, personId)
}
