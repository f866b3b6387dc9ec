import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { dispute } from '../../../db/schema/disputes.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { standingOf } from '../standing-of.ts'
import { columnsOf, countedBy } from './counter.ts'

export const longestDispute = 2000

export const contestInput = z.object({
  badge: z.string().max(80),
  /** The key of what is counted. */
  counter: z.string().max(200),
  claimed: z
    .string()
    .trim()
    .min(1, 'Please say what it should be: a number, or a few words.')
    .max(200, 'Please keep this to 200 characters; there is room for more below.'),
  words: z
    .string()
    .trim()
    .min(1, 'Please say what is missing or wrong, so that somebody can look for it.')
    .max(longestDispute, 'Please keep it under 2,000 characters.'),
})

export const withdrawDisputeInput = z.object({ dispute: z.coerce.number().int().min(1) })

/**
 * Says that something of one's own is counted wrongly; an admin looks at it.
 * @throws NotFound for a badge or a counter that is not there; Conflict while the same is being looked at
 */
export async function contest(
  tx: Tx,
  content: Content,
  person: Person,
  { badge: id, counter: key, claimed, words }: z.output<typeof contestInput>,
): Promise<void> {
  const badge = found(content.badge(id))
  const standing = await standingOf(tx, content, person.id, badge)
  const { leaf, counter } = found(countedBy(standing, key))
  const shown = leaf.have > leaf.need ? `${leaf.have}` : `${leaf.have} of ${leaf.need}`
  const [made] = await tx
    .insert(dispute)
    .values({ personId: person.id, badge: id, ...columnsOf(counter), shown, claimed, words })
    .onConflictDoNothing()
    .returning({ id: dispute.id })
  if (!made) throw new Conflict('You have contested this already, and somebody is looking at it.')
  await audit(tx, person, 'dispute.opened', { dispute: made.id, badge: id, counter: key })
}

/** Takes back that something is wrong, before it is answered. @throws NotFound, Conflict */
export async function withdrawDispute(
  tx: Tx,
  person: Person,
  { dispute: id }: z.output<typeof withdrawDisputeInput>,
): Promise<void> {
  const own = and(eq(dispute.id, id), eq(dispute.personId, person.id))
  found((await tx.select({ id: dispute.id }).from(dispute).where(own))[0])
  const [ended] = await tx
    .update(dispute)
    .set({ endedAt: new Date(), outcome: 'withdrawn' })
    .where(and(own, isNull(dispute.endedAt)))
    .returning({ id: dispute.id })
  if (!ended) throw new Conflict('This has been answered already.')
  await audit(tx, person, 'dispute.withdrawn', { dispute: id })
}
