import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { appendEntry } from '../record/append.ts'
import { audit } from '../record/audit.ts'
import { closeApplication } from './applying/apply.ts'
import { openCase } from './deciding.ts'
import { frozen } from './frozen.ts'
import { reviewStanding } from './review-standing.ts'

export const decisionInput = z.object({
  personId: z.coerce.number().int(),
  badge: z.string().max(80),
  reason: z.string().trim().min(1).max(1000),
})
export type Decision = z.output<typeof decisionInput>

/**
 * Declines a badge for now, with a reason that the person reads. They leave the queue (see `queue.ts` for how they
 * come back), and an application of theirs is answered by it.
 * @throws Forbidden when the admin may not decide on this person; Conflict when they hold the badge; NotFound
 */
export async function declineBadge(
  tx: Tx,
  content: Content,
  admin: Person,
  decision: Decision,
  at = new Date(),
): Promise<void> {
  const { personId, reason } = decision
  const { badge, facts, standing, current } = await openCase(tx, content, admin, decision)
  if (current) throw new Conflict('They have been granted this badge meanwhile.')
  await appendEntry(tx, {
    ...{ kind: 'decline', certificateCode: null, override: false, at },
    ...{ personId, badge: badge.id, actorId: admin.id, reason },
    ...{ criteria: frozen(content, badge), standing },
  })
  await notify(tx, personId, {
    ...{ kind: 'badge_declined', by: admin },
    summary: `Not yet: ${badge.title[facts.ageBand]}. ${reason}`,
    href: `/path/${badge.id}`,
  })
  await audit(tx, admin, 'badge.declined', { badge: badge.id, reason }, personId)
  await closeApplication(tx, { personId, badge: badge.id, by: 'decline' })
  await reviewStanding(tx, content, personId)
}
