import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { type AssessedItem, assessment } from '../../../db/schema/practice.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, ensure, found, Invalid } from '../../errors.ts'
import { buddiesOf } from '../../people/buddies.ts'
import { findPerson } from '../../people/load-person.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { type Checklist, marks, passes } from '../checklist.ts'
import { dayRule, earliestLog, todayIn } from '../evidence-rules.ts'
import { assessesAs, canSeeAssessment } from './policy.ts'

const id = z.coerce.number().int().positive()

export const assessmentInput = z.object({
  personId: id,
  checklist: z.string().max(80),
  occurredOn: dayRule,
  place: z.string().trim().min(1, 'Please say which room or session it was.').max(120),
  /** Item id -> what was seen of it. */
  marks: z.record(z.string().max(80), z.enum(marks)),
  words: z
    .string()
    .trim()
    .min(1, 'Please say what went well, and what to try next.')
    .max(2000, 'Please keep it under 2,000 characters.'),
})

export const withdrawalInput = z.object({ assessment: id })

/**
 * Assesses a practice session that somebody led, by a checklist, which is kept with it as it stands. It counts at once
 * where it passes. Who calls this reviews their standing next.
 * @throws NotFound; Forbidden for whoever holds none of the badges that the checklist names, for oneself and for one's
 *         buddy; Invalid where an item is left open, or the day lies ahead or too far back
 */
export async function assess(
  tx: Tx,
  content: Content,
  assessor: Person,
  { personId, checklist: checklistId, marks: given, ...said }: z.output<typeof assessmentInput>,
): Promise<{ id: number; passed: boolean }> {
  const checklist = found(content.checklist(checklistId))
  const person = found(await findPerson(tx, { id: personId }))
  const as = assessesAs(assessor, person, checklist)
  ensure(as !== undefined, 'Only those whom the checklist names can assess by it, and nobody themselves.')
  await ensureNotBuddies(tx, assessor, person)
  ensureDay(said.occurredOn, todayIn(assessor.timeZone))
  const items = itemsWith(checklist, given)
  const passed = passes(checklist, given)
  const [made] = await tx
    .insert(assessment)
    .values({
      ...{ personId, checklist: checklistId, assessorId: assessor.id, asBadge: as, ...said },
      ...{ items, enough: checklist.enough, passed },
    })
    .returning({ id: assessment.id })
  await audit(
    tx,
    assessor,
    'assessment.made',
    { assessment: made!.id, checklist: checklistId, passed },
    personId,
  )
  await notify(tx, personId, {
    ...{ kind: 'assessed', by: assessor, href: `/assessments/${made!.id}` },
    summary: `@${assessor.handle} has assessed your practice session and wrote you a few words.`,
  })
  return { id: made!.id, passed }
}

/** As with grades: between two who are close, somebody else says how it went. */
async function ensureNotBuddies(tx: Tx, assessor: Person, person: Person): Promise<void> {
  const buddies = await buddiesOf(tx, assessor, assessor.id)
  const paired = buddies.some(({ handle }) => handle === person.handle)
  ensure(!paired, 'You two are buddies, so somebody else assesses this one.')
}

function ensureDay(day: string, today: string): void {
  if (day > today) throw new Invalid({ occurredOn: 'This day is still to come.' })
  if (day < earliestLog(today)) throw new Invalid({ occurredOn: 'Please assess only the last two years.' })
}

/** @throws Invalid with a sentence for each item that is open */
function itemsWith(
  { items }: Checklist,
  given: Readonly<Record<string, AssessedItem['mark']>>,
): AssessedItem[] {
  const open = items.filter(({ id }) => !Object.hasOwn(given, id))
  if (open.length > 0)
    throw new Invalid(
      Object.fromEntries(open.map(({ id }) => [`marks.${id}`, 'Please choose one of these.'])),
    )
  return items.map(({ id, text, must }) => ({ id, text, must, mark: given[id]! }))
}

/**
 * Takes an assessment back, which counts no longer and stays on file. Who calls this reviews the standing of the person
 * next, who is named in the answer.
 * @throws NotFound; Forbidden for anybody but the assessor and, not of themselves, the admins; Conflict
 */
export async function withdrawAssessment(
  tx: Tx,
  by: Person,
  { assessment: id }: z.output<typeof withdrawalInput>,
): Promise<{ personId: number }> {
  const [row] = await tx.select().from(assessment).where(eq(assessment.id, id)).for('update')
  const { personId, assessorId, checklist, withdrawnAt } = found(
    row && canSeeAssessment(by, row) ? row : null,
  )
  ensure(by.id !== personId, 'Only whoever assessed you can take this back.')
  if (withdrawnAt) throw new Conflict('This has been taken back already.')
  await tx
    .update(assessment)
    .set({ withdrawnAt: sql`now()` })
    .where(and(eq(assessment.id, id), isNull(assessment.withdrawnAt)))
  await audit(tx, by, 'assessment.withdrawn', { assessment: id, checklist, assessor: assessorId }, personId)
  await notify(tx, personId, {
    ...{ kind: 'assessed', by, href: `/assessments/${id}` },
    summary: `@${by.handle} has taken an assessment of your practice session back.`,
  })
  return { personId }
}
