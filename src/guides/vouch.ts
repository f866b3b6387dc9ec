import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { guideCompletion, guideVouch } from '../../db/schema/guides.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure, found, Invalid, NotFound } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import type { Guide } from './guide.ts'
import { canRevokeVouch, canSeeGuides, canVouch } from './policy.ts'
import { nearnessTo } from './seen-by-mentors.ts'

const sentence = (what: string) => z.string().trim().min(1, what).max(500)

export const vouchInput = z.object({
  personId: z.coerce.number().int().positive(),
  guide: z.string().max(100),
  note: sentence('Please say what you saw, in a sentence.'),
})

export const revokeVouchInput = z.object({
  vouch: z.coerce.number().int().positive(),
  reason: sentence('Please say why, in a sentence.'),
})

/**
 * Completes a guide for somebody on a mentor's word: they have seen them do what it is about. Who calls this reviews
 * their standing next.
 * @throws NotFound, Forbidden; Invalid when there is no such guide; Conflict when it is completed already
 */
export async function vouch(
  tx: Tx,
  content: Content,
  mentor: Person,
  { personId, guide: id, note }: z.output<typeof vouchInput>,
): Promise<void> {
  const nearness = await nearnessTo(tx, mentor, personId)
  if (!canSeeGuides(mentor, nearness)) throw new NotFound()
  ensure(
    canVouch(mentor, nearness),
    'Only a mentor of theirs can vouch, and never for themselves or a buddy.',
  )
  const guide = content.guide(id)
  if (!guide) throw new Invalid({ guide: 'Please choose a guide.' })

  await tx.execute(sql`select from person where id = ${personId} for no key update`)
  const given = await keep(tx, { personId, mentorId: mentor.id, note }, guide)
  await audit(tx, mentor, 'guide.vouched', { guide: id, vouch: given, note }, personId)
  await notify(tx, personId, {
    kind: 'guide_vouched',
    summary: `@${mentor.handle} has seen you put “${guide.title}” to use, and vouches for it.`,
    href: `/guides/${id}#check`,
    by: mentor,
  })
}

/** @returns the id of the mentor's word, with a completion that stands on it */
async function keep(
  tx: Tx,
  given: { personId: number; mentorId: number; note: string },
  { id: guide, version }: Guide,
): Promise<number> {
  const conflict = new Conflict('They have completed this guide already.')
  const [word] = await tx
    .insert(guideVouch)
    .values({ ...given, guide })
    .onConflictDoNothing()
    .returning()
  if (!word) throw conflict
  const [completed] = await tx
    .insert(guideCompletion)
    .values({ personId: given.personId, guide, version, vouchId: word.id })
    .onConflictDoNothing()
    .returning()
  if (!completed) throw conflict
  return word.id
}

/**
 * Takes a mentor's word back, with the completion that stood on it; the word itself is kept. Who calls this reviews the
 * person's standing next.
 * @returns whose it was
 * @throws NotFound; Conflict when it has been taken back already
 */
export async function revokeVouch(
  tx: Tx,
  content: Content,
  by: Person,
  { vouch: id, reason }: z.output<typeof revokeVouchInput>,
): Promise<{ personId: number }> {
  const [row] = await tx.select().from(guideVouch).where(eq(guideVouch.id, id)).for('update')
  const given = found(row)
  // Whoever may not take it back need not learn that it is there.
  if (!canRevokeVouch(by, given)) throw new NotFound()
  if (given.revokedAt) throw new Conflict('This has been taken back already.')
  await tx.delete(guideCompletion).where(eq(guideCompletion.vouchId, id))
  await tx
    .update(guideVouch)
    .set({ revokedAt: new Date(), revokedById: by.id, revokedReason: reason })
    .where(eq(guideVouch.id, id))
  await audit(tx, by, 'guide.vouch_revoked', { guide: given.guide, vouch: id, reason }, given.personId)
  const title = content.guide(given.guide)?.title ?? given.guide
  await notify(tx, given.personId, {
    kind: 'guide_vouch_revoked',
    summary: `A mentor’s word on “${title}” has been taken back. Its questions are open to you.`,
    href: `/guides/${given.guide}#check`,
    by,
  })
  return given
}
