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
import { closeApplication } from './applying/apply.ts'
import type { Badge } from './badge.ts'
import { type Certificate, openCase, type Question } from './deciding.ts'
import { beginDuties } from './duties.ts'
import { frozen } from './frozen.ts'
import { hasExpired, lapse } from './lapse.ts'
import { reviewStanding } from './review-standing.ts'
import { tellRooms } from './tell-rooms.ts'

export const grantInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
  reason: z.string().trim().max(1000).default(''),
  /** Grants although the criteria are not met. */
  override: z.literal('on').optional(),
})

export interface Grant extends Question {
  reason?: string
  override?: boolean
}

/**
 * Grants a badge: the evidence and the criteria go into the certification record as they stand, a certificate is
 * made, duties begin, and the badge's rights hold from the person's next request.
 * @param admin null where the operator's command line grants
 * @param at when it was decided; only the demonstration decides in the past
 * @throws Forbidden when the criteria are not met and it is no override, or the admin may not decide on this person;
 *         Invalid for an override without a reason; Conflict when they hold it already; NotFound
 */
export async function grantBadge(
  tx: Tx,
  content: Content,
  admin: Person | null,
  grant: Grant,
  at = new Date(),
): Promise<Certificate> {
  const { personId, reason = '', override = false } = grant
  const open = await openCase(tx, content, admin, grant)
  const { badge, facts, standing, current } = open
  if (override && !reason.trim()) throw new Invalid({ reason: 'Please say why, for the record.' })
  if (current && !hasExpired(current))
    throw new Conflict(
      current.suspendedAt
        ? 'They hold this badge, and it is suspended. Please reinstate it instead.'
        : 'They hold this badge already.',
    )
  ensure(override || standing.met, 'The criteria are not met any more. Please look at the evidence again.')

  if (current) await lapse(tx, content, open, current)
  const made = await insertCertificate(tx, badge, personId, at)
  const entry = await appendEntry(tx, {
    kind: 'grant',
    certificateCode: made.code,
    ...{ personId, badge: badge.id, actorId: admin?.id ?? null },
    ...{ override: !standing.met, reason: reason.trim(), at: made.grantedAt },
    ...{ criteria: frozen(content, badge, made.expiresOn), standing },
  })
  await beginDuties(tx, badge, made)
  await closeApplication(tx, { personId, badge: badge.id, by: 'grant' })
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
