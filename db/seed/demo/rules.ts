import { and, eq } from 'drizzle-orm'
import type { Content } from '../../../src/authoring/content.ts'
import { underRules } from '../../../src/badges/rules/as-in-force.ts'
import { loadRules } from '../../../src/badges/rules/load-rules.ts'
import { noteProposals } from '../../../src/badges/rules/propose.ts'
import type { Criterion } from '../../../src/badges/criterion.ts'
import type { Tx } from '../../client.ts'
import { badgeVersion } from '../../schema/badges.ts'

const badge = 'on-spot-host'

/** What the community asked of On-spot Hosts at first: more chats, and no practice session. */
const atFirst: Criterion = {
  kind: 'all',
  criteria: [
    { kind: 'holds', badge: 'moderator' },
    { kind: 'evidence', evidence: 'group_chat', count: 30 },
  ],
}

/**
 * Has the community begun with other rules for one badge, so that those of the content wait to be put into force.
 * @param written the content as its files have it
 * @returns the content by the rules that the community lives by
 */
export async function beganOtherwise(tx: Tx, written: Content, at: { began: Date; changed: Date }) {
  await noteProposals(tx, written)
  await tx.update(badgeVersion).set({ proposedAt: at.began, inForceFrom: at.began, judgedAt: at.began })
  await tx
    .update(badgeVersion)
    .set({ criteria: atFirst })
    .where(and(eq(badgeVersion.badge, badge), eq(badgeVersion.number, 1)))
  await tx.insert(badgeVersion).values({
    ...{ badge, number: 2, criteria: written.badge(badge)!.criteria, proposedAt: at.changed },
  })
  return underRules(written, await loadRules(tx))
}
