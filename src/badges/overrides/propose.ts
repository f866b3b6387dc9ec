import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { overrideProposal } from '../../../db/schema/decisions.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found, NotFound } from '../../errors.ts'
import { findPerson } from '../../people/load-person.ts'
import { notify } from '../../people/notifications.ts'
import { at, type Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { openCase } from '../deciding.ts'
import { hasExpired } from '../lapse.ts'
import { canDecide } from '../policy.ts'
import { unmetIn } from '../standing.ts'
import { endProposal, proposalOn } from './proposals.ts'

const about = { personId: z.coerce.number().int(), badge: z.string().max(80) }

export const proposalInput = z.object({
  ...about,
  reason: z.string().trim().min(1, 'Please say why, for the record.').max(1000),
})
/** Which proposal is meant: nobody answers another one than they have read. */
const proposal = z.coerce.number().int()
export const confirmInput = z.object({ ...about, proposal })
export const refusalInput = z.object({
  ...about,
  proposal,
  reason: z.string().trim().min(1, 'Please say in a few words why not.').max(1000),
})
export const proposalWithdrawalInput = z.object({ ...about, proposal })

/**
 * Proposes to grant a badge although its criteria are not met. Nothing is granted before another admin confirms it.
 * @throws Forbidden when the admin may not decide on this person; NotFound; Conflict when they meet the criteria or hold
 *         the badge, or it is proposed already
 */
export async function proposeOverride(
  tx: Tx,
  content: Content,
  admin: Person,
  { personId, badge: id, reason }: z.output<typeof proposalInput>,
): Promise<void> {
  const { badge, standing, current } = await openCase(tx, content, admin, { personId, badge: id })
  if (current && !hasExpired(current)) throw new Conflict('They hold this badge already.')
  if (standing.met) throw new Conflict('They meet the criteria by now: it can simply be granted.')
  if (await proposalOn(tx, admin, { personId, badge: id }))
    throw new Conflict('Somebody has proposed this already, and it waits for a second admin.')
  // One whose time is over makes room for the next.
  await endProposal(tx, { personId, badge: id, outcome: 'expired', by: null })
  const unmet = unmetIn(standing)
  await tx.insert(overrideProposal).values({ personId, badge: badge.id, byId: admin.id, reason, unmet })
  await audit(tx, admin, 'override.proposed', { badge: badge.id, reason }, personId)
}

/** Says no to what another admin proposed, with a word that they read. @throws Forbidden, NotFound */
export async function refuseOverride(
  tx: Tx,
  content: Content,
  admin: Person,
  { personId, badge, proposal: id, reason }: z.output<typeof refusalInput>,
): Promise<void> {
  const proposal = await ensureProposed(tx, content, admin, { personId, badge, proposal: id })
  ensure(proposal.by.id !== admin.id, 'You proposed this yourself. You can withdraw it.')
  await endProposal(tx, { personId, badge, outcome: 'refused', by: admin, answer: reason })
  await audit(tx, admin, 'override.refused', { badge, reason }, personId)
  const title = content.badge(badge)?.title.adult ?? badge
  await notify(tx, proposal.by.id, {
    ...{ kind: 'override_answered', by: admin },
    summary: `${at(admin)} would not grant ${title} to ${at(proposal)} by override. ${reason}`,
    href: `/admin/queue/${proposal.handle}/${badge}`,
  })
}

/** Takes back what one has proposed oneself. @throws Forbidden, NotFound */
export async function withdrawOverride(
  tx: Tx,
  content: Content,
  admin: Person,
  asked: z.output<typeof proposalWithdrawalInput>,
): Promise<void> {
  const { by } = await ensureProposed(tx, content, admin, asked)
  ensure(by.id === admin.id, 'Somebody else proposed this. You can refuse it.')
  const { personId, badge } = asked
  await endProposal(tx, { personId, badge, outcome: 'withdrawn', by: admin })
  await audit(tx, admin, 'override.withdrawn', { badge }, personId)
}

/** The proposal that somebody has read, with the case held until it is answered. @throws Forbidden, NotFound, Conflict */
export async function ensureProposed(
  tx: Tx,
  content: Content,
  admin: Person,
  { personId, badge, proposal: id }: z.output<typeof confirmInput>,
) {
  ensure(canDecide(admin, { id: personId }), 'Another admin has to decide this.')
  found(await findPerson(tx, { id: personId }))
  await openCase(tx, content, admin, { personId, badge })
  const proposal = await proposalOn(tx, admin, { personId, badge })
  if (!proposal) throw new NotFound('This proposal has been answered, or its time is over.')
  if (proposal.id !== id)
    throw new Conflict('It has been proposed anew since you read it. Please look again.')
  return proposal
}
