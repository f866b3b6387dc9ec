import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import { after } from '../authoring/duration.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure, Invalid } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { appendEntry } from '../record/append.ts'
import { audit } from '../record/audit.ts'
import { endAppeals, wasUpheld } from './appeals/end-appeals.ts'
import { closeApplication } from './applying/apply.ts'
import { closeAsks } from './applying/ask.ts'
import type { Badge } from './badge.ts'
import { type Certificate, openCase, type Question } from './deciding.ts'
import { beginDuties } from './duties.ts'
import { frozen } from './frozen.ts'
import { hasExpired, lapse } from './lapse.ts'
import { endProposal, wordOfAnother } from './overrides/proposals.ts'
import { endRest } from './resting.ts'
import { reviewStanding } from './review-standing.ts'
import { standingOn } from './standing-of.ts'
import { tellRooms } from './tell-rooms.ts'

export const grantInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
  reason: z.string().trim().max(1000).default(''),
})

export interface Grant extends Question {
  reason?: string
  /** Although the criteria are not met: on the word of two admins, or of the operator's command line. */
  override?: boolean
  /** The id of the appeal that it answers: there a second admin has overruled the first. */
  onAppeal?: number
}

/**
 * Grants a badge: the evidence and the criteria go into the certification record as they stand, a certificate is
 * made, duties begin, and the badge's rights hold from the person's next request.
 * @param admin null where the operator's command line grants
 * @param at when it was decided; only the demonstration decides in the past
 * @throws Forbidden when the criteria are not met and it is no override, or one that no other admin has proposed, or the
 *         admin may not decide on this person; Invalid for an override without a reason; Conflict when they hold it
 *         already; NotFound
 */
export async function grantBadge(
  tx: Tx,
  content: Content,
  admin: Person | null,
  grant: Grant,
  at = new Date(),
): Promise<Certificate> {
  const { personId, override = false } = grant
  const open = await openCase(tx, content, admin, grant)
  const { badge, facts, standing, current } = open
  if (current && !hasExpired(current))
    throw new Conflict(
      current.suspendedAt
        ? 'They hold this badge, and it is suspended. Please reinstate it instead.'
        : 'They hold this badge already.',
    )
  ensure(override || standing.met, 'The criteria are not met any more. Please look at the evidence again.')
  const words = standing.met ? { reason: grant.reason?.trim() ?? '' } : await wordsFor(tx, admin, grant)

  if (current) await lapse(tx, content, open, current)
  const made = await insertCertificate(tx, badge, personId, at)
  const entry = await appendEntry(tx, {
    kind: 'grant',
    certificateCode: made.code,
    ...{ personId, badge: badge.id, actorId: admin?.id ?? null },
    ...{ override: !standing.met, ...words, at: made.grantedAt },
    criteria: frozen(content, badge, made.expiresOn),
    // On the day on which it was decided, whenever that was.
    standing: standingOn(content, badge, facts, at.toISOString().slice(0, 10)),
  })
  await beginDuties(tx, badge, made)
  await nothingWaits(tx, admin, { personId, badge: badge.id }, words)
  const title = badge.title[facts.ageBand]
  await notify(tx, personId, {
    ...{ kind: 'badge_granted', by: admin },
    ...{ summary: `You hold a new badge: ${title}.`, href: `/path/${badge.id}` },
  })
  await audit(
    tx,
    admin,
    'badge.granted',
    { badge: badge.id, code: made.code, override: !standing.met },
    personId,
  )
  await reviewStanding(tx, content, personId)
  await tellRooms(tx, content, entry)
  return made
}

/** What the record says of why. */
interface Words {
  reason: string
  proposerId?: number
}

/**
 * What the record says of an override: the operator's reason, or what one admin proposed and another confirms.
 * @throws Forbidden, Invalid
 */
async function wordsFor(
  tx: Tx,
  admin: Person | null,
  { reason = '', onAppeal, ...about }: Grant,
): Promise<Words> {
  if (admin && !(onAppeal && (await wasUpheld(tx, admin, onAppeal, about)))) {
    const { byId, reason: proposed } = await wordOfAnother(tx, admin, about)
    return { reason: proposed, proposerId: byId }
  }
  if (!reason.trim()) throw new Invalid({ reason: 'Please say why, for the record.' })
  return { reason: reason.trim() }
}

/** Once it is held, nothing about it waits any more: no application, proposal, appeal or day to try again from. */
async function nothingWaits(
  tx: Tx,
  admin: Person | null,
  about: { personId: number; badge: string },
  { proposerId }: Words,
): Promise<void> {
  await closeApplication(tx, { ...about, by: 'grant' })
  await closeAsks(tx, { ...about, by: 'grant' })
  await endProposal(tx, { ...about, outcome: proposerId === undefined ? 'void' : 'granted', by: admin })
  await endAppeals(tx, about)
  await endRest(tx, about)
}

async function insertCertificate(
  tx: Tx,
  badge: Badge,
  personId: number,
  grantedAt: Date,
): Promise<Certificate> {
  const expiresOn = badge.lapsesAfter ? after(grantedAt, badge.lapsesAfter).toISOString().slice(0, 10) : null
  const code = randomBytes(16).toString('base64url')
  const [made] = await tx
    .insert(certificate)
    .values({ code, personId, badge: badge.id, grantedAt, expiresOn })
    .returning()
  return made!
}
