import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import type { Course } from '../../courses/course.ts'
import { found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import type { Anchor, Calibration } from './anchors.ts'
import { type Compared, type Comparison, judgeRound } from './comparing.ts'
import { canCalibrate } from './policy.ts'
import { comparedIn, leftOf, type Round, roundsOf, type Why } from './rounds.ts'
import { type CalibrationState, stateFrom } from './state.ts'

/** A round as its mentor looks at it. */
export interface RoundView {
  /** From 1. */
  number: number
  why: Why
  /** What is marked of the anchors there are now. */
  marked: { anchor: Anchor; compared: Compared }[]
  /** Over all; null while there is something left, and where the course has no anchors of that round any more. */
  comparison: Comparison | null
}

export interface OwnCalibration {
  course: Course
  calibration: Calibration
  state: Exclude<CalibrationState, { state: 'not needed' }>
  /** The first first. */
  rounds: RoundView[]
}

/** A mentor's own rounds in a course. @throws NotFound without the right to grade, or where nothing is to calibrate */
export async function ownCalibration(
  db: Queryable,
  content: Content,
  mentor: Person,
  courseId: string,
): Promise<OwnCalibration> {
  const course = found(canCalibrate(mentor) ? content.course(courseId) : null)
  const calibration = found(course.calibration)
  const rounds = (await roundsOf(db, mentor, [courseId])).get(courseId) ?? []
  const state = stateFrom(content, calibration, rounds)
  if (state.state === 'not needed') throw new Error('A calibration cannot be without need of itself.')
  return {
    ...{ course, calibration, state },
    rounds: rounds.map((round, index) => viewOf(content, calibration, round, index + 1)),
  }
}

function viewOf(content: Content, calibration: Calibration, round: Round, number: number): RoundView {
  const marked = comparedIn(content, calibration, round)
  const over = round.finishedAt !== null || leftOf(calibration, round).length === 0
  const comparison =
    over && marked.length > 0
      ? judgeRound(
          marked.map(({ compared }) => compared),
          calibration,
        )
      : null
  return { number, why: round.why, marked, comparison }
}

/** One anchor as a page shows it: as it was marked in a round, or to be marked in the round that is on. */
export interface AnchorView {
  anchor: Anchor
  /** Its place among the anchors, from 1. */
  number: number
  /** The round in which it was marked, with the comparison; null where it has yet to be. */
  marked: { round: number; compared: Compared } | null
  /** The round in which it waits for its mark; null where none is on. */
  toMark: number | null
  /** The next that is left, if any. */
  next: Anchor | null
}

/**
 * @param round the round to look back at; without it, the one that is on, or the last
 * @throws NotFound where the course has no such anchor, or it was not marked in that round
 */
export function anchorIn(
  { calibration, state, rounds }: OwnCalibration,
  id: string,
  round: number | null,
): AnchorView {
  const anchor = found(calibration.anchors.find(one => one.id === id))
  const left = state.state === 'to do' ? state.left : []
  const waits = left.includes(id)
  const shown = round ?? (waits ? null : rounds.length)
  const mark =
    shown === null ? undefined : rounds[shown - 1]?.marked.find(one => one.anchor.id === id)?.compared
  return {
    anchor,
    number: calibration.anchors.indexOf(anchor) + 1,
    marked:
      shown === null || !mark ? (round === null ? null : found(null)) : { round: shown, compared: mark },
    toMark: waits && round === null && state.state === 'to do' ? state.round : null,
    next: calibration.anchors.find(one => one.id !== id && left.includes(one.id)) ?? null,
  }
}
