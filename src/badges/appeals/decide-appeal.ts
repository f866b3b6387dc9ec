import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { badgeAppeal } from '../../../db/schema/decisions.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { reopenApplication } from '../applying/apply.ts'
import { type Case, openCase } from '../deciding.ts'
import { grantBadge } from '../grant.ts'
import { reinstateBadge } from '../holding/reinstate.ts'
import { hasExpired } from '../lapse.ts'
import { canAnswerAppeal } from '../policy.ts'
import { endRest } from '../resting.ts'
import { reviewStanding } from '../review-standing.ts'
import { factsOf, standingOn } from '../standing-of.ts'
import { type OpenAppeal, openAppeals } from './open-appeals.ts'

export const appealDecisionInput = z.object({
  appeal: z.coerce.number().int().positive(),
  outcome: z.enum(['upheld', 'stands'], { error: 'Please choose one of these.' }),
  answer: z.string().trim().min(1, 'Please say why: they read it.').max(1000),
})

/** What came of an appeal: whether the badge is held again. */
export type Answered = { outcome: 'stands' } | { outcome: 'upheld'; granted: boolean }

/**
 * Answers an appeal, in words that the person reads. It is never worse for them than before: either what was decided
 * stands, or it is undone. A decline undone is a grant where the criteria are met with what they had said, and their
 * place in the queue as soon as they are; a suspension undone is a reinstatement, a revocation a new grant.
 * @param admin somebody who did not make the decision; null for the operator's command line
 * @throws NotFound when it has been answered; Forbidden for whoever decided it, or the person; Conflict
 */
export async function decideAppeal(
  tx: Tx,
  content: Content,
  admin: Person | null,
  { appeal: id, outcome, answer }: z.output<typeof appealDecisionInput>,
): Promise<Answered> {
  const [asked] = await openAppeals(tx, admin, { id })
  const open = await openCase(tx, content, admin, found(asked))
  // Once the case is held: another admin may have answered while we waited for it.
  const [appeal] = await openAppeals(tx, admin, { id })
  if (!appeal) throw new Conflict('Somebody else has answered this appeal meanwhile. Nothing was changed.')
  ensure(
    admin === null || canAnswerAppeal(admin, appeal),
    'You decided this, so somebody else answers the appeal.',
  )

  await tx
    .update(badgeAppeal)
    .set({ endedAt: new Date(), endedById: admin?.id ?? null, outcome, answer })
    .where(eq(badgeAppeal.id, id))
  const granted = outcome === 'upheld' && (await undo(tx, content, admin, open, appeal, answer))
  const { personId, badge, kind, seq } = appeal
  const title = open.badge.title[open.facts.ageBand]
  await notify(tx, personId, {
    ...{ kind: 'badge_appeal_decided', by: admin },
    summary: `Your appeal about ${title}: ${outcome === 'upheld' ? 'you were right to ask' : 'what was decided stands'}. ${answer}`,
    href: `/path/${badge}#decided`,
  })
  const details = { badge, appeal: id, entry: seq, against: kind, outcome, answer }
  await audit(tx, admin, 'badge.appeal_decided', details, personId)
  await reviewStanding(tx, content, personId)
  return outcome === 'stands' ? { outcome } : { outcome, granted }
}

/** Undoes what was decided. @returns whether they hold the badge now */
async function undo(
  tx: Tx,
  content: Content,
  admin: Person | null,
  { badge, current }: Case,
  { id, personId, kind, seq }: OpenAppeal,
  answer: string,
): Promise<boolean> {
  const about = { personId, badge: badge.id }
  const reason = `On appeal against entry ${seq}: ${answer}`
  if (kind === 'suspension') {
    if (current?.suspendedAt && !hasExpired(current))
      await reinstateBadge(tx, content, admin, { ...about, reason })
    return current !== null && !hasExpired(current)
  }
  await endRest(tx, about)
  if (current && !hasExpired(current)) return true
  if (kind === 'decline') await reopenApplication(tx, about)
  const { met } = standingOn(content, badge, await factsOf(tx, content, personId))
  if (kind === 'decline' && !met) return false
  await grantBadge(tx, content, admin, { ...about, reason, override: !met, onAppeal: id })
  return true
}
