import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { evidence } from '../../db/schema/practice.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure, found } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { mentoredBy } from './log-queue.ts'
import { canDecide, canSeeLogs } from './policy.ts'

const log = z.coerce.number().int().min(1)

export const confirmInput = z.object({ log })
export const declineInput = z.object({
  log,
  reason: z.string().trim().min(1, 'Please say why, so that they know what to do.').max(500),
})

/**
 * Says that what a person logged did happen; from now on it counts.
 * @throws NotFound when it is nobody's that they mentor or stood by, Forbidden when it is their own, Conflict when it is decided
 */
export const confirmLog = (
  tx: Tx,
  content: Content,
  mentor: Person,
  { log }: z.output<typeof confirmInput>,
) => decide(tx, content, mentor, { id: log, state: 'confirmed', reason: '' })

/** Says why what a person logged can't count. @throws as `confirmLog` does */
export const declineLog = (tx: Tx, content: Content, mentor: Person, values: z.output<typeof declineInput>) =>
  decide(tx, content, mentor, { id: values.log, state: 'declined', reason: values.reason })

interface Decision {
  id: number
  state: 'confirmed' | 'declined'
  reason: string
}

async function decide(tx: Tx, content: Content, mentor: Person, { id, state, reason }: Decision) {
  const log = await logFor(tx, mentor, id)
  ensure(canDecide(mentor, log), 'Nobody confirms their own practice.')
  if (log.state !== 'logged') throw new Conflict('This has been answered already. Nothing was changed.')
  await tx
    .update(evidence)
    .set({ state, reason, decidedById: mentor.id, decidedAt: new Date() })
    .where(eq(evidence.id, id))
  const what = `${content.evidenceKind(log.kind)?.title ?? log.kind} of ${log.occurredOn}`
  const summary =
    state === 'confirmed'
      ? `@${mentor.handle} confirmed your ${what}.`
      : `@${mentor.handle} could not confirm your ${what}, and says why.`
  await notify(tx, log.personId, {
    kind: `evidence_${state}`,
    summary,
    href: `/practice#log-${id}`,
    by: mentor,
  })
  await audit(
    tx,
    mentor,
    `evidence.${state}`,
    { evidence: id, kind: log.kind, ...(reason && { reason }) },
    log.personId,
  )
  return { personId: log.personId }
}

/** A log, found through who decides and locked; one's own is found too. @throws NotFound */
async function logFor(tx: Tx, mentor: Person, id: number) {
  const [row] = await tx
    .select({
      personId: evidence.personId,
      kind: evidence.kind,
      occurredOn: evidence.occurredOn,
      state: evidence.state,
      supervisorId: evidence.supervisorId,
      mentored: sql<boolean>`${mentoredBy(mentor)}`,
    })
    .from(evidence)
    .where(sql`${evidence.id} = ${id} and ${evidence.source} = 'log'`)
    .for('update')
  const known = row && (canDecide(mentor, row) || (canSeeLogs(mentor) && row.personId === mentor.id))
  return found(known ? row : null)
}
