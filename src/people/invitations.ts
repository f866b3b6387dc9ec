import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, lock, type Queryable, type Tx } from '../../db/client.ts'
import { adminAppointment, invitation, person } from '../../db/schema/people.ts'
import { ensure, found, NotFound } from '../errors.ts'
import { audit } from '../record/audit.ts'
import { appointAdmin } from './admins.ts'
import type { Person } from './person.ts'
import { canRunProgramme } from './policy.ts'
import { hashToken, newToken } from './secret-token.ts'

const daysValid = 14
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

export const invitationInput = z.object({
  role: z.enum(['trainee', 'admin']),
  cohortId: z.coerce.number().int().positive().optional().catch(undefined),
  note: z.string().trim().max(200),
})

/** Makes a link that signs one person up. The link is shown once: only its hash is kept. */
export async function invite(
  tx: Tx,
  admin: Person,
  values: z.output<typeof invitationInput>,
): Promise<{ path: string }> {
  ensure(canRunProgramme(admin))
  const token = newToken()
  await tx.insert(invitation).values({
    tokenHash: hashToken(token),
    role: values.role,
    cohortId: values.cohortId ?? null,
    note: values.note,
    byId: admin.id,
    expiresAt: inDays(daysValid),
  })
  await audit(tx, admin, 'invitation.made', { role: values.role, note: values.note })
  return { path: `/sign-up/${token}` }
}

/** Makes a link void that nobody has used yet. @throws NotFound */
export async function withdrawInvitation(tx: Tx, admin: Person, { id }: { id: number }): Promise<void> {
  ensure(canRunProgramme(admin))
  const [row] = await tx
    .update(invitation)
    .set({ withdrawnAt: new Date() })
    .where(and(eq(invitation.id, id), isNull(invitation.acceptedAt), isNull(invitation.withdrawnAt)))
    .returning()
  await audit(tx, admin, 'invitation.withdrawn', { note: found(row).note })
}

const open = and(
  isNull(invitation.acceptedAt),
  isNull(invitation.withdrawnAt),
  gt(invitation.expiresAt, sql`now()`),
)

/** The invitation behind a link, while it can be used. @throws NotFound */
export async function openInvitation(db: Queryable, token: string) {
  const [row] = await db
    .select()
    .from(invitation)
    .where(and(eq(invitation.tokenHash, hashToken(token)), open))
  if (!row) throw new NotFound('This link has been used or has expired. Please ask for a new one.')
  return row
}

/** Uses an invitation up for a person who has just signed up by it; twice at once, only one gets in. */
export async function acceptInvitation(tx: Tx, { token, personId }: { token: string; personId: number }) {
  const { id } = await openInvitation(tx, token)
  const [row] = await tx
    .update(invitation)
    .set({ acceptedById: personId, acceptedAt: new Date() })
    .where(and(eq(invitation.id, id), open))
    .returning()
  if (!row) throw new NotFound('This link has just been used. Please ask for a new one.')
  if (row.role === 'admin') await appointAdmin(tx, row.byId === null ? null : { id: row.byId }, personId)
  await audit(tx, { id: personId }, 'invitation.accepted', { role: row.role }, personId)
  return row
}

/** The invitations an admin may look after, the newest first. */
export const invitations = (db: Queryable, admin: Person) => {
  ensure(canRunProgramme(admin))
  return db
    .select({
      id: invitation.id,
      role: invitation.role,
      note: invitation.note,
      createdAt: invitation.createdAt,
      expiresAt: invitation.expiresAt,
      withdrawnAt: invitation.withdrawnAt,
      acceptedAt: invitation.acceptedAt,
      acceptedBy: person.handle,
    })
    .from(invitation)
    .leftJoin(person, eq(person.id, invitation.acceptedById))
    .orderBy(desc(invitation.id))
    .limit(100)
}

/**
 * The path of a one-time link that makes the first admin, or null when there is an admin already. Each start makes
 * a new link and voids the one before, since only its hash is kept.
 */
export async function firstAdminLink(db: Db): Promise<string | null> {
  return db.transaction(async tx => {
    await lock(tx, 'first-admin')
    const [admin] = await tx.select().from(adminAppointment).where(isNull(adminAppointment.endedAt)).limit(1)
    if (admin) return null
    await tx
      .update(invitation)
      .set({ withdrawnAt: new Date() })
      .where(and(isNull(invitation.byId), open))
    const token = newToken()
    await tx
      .insert(invitation)
      .values({ tokenHash: hashToken(token), role: 'admin', note: 'First admin', expiresAt: inDays(1) })
    return `/sign-up/${token}`
  })
}
