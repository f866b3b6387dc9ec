import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { person } from '../../db/schema/people.ts'
import { Invalid } from '../errors.ts'
import { passwordFits } from './password.ts'
import { limit } from './rate-limit.ts'

/**
 * Asks for the password once more before something that an open browser alone must not do.
 * @throws Invalid beside the field `password`; TooMany
 */
export async function ensurePassword(tx: Tx, who: { id: number }, password: string): Promise<void> {
  await limit('password-again', String(who.id))
  const [row] = await tx.select({ hash: person.passwordHash }).from(person).where(eq(person.id, who.id))
  if (!(await passwordFits(row?.hash, password)))
    throw new Invalid({ password: 'This is not your password.' })
}
