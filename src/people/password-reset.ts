import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../db/client.ts'
import { passwordReset, person } from '../../db/schema/people.ts'
import { env } from '../env.ts'
import { NotFound } from '../errors.ts'
import { sendMail } from './mail.ts'
import { audit } from '../record/audit.ts'
import { passwordRule } from './password.ts'
import { emailRule, setPassword } from './profile.ts'
import { limit } from './rate-limit.ts'
import { hashToken, newToken } from './secret-token.ts'

const minutesValid = 60

export const resetRequestInput = z.object({ email: emailRule })

/** Mails a link to set a new password, when the address is somebody's; says nothing of whether it is. @throws TooMany */
export async function askForReset(tx: Tx, { email }: { email: string }, address: string): Promise<void> {
  await limit('password-reset-address', address)
  await limit('password-reset-account', email)
  const [row] = await tx
    .select({ id: person.id, displayName: person.displayName })
    .from(person)
    .where(eq(sql`lower(${person.email})`, email))
  if (!row) return
  const token = newToken()
  const expiresAt = new Date(Date.now() + minutesValid * 60_000)
  await tx.insert(passwordReset).values({ tokenHash: hashToken(token), personId: row.id, expiresAt })
  await sendMail(tx, {
    to: email,
    subject: 'A new password for Trellis',
    text: `Hello ${row.displayName},

Someone, we hope you, asked to set a new password for your Trellis account. This link does it, once, within an hour:

${env.ORIGIN}/new-password/${token}

If it was not you, leave this message alone and nothing will change.
`,
  })
  await audit(tx, null, 'person.password_reset_asked', {}, row.id)
}

export const resetInput = z.object({ token: z.string().max(100), password: passwordRule })

const usable = (token: string) =>
  and(
    eq(passwordReset.tokenHash, hashToken(token)),
    isNull(passwordReset.usedAt),
    gt(passwordReset.expiresAt, sql`now()`),
  )

/** @throws NotFound when the link was used or is too old */
export async function ensureResetOpen(db: Queryable, token: string): Promise<void> {
  const [row] = await db.select().from(passwordReset).where(usable(token))
  if (!row) throw new NotFound('This link has been used or has expired. You can ask for a new one.')
}

/** Sets the new password by a mailed link, uses up all open links, and ends every session. @throws NotFound */
export async function resetPassword(tx: Tx, { token, password }: z.output<typeof resetInput>): Promise<void> {
  await ensureResetOpen(tx, token)
  const [row] = await tx.update(passwordReset).set({ usedAt: new Date() }).where(usable(token)).returning()
  if (!row) throw new NotFound('This link has just been used. You can ask for a new one.')
  await tx
    .update(passwordReset)
    .set({ usedAt: new Date() })
    .where(and(eq(passwordReset.personId, row.personId), isNull(passwordReset.usedAt)))
  await setPassword(tx, row.personId, password)
  await audit(tx, { id: row.personId }, 'person.password_changed', { by: 'mailed link' }, row.personId)
}
