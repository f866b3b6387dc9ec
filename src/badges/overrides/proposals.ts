import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Tx } from '../../../db/client.ts'
import { overrideProposal } from '../../../db/schema/decisions.ts'
import { person } from '../../../db/schema/people.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'
import { today } from '../load-facts.ts'

/** For how many days a proposal waits for a second admin. */
export const proposalLasts = 14

export interface About {
  personId: number
  badge: string
}

const by = alias(person, 'by')

/** What has not been answered, and whose time is not over. */
const isOpen = () =>
  and(
    isNull(overrideProposal.endedAt),
    gt(overrideProposal.at, sql`now() - make_interval(days => ${proposalLasts})`),
  )

/** Whoever meets the criteria by now waits in the queue like everybody: nothing is left to override. */
const isUnmet = () => sql`not exists (select from standing s where s.person_id = ${overrideProposal.personId}
  and s.badge = ${overrideProposal.badge} and s.met_on @> ${today()}::date)`

const isAbout = ({ personId, badge }: About) =>
  and(eq(overrideProposal.personId, personId), eq(overrideProposal.badge, badge))

const proposals = (db: Queryable, where: SQL | undefined) =>
  db
    .select({
      id: overrideProposal.id,
      handle: person.handle,
      displayName: person.displayName,
      badge: overrideProposal.badge,
      by: { id: by.id, handle: by.handle },
      reason: overrideProposal.reason,
      unmet: overrideProposal.unmet,
      at: overrideProposal.at,
    })
    .from(overrideProposal)
    .innerJoin(person, eq(person.id, overrideProposal.personId))
    .innerJoin(by, eq(by.id, overrideProposal.byId))
    .where(where)
    .orderBy(asc(overrideProposal.id))
    .limit(100)

/** An admin's wish to grant a badge although its criteria are not met. */
export type Proposal = Awaited<ReturnType<typeof proposals>>[number]

/** The proposals that wait for a second admin, the oldest first, at most 100. @throws Forbidden */
export async function openProposals(db: Queryable, admin: Person): Promise<Proposal[]> {
  ensure(canRunProgramme(admin))
  return proposals(db, and(isOpen(), isUnmet()))
}

/** The proposal that waits about a person and a badge. @throws Forbidden */
export async function proposalOn(db: Queryable, admin: Person, about: About): Promise<Proposal | null> {
  ensure(canRunProgramme(admin))
  const [one] = await proposals(db, and(isAbout(about), isOpen()))
  return one ?? null
}

/**
 * The word of another admin, without which none grants what is not met. Who asks holds the case open.
 * @throws Forbidden when nobody else has proposed it
 */
export async function wordOfAnother(
  tx: Tx,
  admin: Person,
  about: About,
): Promise<{ byId: number; reason: string }> {
  const [proposal] = await tx
    .select({ byId: overrideProposal.byId, reason: overrideProposal.reason })
    .from(overrideProposal)
    .where(and(isAbout(about), isOpen()))
  ensure(
    proposal !== undefined && proposal.byId !== admin.id,
    'The criteria are not met. To grant it nevertheless, one admin proposes it and another one confirms.',
  )
  return proposal
}

/** Ends what is proposed about a person and a badge, if anything is. @returns whose proposal it was */
export async function endProposal(
  tx: Tx,
  {
    outcome,
    by: ender,
    answer = '',
    ...about
  }: About & {
    outcome: Exclude<(typeof overrideProposal.$inferSelect)['outcome'], null>
    by: { id: number } | null
    answer?: string
  },
): Promise<{ byId: number } | null> {
  const [ended] = await tx
    .update(overrideProposal)
    .set({ endedAt: sql`now()`, endedById: ender?.id ?? null, outcome, answer })
    .where(and(isAbout(about), isNull(overrideProposal.endedAt)))
    .returning({ byId: overrideProposal.byId })
  return ended ?? null
}
