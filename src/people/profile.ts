import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../db/client.ts'
import { person } from '../../db/schema/people.ts'
import { Invalid } from '../errors.ts'
import { audit } from '../record/audit.ts'
import { hashPassword, passwordFits, passwordRule } from './password.ts'
import type { Person } from './person.ts'
import { endSessions } from './session.ts'

const reserved = ['admin', 'all', 'everyone', 'here', 'me', 'mentor', 'mentors', 'system', 'trellis']

export const handleRule = z
  .string()
  .trim()
  .toLowerCase()
  .transform(handle => handle.replace(/^@/, ''))
  .pipe(
    z
      .string()
      .min(2)
      .max(30)
      .regex(
        /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/,
        'Please use letters a to z, digits, and - or _ between them.',
      )
      .refine(
        handle => !reserved.includes(handle),
        'This handle is kept for the site. Please choose another.',
      ),
  )

export const emailRule = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Please give an email address, like name@example.org.'))

export const displayNameRule = z.string().trim().min(1).max(80)

export const timeZoneRule = z.string().max(60).refine(isTimeZone, 'Please choose a time zone from the list.')

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

export const kindRule = z.enum(['listener', 'member'])
export const ageBandRule = z.enum(['adult', 'teen'])

/** An ISO date that is not in the future, as of today in UTC. */
export const pastDateRule = z.iso
  .date('Please give a date, like 2026-03-31.')
  .refine(date => date >= '1990-01-01', 'Please check the year.')
  .refine(date => date <= new Date().toISOString().slice(0, 10), 'This date has not come yet.')

export const profileInput = z.object({
  displayName: displayNameRule,
  timeZone: timeZoneRule,
  namedOnCertificates: z.literal('on').optional(),
})

/** Changes what a person may change of themselves. */
export async function changeProfile(
  tx: Tx,
  who: Person,
  values: z.output<typeof profileInput>,
): Promise<void> {
  const changed = {
    displayName: values.displayName,
    timeZone: values.timeZone,
    namedOnCertificates: values.namedOnCertificates === 'on',
  }
  await tx.update(person).set(changed).where(eq(person.id, who.id))
  await audit(tx, who, 'person.changed', changed, who.id)
}

export const passwordInput = z.object({
  currentPassword: z.string().max(200),
  password: passwordRule,
})

/** Changes the password, and ends every session but the one at hand. @throws Invalid when the current one is wrong */
export async function changePassword(
  tx: Tx,
  who: Person,
  sessionId: string,
  { currentPassword, password }: z.output<typeof passwordInput>,
): Promise<void> {
  const [row] = await tx.select({ hash: person.passwordHash }).from(person).where(eq(person.id, who.id))
  if (!(await passwordFits(row?.hash, currentPassword)))
    throw new Invalid({ currentPassword: 'This is not your current password.' })
  await setPassword(tx, who.id, password, sessionId)
  await audit(tx, who, 'person.password_changed', {}, who.id)
}

/** Stores a new password and ends the sessions that the old one began, but for `keep`. */
export async function setPassword(tx: Tx, personId: number, password: string, keep = ''): Promise<void> {
  await tx
    .update(person)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(person.id, personId))
  await endSessions(tx, personId, keep)
}

/** The parts of a profile that only its owner and the admins see. */
export async function privateProfile(db: Queryable, who: { id: number }) {
  const [row] = await db
    .select({ email: person.email, namedOnCertificates: person.namedOnCertificates })
    .from(person)
    .where(eq(person.id, who.id))
  return row
}

/** @throws Invalid with a sentence beside the field that somebody else has already */
export async function ensureFree(
  tx: Tx,
  { handle, email }: { handle: string; email: string },
): Promise<void> {
  const taken = await tx
    .select({ handle: person.handle, email: person.email })
    .from(person)
    .where(sql`lower(${person.handle}) = ${handle} or lower(${person.email}) = ${email}`)
  const fields: Record<string, string> = {}
  if (taken.some(row => row.handle.toLowerCase() === handle))
    fields.handle = `@${handle} is taken. Please choose another.`
  if (taken.some(row => row.email.toLowerCase() === email))
    fields.email = 'This address has an account already. You can sign in, or ask for a new password.'
  if (Object.keys(fields).length > 0) throw new Invalid(fields)
}
