import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../db/client.ts'
import { buddy } from '../../db/schema/people.ts'
import { Conflict, ensure, found, Invalid, NotFound } from '../errors.ts'
import { auditEach } from '../record/audit.ts'
import { findPerson } from './load-person.ts'
import { notify } from './notifications.ts'
import type { Person } from './person.ts'
import { canRunProgramme } from './policy.ts'

/** What one of two buddies is to the other. */
export const buddyRoles = ['leader', 'newcomer'] as const
export type BuddyRole = (typeof buddyRoles)[number]

export const pairInput = z.object({
  personId: z.coerce.number().int().positive(),
  handle: z.string().trim().min(1, 'Please say with whom.').max(40),
  /** Which of the two the person with the handle is. */
  as: z.enum(buddyRoles, { error: 'Please say who is the experienced one.' }),
})

/** Somebody's buddy. */
export interface Buddy {
  /** Of the pairing. */
  id: number
  handle: string
  displayName: string
  role: BuddyRole
  at: Date
}

/** A person's buddies, the latest first: for an admin, or the person themselves. @throws Forbidden */
export async function buddiesOf(db: Queryable, viewer: Person, personId: number): Promise<Buddy[]> {
  ensure(canRunProgramme(viewer) || viewer.id === personId)
  const rows = await db.execute<{
    id: string
    handle: string
    display_name: string
    leads: boolean
    paired_at: string
  }>(sql`
    select b.id, p.handle, p.display_name, b.leader_id = p.id as leads, b.at as paired_at
    from buddy b join person p on p.id = case when b.leader_id = ${personId} then b.newcomer_id else b.leader_id end
    where b.ended_at is null and (b.leader_id = ${personId} or b.newcomer_id = ${personId})
    order by b.id desc`)
  return rows.map(row => ({
    ...{ id: Number(row.id), handle: row.handle, displayName: row.display_name },
    ...{ role: row.leads ? 'leader' : 'newcomer', at: new Date(row.paired_at) },
  }))
}

/**
 * Pairs an experienced leader with a new one, and tells both. From then on neither grades the other.
 * @throws Forbidden, NotFound; Invalid when the handle is nobody's or their own; Conflict when the two are buddies already
 */
export async function pair(
  tx: Tx,
  admin: Person,
  { personId, handle, as }: z.output<typeof pairInput>,
): Promise<void> {
  ensure(canRunProgramme(admin))
  const one = found(await findPerson(tx, { id: personId }))
  const other = await findPerson(tx, { handle })
  if (!other) throw new Invalid({ handle: 'Nobody has this handle.' })
  if (other.id === one.id) throw new Invalid({ handle: 'Nobody is their own buddy.' })
  await ensureNotPaired(tx, one, other)
  const [leader, newcomer] = as === 'leader' ? [other, one] : [one, other]
  await tx.insert(buddy).values({ leaderId: leader.id, newcomerId: newcomer.id, byId: admin.id })
  await recordOf(tx, admin, 'buddy.paired', { leaderId: leader.id, newcomerId: newcomer.id })
  await tell(tx, leader, newcomer, `You are @${newcomer.handle}’s buddy now: the experienced one of you two.`)
  await tell(tx, newcomer, leader, `@${leader.handle} is your buddy now: somebody to turn to.`)
}

/** Whichever of the two was the leader. Both are held still meanwhile, so that no other admin pairs them at this moment. */
async function ensureNotPaired(tx: Tx, one: Person, other: Person): Promise<void> {
  await tx.execute(sql`select from person where id in (${one.id}, ${other.id}) order by id for no key update`)
  const paired = await tx.execute(sql`
    select from buddy where ended_at is null
      and (leader_id, newcomer_id) in ((${one.id}::bigint, ${other.id}::bigint), (${other.id}::bigint, ${one.id}::bigint))`)
  if (paired.length > 0) throw new Conflict(`@${one.handle} and @${other.handle} are buddies already.`)
}

const tell = (tx: Tx, to: Person, about: Person, summary: string) =>
  notify(tx, to.id, { kind: 'buddy_paired', summary, href: `/people/${about.handle}` })

/** Ends a pairing. It stays on record; from then on they may grade each other again. @throws Forbidden, NotFound */
export async function part(tx: Tx, admin: Person, id: number): Promise<void> {
  ensure(canRunProgramme(admin))
  const [ended] = await tx
    .update(buddy)
    .set({ endedAt: sql`now()`, endedById: admin.id })
    .where(and(eq(buddy.id, id), isNull(buddy.endedAt)))
    .returning()
  if (!ended) throw new NotFound()
  await recordOf(tx, admin, 'buddy.parted', ended)
}

/** In the log of both, each with the other. */
const recordOf = (
  tx: Tx,
  admin: Person,
  what: 'buddy.paired' | 'buddy.parted',
  { leaderId, newcomerId }: { leaderId: number; newcomerId: number },
) =>
  auditEach(tx, admin, what, [
    { subject: leaderId, details: { newcomer: newcomerId } },
    { subject: newcomerId, details: { leader: leaderId } },
  ])
