import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { dispute } from '../../../db/schema/disputes.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found, Invalid } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'
import { dayRule } from '../../practice/evidence-rules.ts'
import { audit } from '../../record/audit.ts'
import { canDecide } from '../policy.ts'
import { correctEvidence } from './correct-evidence.ts'
import { correctGuide, correctReading } from './correct-fact.ts'
import { longestDispute } from './contest.ts'
import { keyOf } from './counter.ts'

export const answerInput = z.object({
  dispute: z.coerce.number().int().min(1),
  outcome: z.enum(['stands', 'corrected', 'elsewhere'], { error: 'Please choose what comes of it.' }),
  answer: z
    .string()
    .trim()
    .min(1, 'Please say what you found: they read it.')
    .max(longestDispute, 'Please keep it under 2,000 characters.'),
  /** How many more of a kind of evidence, or fewer. */
  change: z.preprocess(
    // A minus sign as people type it on a phone.
    value => (typeof value === 'string' ? value.trim().replace('−', '-') || undefined : value),
    z.coerce
      .number('Please give a number.')
      .int('Please give a whole number.')
      .min(-1000)
      .max(1000)
      .optional(),
  ),
  occurredOn: z
    .literal('')
    .transform(() => undefined)
    .or(dayRule)
    .optional(),
  /** `add:<id>` or `void:<id>` of a guide or a module. */
  fact: z.string().max(200).optional(),
})

type Answer = z.output<typeof answerInput>
type Open = typeof dispute.$inferSelect

/**
 * Answers somebody who says that they are counted wrongly: it stands, it was put right elsewhere, or it is corrected here,
 * beside what was there before. They are told. Who calls this reviews their standing next.
 * @returns whose it is
 * @throws NotFound; Forbidden for whoever may not decide on them; Conflict when it is answered; Invalid
 */
export async function answerDispute(
  tx: Tx,
  content: Content,
  admin: Person,
  values: Answer,
): Promise<{ personId: number }> {
  const open = await openDispute(tx, admin, values.dispute)
  const { id, personId } = open
  const { outcome, answer } = values
  const corrected = outcome === 'corrected' ? await correct(tx, content, admin, open, values) : {}
  await tx
    .update(dispute)
    .set({ endedAt: new Date(), outcome, answer, answeredById: admin.id })
    .where(eq(dispute.id, id))
  await notify(tx, personId, {
    ...{ kind: 'dispute_answered', by: admin },
    summary: summaries[outcome],
    href: `/path/${open.badge}/counted?of=${encodeURIComponent(keyOf(open))}`,
  })
  const details = { dispute: id, badge: open.badge, counter: keyOf(open), outcome, ...corrected }
  await audit(tx, admin, 'dispute.answered', details, personId)
  return { personId }
}

const summaries = {
  stands: 'An admin has looked at what you said is counted wrongly, and says why it stands.',
  corrected: 'What you said is counted wrongly has been corrected.',
  elsewhere: 'What you said is counted wrongly has been looked at, and put right where it came from.',
}

/** A dispute with its person's facts held still: first the person, whose row every change of a fact waits for. */
async function openDispute(tx: Tx, admin: Person, id: number): Promise<Open> {
  ensure(canRunProgramme(admin))
  const [known] = await tx.select({ personId: dispute.personId }).from(dispute).where(eq(dispute.id, id))
  const { personId } = found(known)
  ensure(canDecide(admin, { id: personId }), 'Another admin has to answer this.')
  await tx.execute(sql`select from person where id = ${personId} for no key update`)
  const [row] = await tx.select().from(dispute).where(eq(dispute.id, id)).for('update')
  if (found(row).endedAt)
    throw new Conflict('This has been answered or taken back already. Nothing was changed.')
  return row!
}

/** What was corrected, for the audit log. */
function correct(tx: Tx, content: Content, admin: Person, open: Open, values: Answer) {
  switch (open.counter) {
    case 'evidence':
      return correctEvidence(tx, admin, open, values)
    case 'guides-completed':
      return correctGuide(tx, content, admin, open, values)
    case 'modules-read':
    case 'course-complete':
      return correctReading(tx, content, admin, open, values)
    default:
      throw new Invalid({ outcome: 'This is put right where it came from, and not here.' })
  }
}
