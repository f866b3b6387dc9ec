import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../../db/client.ts'
import { endorsement, endorsementAsk } from '../../../db/schema/badges.ts'
import { person as people } from '../../../db/schema/people.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found, Invalid } from '../../errors.ts'
import { findPerson } from '../../people/load-person.ts'
import { notify } from '../../people/notifications.ts'
import { at, type Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import type { Badge } from '../badge.ts'
import { endorsersAsked } from '../criterion.ts'
import { endorsesAs } from '../policy.ts'
import { titleForAnybody } from '../words.ts'

/** How many people one may be waiting for at a time, for one badge. */
export const mostAsked = 5

const badge = z.string().max(80)

export const askInput = z.object({
  badge,
  handle: z.string().trim().min(1, 'Please say whom: their handle.').max(60),
})
export const askWithdrawalInput = z.object({ badge, ofId: z.coerce.number().int().positive() })

/**
 * Asks somebody who may endorse to do so, and tells them where. Each is asked once for a badge, so that nobody is urged.
 * @throws NotFound; Forbidden for a badge that asks for none; Invalid when the handle is nobody's who may endorse them;
 *         Conflict when they were asked already, have endorsed already, or as many are asked as may be
 */
export async function askToEndorse(
  tx: Tx,
  content: Content,
  person: Person,
  { badge: id, handle }: z.output<typeof askInput>,
): Promise<Person> {
  const badge = found(content.badge(id))
  ensure(
    endorsersAsked(badge.criteria).length > 0 && !person.badges.includes(id),
    'Nobody is asked to speak for you for this badge.',
  )
  const other = await endorserNamed(tx, content, person, badge, handle)
  // One after another, so that two asks at once don't make six.
  await tx.execute(sql`select from person where id = ${person.id} for no key update`)
  await ensureNotEndorsed(tx, { personId: person.id, badge: id, byId: other.id })
  if ((await openAsks(tx, person.id, id)).length >= mostAsked)
    throw new Conflict(`You are waiting for ${mostAsked} people. Please let one of them answer first.`)
  const [made] = await tx
    .insert(endorsementAsk)
    .values({ personId: person.id, badge: id, ofId: other.id })
    .onConflictDoNothing()
    .returning({ id: endorsementAsk.id })
  if (!made) throw new Conflict(`You have asked ${at(other)} for this badge before. One asks once.`)
  await audit(tx, person, 'endorsement.asked', { badge: id, ask: made.id }, other.id)
  await notify(tx, other.id, {
    ...{ kind: 'endorsement_asked', by: person },
    summary: `${at(person)} asks you for a word for ${badge.title[person.ageBand]}, if you would give it.`,
    href: `/people/${person.handle}#endorse`,
  })
  return other
}

/** One answer for whoever is not there and whoever may not: who holds what is not for this form to tell. */
async function endorserNamed(
  tx: Tx,
  content: Content,
  person: Person,
  badge: Badge,
  handle: string,
): Promise<Person> {
  const other = await findPerson(tx, { handle })
  if (other?.id === person.id) throw new Invalid({ handle: 'Nobody speaks for themselves.' })
  if (other && endorsesAs(other, person, badge) !== undefined && !(await isSuspended(tx, other))) return other
  const holders = endorsersAsked(badge.criteria).flatMap(id => content.badge(id) ?? [])
  const titles = holders.map(({ title }) => titleForAnybody(title)).join(' or ')
  throw new Invalid({ handle: `Please ask somebody who is ${titles}, once you could be endorsed yourself.` })
}

async function isSuspended(tx: Tx, { id }: { id: number }): Promise<boolean> {
  const rows = await tx.execute(sql`select from suspension where person_id = ${id} and ended_at is null`)
  return rows.length > 0
}

async function ensureNotEndorsed(
  tx: Tx,
  { personId, badge, byId }: { personId: number; badge: string; byId: number },
): Promise<void> {
  const [said] = await tx
    .select({ id: endorsement.id })
    .from(endorsement)
    .where(
      and(
        eq(endorsement.personId, personId),
        eq(endorsement.badge, badge),
        eq(endorsement.byId, byId),
        isNull(endorsement.withdrawnAt),
      ),
    )
  if (said) throw new Conflict('They have endorsed you for this badge already.')
}

/** Waits for somebody no longer. They have been told, and may endorse all the same. @throws NotFound */
export async function withdrawAsk(
  tx: Tx,
  person: Person,
  { badge, ofId }: z.output<typeof askWithdrawalInput>,
): Promise<void> {
  const [ended] = await closeAsks(tx, { personId: person.id, badge, by: 'withdrawal', ofId })
  await audit(tx, person, 'endorsement.ask_withdrawn', { badge, ask: found(ended).id }, ofId)
}

/** Ends what waits for an answer: of one who was asked, or of all. */
export const closeAsks = (
  tx: Tx,
  ended: { personId: number; badge: string; by: 'endorsement' | 'withdrawal' | 'grant'; ofId?: number },
) =>
  tx
    .update(endorsementAsk)
    .set({ endedAt: sql`now()`, endedBy: ended.by })
    .where(
      and(
        eq(endorsementAsk.personId, ended.personId),
        eq(endorsementAsk.badge, ended.badge),
        isNull(endorsementAsk.endedAt),
        ended.ofId === undefined ? undefined : eq(endorsementAsk.ofId, ended.ofId),
      ),
    )
    .returning({ id: endorsementAsk.id })

/** Whom a person waits for about a badge, the first asked first. For the person and the admins. */
export const openAsks = (db: Queryable, personId: number, badge: string) =>
  db
    .select({
      id: people.id,
      handle: people.handle,
      displayName: people.displayName,
      at: endorsementAsk.at,
    })
    .from(endorsementAsk)
    .innerJoin(people, eq(people.id, endorsementAsk.ofId))
    .where(
      and(
        eq(endorsementAsk.personId, personId),
        eq(endorsementAsk.badge, badge),
        isNull(endorsementAsk.endedAt),
      ),
    )
    .orderBy(asc(endorsementAsk.id))
export type Asked = Awaited<ReturnType<typeof openAsks>>[number]
