import type { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import { at, type Person } from '../../people/person.ts'
import type { Certificate } from '../deciding.ts'
import { grantBadge } from '../grant.ts'
import { type confirmInput, ensureProposed } from './propose.ts'

/**
 * Grants what another admin has proposed, although the criteria are not met, with both of them on the record.
 * @throws Forbidden for whoever proposed it; NotFound when it is proposed no more; Conflict
 */
export async function confirmOverride(
  tx: Tx,
  content: Content,
  admin: Person,
  asked: z.output<typeof confirmInput>,
): Promise<Certificate> {
  const proposal = await ensureProposed(tx, content, admin, asked)
  ensure(proposal.by.id !== admin.id, 'You proposed this yourself, so another admin has to confirm it.')
  const { personId, badge } = asked
  const made = await grantBadge(tx, content, admin, { personId, badge, override: true })
  const title = content.badge(badge)?.title.adult ?? badge
  await notify(tx, proposal.by.id, {
    ...{ kind: 'override_answered', by: admin },
    summary: `${at(admin)} confirmed: ${at(proposal)} holds ${title} now, by override.`,
    href: `/admin/queue/${proposal.handle}/${badge}`,
  })
  return made
}
