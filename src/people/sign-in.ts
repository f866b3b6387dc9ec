import { eq, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { person, suspension } from '../../db/schema/people.ts'
import { Invalid } from '../errors.ts'
import { passwordFits } from './password.ts'
import { limit } from './rate-limit.ts'

export const signInInput = z.object({
  name: z.string().trim().toLowerCase().min(1).max(254),
  password: z.string().min(1).max(200),
  next: z.string().max(500).optional(),
})

/**
 * The id of the person with this handle or email address and password. Answers alike, and as slowly, for a name
 * that nobody has.
 * @throws Invalid, TooMany
 */
export async function checkSignIn(
  tx: Tx,
  { name, password }: { name: string; password: string },
  address: string,
): Promise<{ id: number }> {
  await limit('sign-in-address', address)
  await limit('sign-in-account', name.replace(/^@/, ''))
  const [row] = await tx
    .select({ id: person.id, hash: person.passwordHash, suspended: suspension.reason })
    .from(person)
    .leftJoin(suspension, sql`${suspension.personId} = ${person.id} and ${suspension.endedAt} is null`)
    .where(
      or(eq(sql`lower(${person.email})`, name), eq(sql`lower(${person.handle})`, name.replace(/^@/, ''))),
    )
  if (!(await passwordFits(row?.hash, password)) || !row)
    throw new Invalid({ '': 'That name and password do not go together. Please check both and try again.' })
  if (row.suspended !== null)
    throw new Invalid({
      '': `This account is suspended: ${row.suspended} If you think this is wrong, please write to the admins.`,
    })
  return { id: row.id }
}
