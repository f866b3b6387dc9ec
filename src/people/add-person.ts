import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { person } from '../../db/schema/people.ts'
import { audit } from '../record/audit.ts'
import { hashPassword, passwordRule } from './password.ts'
import {
  ageBandRule,
  displayNameRule,
  emailRule,
  ensureFree,
  handleRule,
  kindRule,
  pastDateRule,
  timeZoneRule,
} from './profile.ts'

export const newPerson = z.object({
  handle: handleRule,
  displayName: displayNameRule,
  email: emailRule,
  password: passwordRule,
  kind: kindRule,
  ageBand: ageBandRule,
  timeZone: timeZoneRule,
  joinedOn: pastDateRule,
})
export type NewPerson = z.output<typeof newPerson>

/**
 * Adds an account. Who calls it reviews the new person's standing next.
 * @param by who added it; null where the person signed up by themselves or an operator added them
 * @throws Invalid when the handle or the address is taken
 */
export async function addPerson(
  tx: Tx,
  { password, ...values }: NewPerson,
  how: 'signed_up' | 'added',
  by: { id: number } | null = null,
): Promise<{ id: number; handle: string }> {
  await ensureFree(tx, values)
  const passwordHash = await hashPassword(password)
  const [added] = await tx
    .insert(person)
    .values({ ...values, passwordHash })
    .onConflictDoNothing()
    .returning({ id: person.id, handle: person.handle })
  if (!added) return takenMeanwhile(tx, values)
  await audit(
    tx,
    by ?? added,
    `person.${how}`,
    { handle: added.handle, kind: values.kind, ageBand: values.ageBand },
    added.id,
  )
  return added
}

/** Two signed up with the same name at once: the second is told as if it had come a moment later. */
async function takenMeanwhile(tx: Tx, values: { handle: string; email: string }): Promise<never> {
  await ensureFree(tx, values)
  throw new Error('The database refused a person for a reason unknown.')
}
