import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../db/client.ts'
import { keeping, leaving } from '../../db/schema/own.ts'
import { person } from '../../db/schema/people.ts'
import { env } from '../env.ts'
import { Conflict, Invalid, NotFound } from '../errors.ts'
import { sendMail } from '../people/mail.ts'
import { ensurePassword } from '../people/password-again.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'

/** Between the asking and the erasing: days in which one may think again. */
export const daysToReturn = 14

export type Keeps = (typeof keeping)[number]

export const leaveInput = z.object({
  keeps: z.enum(keeping, { error: 'Please choose what becomes of your certificates.' }),
  handle: z
    .string()
    .trim()
    .min(1, 'Please type your handle.')
    .toLowerCase()
    .max(40)
    .transform(handle => handle.replace(/^@/, '')),
  password: z.string().min(1, 'Please give your password.').max(200),
})

/**
 * Sets the day on which a person's account is erased, and writes to them how to stay.
 * @throws Invalid when password or handle is not theirs; Conflict when they have asked already, or nobody else runs the
 *         programme; TooMany
 */
export async function askToLeave(
  tx: Tx,
  who: Person,
  { keeps, handle, password }: z.output<typeof leaveInput>,
): Promise<Date> {
  if (handle !== who.handle.toLowerCase())
    throw new Invalid({ handle: `Please type @${who.handle}, so that we know you mean it.` })
  await ensurePassword(tx, who, password)
  const { email, dueAt } = await planToLeave(tx, who, keeps)
  await sendMail(tx, {
    to: email,
    subject: 'Your Trellis account will be erased',
    text: `Hello ${who.displayName},

you asked us to erase your Trellis account. It happens on ${dayOf(dueAt)}.

If you change your mind, sign in before then and choose to stay: ${env.ORIGIN}/account/erasure

If it was not you who asked, please do that now, and change your password.
`,
  })
  await audit(tx, who, 'person.asked_to_leave', { keeps, on: dueAt.toISOString() }, who.id)
  return dueAt
}

const dayOf = (date: Date) => date.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/**
 * Puts down that somebody leaves, for themselves or for the operator. @throws Conflict, NotFound
 * @param days until then; 0 for at once
 */
export async function planToLeave(
  tx: Tx,
  { id }: { id: number },
  keeps: Keeps,
  days = daysToReturn,
): Promise<{ email: string; dueAt: Date }> {
  await ensureOthersRun(tx, id)
  const [row] = await tx
    .insert(leaving)
    .values({ personId: id, keeps, dueAt: sql`now() + make_interval(days => ${days})` })
    .onConflictDoNothing()
    .returning({ dueAt: leaving.dueAt })
  if (!row) throw new Conflict('This account is on its way out already.')
  const [{ email } = { email: '' }] = await tx
    .select({ email: person.email })
    .from(person)
    .where(eq(person.id, id))
  return { email, dueAt: row.dueAt }
}

/** Takes it back: everything stays as it is. @throws NotFound when nothing was asked for, or it has happened */
export async function stay(tx: Tx, who: { id: number }, by: { id: number } | null = who): Promise<void> {
  const [row] = await tx
    .update(leaving)
    .set({ endedAt: new Date(), endedBy: 'return' })
    .where(and(eq(leaving.personId, who.id), isNull(leaving.endedAt)))
    .returning({ id: leaving.id })
  if (!row) throw new NotFound('This account is not about to be erased.')
  await audit(tx, by, 'person.stayed', {}, who.id)
}

/** When somebody leaves and what they keep, if they have asked to. */
export async function leavingOf(
  db: Queryable,
  who: { id: number },
): Promise<{ keeps: Keeps; askedAt: Date; dueAt: Date } | null> {
  const [row] = await db
    .select({ keeps: leaving.keeps, askedAt: leaving.askedAt, dueAt: leaving.dueAt })
    .from(leaving)
    .where(and(eq(leaving.personId, who.id), isNull(leaving.endedAt)))
  return row ?? null
}

/** Whether they are the only one who runs the programme and stays. */
export async function isLastAdmin(db: Queryable, personId: number): Promise<boolean> {
  const [row] = await db.execute<{ last: boolean }>(sql`
    select exists (select from admin_appointment where person_id = ${personId} and ended_at is null)
      and not exists (
        select from admin_appointment a where a.person_id <> ${personId} and a.ended_at is null
          and not exists (select from leaving l where l.person_id = a.person_id and l.ended_at is null)
          and not exists (select from suspension s where s.person_id = a.person_id and s.ended_at is null)) as last`)
  return row!.last
}

/** A programme without an admin can't be mended from within. @throws Conflict */
export async function ensureOthersRun(tx: Tx, personId: number): Promise<void> {
  if (await isLastAdmin(tx, personId))
    throw new Conflict('Nobody else runs the programme. Please appoint another admin first, and then leave.')
}
