import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { endorsement } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found } from '../../errors.ts'
import { findPerson } from '../../people/load-person.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { endorsesAs } from '../policy.ts'
import { closeAsks } from './ask.ts'

const badge = z.string().max(80)
const personId = z.coerce.number().int().positive()

export const endorsementInput = z.object({
  personId,
  badge,
  words: z
    .string()
    .trim()
    .min(1, 'Please say what you have seen them do.')
    .max(2000, 'Please keep it under 2,000 characters.'),
})

export const endorsementWithdrawalInput = z.object({ personId, badge })

/**
 * Speaks for somebody who wants a badge, in words that they and the admins read. Who calls this reviews their standing
 * next.
 * @throws NotFound; Forbidden for whoever holds none of the badges that the criteria ask for, or for oneself; Conflict
 *         when they have done so already
 */
export async function endorse(
  tx: Tx,
  content: Content,
  endorser: Person,
  { personId, badge: id, words }: z.output<typeof endorsementInput>,
): Promise<void> {
  const badge = found(content.badge(id))
  const person = found(await findPerson(tx, { id: personId }))
  const as = endorsesAs(endorser, person, badge)
  ensure(as !== undefined, 'Only those whom the badge names can endorse for it, and nobody for themselves.')
  const [made] = await tx
    .insert(endorsement)
    .values({ personId, badge: id, byId: endorser.id, asBadge: as, words })
    .onConflictDoNothing()
    .returning({ id: endorsement.id })
  if (!made) throw new Conflict('You have endorsed them for this badge already.')
  await closeAsks(tx, { personId, badge: id, by: 'endorsement', ofId: endorser.id })
  await audit(tx, endorser, 'endorsement.given', { badge: id, endorsement: made.id, as }, personId)
  await notify(tx, personId, {
    kind: 'endorsed',
    summary: `@${endorser.handle} endorsed you for ${badge.title[person.ageBand]}.`,
    href: `/path/${id}#endorsements`,
    by: endorser,
  })
}

/** Takes one's endorsement back. It stays on file. Who calls this reviews their standing next. @throws NotFound */
export async function withdrawEndorsement(
  tx: Tx,
  endorser: Person,
  { personId, badge }: z.output<typeof endorsementWithdrawalInput>,
): Promise<void> {
  const [withdrawn] = await tx
    .update(endorsement)
    .set({ withdrawnAt: sql`now()` })
    .where(
      and(
        eq(endorsement.personId, personId),
        eq(endorsement.badge, badge),
        eq(endorsement.byId, endorser.id),
        isNull(endorsement.withdrawnAt),
      ),
    )
    .returning({ id: endorsement.id })
  const { id } = found(withdrawn)
  await audit(tx, endorser, 'endorsement.withdrawn', { badge, endorsement: id }, personId)
}
