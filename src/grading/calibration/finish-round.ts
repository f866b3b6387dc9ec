import { eq, sql } from 'drizzle-orm'
import { lock, type Tx } from '../../../db/client.ts'
import { calibration as calibrations } from '../../../db/schema/grading.ts'
import type { Content } from '../../authoring/content.ts'
import { audit } from '../../record/audit.ts'
import type { Calibration } from './anchors.ts'
import { type Comparison, judgeRound } from './comparing.ts'
import { comparedIn, type Round, roundsOf, type Why } from './rounds.ts'
import { isOpen } from './state.ts'

/** Holds a mentor's calibration in a course still until the transaction ends: two tabs take turns. */
export const lockCalibration = (tx: Tx, mentor: { id: number }, course: string) =>
  lock(tx, `calibration:${mentor.id}:${course}`)

/** Whose rounds, in which course. */
export interface Whose {
  mentor: { id: number }
  course: string
  calibration: Calibration
}

/** All rounds, under the lock; one that has nothing left to mark, since an anchor was taken away, is finished first. */
export async function currentRounds(tx: Tx, content: Content, whose: Whose): Promise<Round[]> {
  const read = async () => (await roundsOf(tx, whose.mentor, [whose.course])).get(whose.course) ?? []
  const rounds = await read()
  const latest = rounds.at(-1)
  if (latest?.finishedAt !== null || isOpen(whose.calibration, latest)) return rounds
  await finishRound(tx, content, whose, latest)
  return read()
}

/** Opens a round, where none is open. */
export async function openRound(
  tx: Tx,
  { mentor, course }: Omit<Whose, 'calibration'>,
  why: Why,
): Promise<Round> {
  const [row] = await tx
    .insert(calibrations)
    .values({ mentorId: mentor.id, course, why })
    .returning({ id: calibrations.id })
  return { id: row!.id, why, finishedAt: null, agreed: null, passed: null, marks: new Map() }
}

/** Finishes a round whose anchors are all marked. Not alike enough, and another opens at once. */
export async function finishRound(tx: Tx, content: Content, whose: Whose, round: Round): Promise<Comparison> {
  const { mentor, course, calibration } = whose
  const compared = comparedIn(content, calibration, round).map(one => one.compared)
  const comparison = judgeRound(compared, calibration)
  const { agreed, of, part, passed } = comparison
  await tx
    .update(calibrations)
    .set({ finishedAt: sql`clock_timestamp()`, agreed: part, passed })
    .where(eq(calibrations.id, round.id))
  await audit(tx, mentor, 'calibration.finished', { course, calibration: round.id, agreed, of, passed })
  if (!passed) await openRound(tx, whose, 'again')
  return comparison
}
