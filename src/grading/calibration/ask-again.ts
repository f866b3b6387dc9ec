import type { Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { notify } from '../../people/notifications.ts'
import { audit } from '../../record/audit.ts'
import { currentRounds, lockCalibration, openRound } from './finish-round.ts'
import { stateFrom } from './state.ts'

/**
 * Asks a mentor to grade a course's anchors once more, for their marks have drifted from those of others. Nothing
 * happens where they have them to grade anyway, or the course has none.
 * @returns whether they were asked
 */
export async function askAgain(
  tx: Tx,
  content: Content,
  { mentorId, course }: { mentorId: number; course: string },
): Promise<boolean> {
  const found = content.course(course)
  if (!found?.calibration) return false
  const mentor = { id: mentorId }
  await lockCalibration(tx, mentor, course)
  const whose = { mentor, course, calibration: found.calibration }
  const rounds = await currentRounds(tx, content, whose)
  if (stateFrom(content, found.calibration, rounds).state !== 'passed') return false

  await openRound(tx, whose, 'drift')
  await notify(tx, mentorId, {
    kind: 'calibration_due',
    summary: `Time to tune in again: please grade the example reflections of “${found.title}” once more.`,
    href: `/desk/calibration/${course}`,
  })
  await audit(tx, null, 'calibration.asked', { course, why: 'drift' }, mentorId)
  return true
}
