import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { certificate } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { milliseconds } from '../../authoring/duration.ts'
import { Conflict, ensure } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { appendEntry } from '../../record/append.ts'
import { audit } from '../../record/audit.ts'
import type { Badge } from '../badge.ts'
import { judge } from '../criteria.ts'
import { DAY, plusDays } from '../day.ts'
import { openCase } from '../deciding.ts'
import type { Facts } from '../facts.ts'
import { frozen } from '../frozen.ts'
import { today } from '../load-facts.ts'
import { canDecide, canRenewOwn } from '../policy.ts'
import { reviewStanding } from '../review-standing.ts'
import type { Standing } from '../standing.ts'
import { tellRooms } from '../tell-rooms.ts'
import { heldNow } from './suspend.ts'

export const renewalInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
})

/** The first day (UTC) on which a badge with this last day can be renewed, which is when its holder is told. */
export const renewableFrom = ({ notice }: Badge, expiresOn: string): string =>
  plusDays(expiresOn, -Math.round(milliseconds(notice) / DAY))

/** How somebody stands to what renewing a badge takes; null where nothing is asked but that an admin does it. */
export const renewalStanding = (content: Content, { renewal }: Badge, facts: Facts): Standing | null =>
  renewal ? judge(renewal, facts, today(), content.outline) : null

/**
 * Renews a badge: its last day moves on, from the old one, so that nobody loses a day by renewing early; its holder has
 * held it all the while; and the evidence goes on the record as for a grant. A badge whose time is over is not renewed
 * but granted anew.
 * @param person its holder, where the badge says what that takes, or an admin; null for the operator's command line
 * @throws Forbidden when it is not theirs to renew, or what it takes is not met; NotFound when it is not held; Conflict
 *         when it is suspended, has no last day, or that is too far off
 */
export async function renewBadge(
  tx: Tx,
  content: Content,
  person: Person | null,
  { personId, badge: id }: z.output<typeof renewalInput>,
  at = new Date(),
): Promise<{ expiresOn: string | null }> {
  const open = await openCase(tx, content, null, { personId, badge: id })
  const { badge, facts } = open
  ensure(
    person === null || canDecide(person, { id: personId }) || canRenewOwn(person, { id: personId }, badge),
    'An admin has to renew this.',
  )
  const current = heldNow(open)
  if (current.suspendedAt)
    throw new Conflict('This badge is suspended. It can be renewed once it holds again.')
  if (current.expiresOn === null) throw new Conflict('This badge has no last day.')
  if (today() < renewableFrom(badge, current.expiresOn))
    throw new Conflict('It is too early: this badge holds for a good while yet.')
  const standing = renewalStanding(content, badge, facts)
  ensure(standing?.met ?? true, 'What renewing takes is not met yet.')

  const expiresOn = nextLastDay(badge, current.expiresOn)
  await tx.update(certificate).set({ expiresOn, noticeAt: null }).where(eq(certificate.id, current.id))
  const entry = await appendEntry(tx, {
    ...{ kind: 'renewal', certificateCode: current.code, override: false, at, reason: '' },
    ...{ personId, badge: id, actorId: person?.id ?? null },
    ...{ criteria: frozen(content, asked(badge), expiresOn), standing: standing ?? open.standing },
  })
  await notify(tx, personId, {
    ...{ kind: 'badge_renewed', by: person },
    summary: `Your badge ${badge.title[facts.ageBand]} is renewed.`,
    href: `/path/${id}`,
  })
  await audit(tx, person, 'badge.renewed', { badge: id, code: current.code, expiresOn }, personId)
  await reviewStanding(tx, content, personId)
  await tellRooms(tx, content, entry)
  return { expiresOn }
}

/** None where the badge does not lapse any more. */
const nextLastDay = ({ lapsesAfter }: Badge, last: string): string | null =>
  lapsesAfter ? plusDays(last, Math.round(milliseconds(lapsesAfter) / DAY)) : null

/** The badge with what renewing it takes in place of what it took at first. */
const asked = (badge: Badge): Badge => ({ ...badge, criteria: badge.renewal ?? badge.criteria })
