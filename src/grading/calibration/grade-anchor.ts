import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { anchorMark, outcomes } from '../../../db/schema/grading.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, found, Invalid } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { wrongLevels } from '../wrong-levels.ts'
import type { Rubric } from '../rubric.ts'
import type { Comparison, Mark } from './comparing.ts'
import { currentRounds, finishRound, lockCalibration, openRound } from './finish-round.ts'
import { canCalibrate } from './policy.ts'
import { leftOf, type Round, rubricOf } from './rounds.ts'
import { stateFrom } from './state.ts'

const name = z.string().max(80)

export const gradeAnchorInput = z.object({
  course: name,
  anchor: name,
  /** Which round the mentor means, from 1: one that was finished in another tab takes no more marks. */
  round: z.coerce.number().int().min(1).max(10_000),
  levels: z.record(name, name),
  /** Asked for beside the levels, so that all that is left out is told at once. */
  outcome: z.enum(outcomes).optional(),
})
export type GradeAnchorInput = z.output<typeof gradeAnchorInput>

/**
 * Grades an anchor reflection, once in each round. The last one finishes the round.
 * @returns how the round compares, where this finished it, or null
 * @throws NotFound without the right to grade, or where the course has no such anchor; Invalid when the levels are not
 *         those of the rubric; Conflict when it has its mark in this round, or the round is over
 */
export async function gradeAnchor(
  tx: Tx,
  content: Content,
  mentor: Person,
  { course, anchor: id, round: number, ...chosen }: GradeAnchorInput,
): Promise<Comparison | null> {
  const calibration = found(canCalibrate(mentor) ? content.course(course)?.calibration : null)
  const anchor = found(calibration.anchors.find(one => one.id === id))
  await lockCalibration(tx, mentor, course)
  const whose = { mentor, course, calibration }
  const rounds = await currentRounds(tx, content, whose)
  const state = stateFrom(content, calibration, rounds)
  if (state.state !== 'to do' || state.round !== number)
    throw new Conflict('This round is over. What you chose before counts; nothing was changed.')
  if (!state.left.includes(id))
    throw new Conflict('You have graded this one in this round. What you chose then counts.')
  const mark = wholeMark(rubricOf(content, anchor), chosen)

  const round = await roundToMark(tx, whose, rounds, state.round)
  await tx.insert(anchorMark).values({ calibrationId: round.id, anchor: id, ...mark })
  await audit(tx, mentor, 'anchor.graded', { course, anchor: id, calibration: round.id })
  const marked = { ...round, marks: new Map(round.marks).set(id, mark) }
  return leftOf(calibration, marked).length === 0 ? finishRound(tx, content, whose, marked) : null
}

/** @throws Invalid with a sentence for all that was left out */
function wholeMark(rubric: Rubric, { levels, outcome }: Pick<GradeAnchorInput, 'levels' | 'outcome'>): Mark {
  const wrong = {
    ...wrongLevels(rubric, levels),
    ...(!outcome && { outcome: 'Please choose what you would make of it.' }),
  }
  if (!outcome || Object.keys(wrong).length > 0) throw new Invalid(wrong)
  return { levels, outcome }
}

/** The round of that number, which opens with its first mark. */
const roundToMark = async (
  tx: Tx,
  whose: Parameters<typeof openRound>[1],
  rounds: readonly Round[],
  number: number,
): Promise<Round> => rounds[number - 1] ?? openRound(tx, whose, rounds.length === 0 ? 'new' : 'again')
