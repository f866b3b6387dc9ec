import type { Queryable, Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import type { Calibration } from './anchors.ts'
import { judgeRound } from './comparing.ts'
import { comparedIn, leftOf, type Round, roundsOf, roundsOfEach, type Why } from './rounds.ts'

/** Whether a mentor may grade live work of a course, or has its anchors to grade first. */
export type CalibrationState =
  | { state: 'not needed' }
  | {
      state: 'to do'
      why: Why
      /** Which round it is, from 1. */
      round: number
      /** Ids of the anchors that are left, in their order. */
      left: string[]
      /** How many anchors there are. */
      of: number
    }
  | { state: 'passed' }

/** Where a mentor stands in one course. */
export async function calibrationOf(
  db: Queryable,
  content: Content,
  mentor: { id: number },
  course: string,
): Promise<CalibrationState> {
  const calibration = content.course(course)?.calibration
  if (!calibration) return { state: 'not needed' }
  const rounds = await roundsOf(db, mentor, [course])
  return stateFrom(content, calibration, rounds.get(course) ?? [])
}

/** The same of every course that has a calibration, in the order of the courses. */
export async function calibrationsOf(
  db: Queryable,
  content: Content,
  mentor: { id: number },
): Promise<Map<string, CalibrationState>> {
  const courses = content.courses.filter(({ calibration }) => calibration)
  const rounds = await roundsOf(
    db,
    mentor,
    courses.map(({ id }) => id),
  )
  return new Map(
    courses.flatMap(({ id, calibration }) =>
      calibration ? [[id, stateFrom(content, calibration, rounds.get(id) ?? [])]] : [],
    ),
  )
}

/** The courses whose live work waits until this mentor has graded the anchors: what their queue leaves out. */
export async function coursesToCalibrate(
  db: Queryable,
  content: Content,
  mentor: { id: number },
): Promise<string[]> {
  const states = await calibrationsOf(db, content, mentor)
  return [...states].filter(([, { state }]) => state === 'to do').map(([course]) => course)
}

/** Of each of many mentors the courses whose live work is open to them. */
export async function coursesOpenTo(
  db: Queryable,
  content: Content,
  mentors: readonly number[],
): Promise<Map<number, ReadonlySet<string>>> {
  const asking = content.courses.filter(({ calibration }) => calibration).map(({ id }) => id)
  const rounds = await roundsOfEach(db, mentors, asking)
  const isOpenTo = (mentor: number) =>
    content.courses.filter(
      ({ id, calibration }) =>
        !calibration || stateFrom(content, calibration, rounds.get(mentor)?.get(id) ?? []).state === 'passed',
    )
  return new Map(mentors.map(mentor => [mentor, new Set(isOpenTo(mentor).map(({ id }) => id))]))
}

/**
 * Lets nobody at live work who has the anchors of its course still to grade.
 * @throws Conflict with a sentence that says where to go
 */
export async function ensureCalibrated(
  tx: Tx,
  content: Content,
  mentor: Person,
  course: string,
): Promise<void> {
  const state = await calibrationOf(tx, content, mentor, course)
  if (state.state !== 'to do') return
  const title = content.course(course)?.title ?? course
  throw new Conflict(
    `First a few example reflections of “${title}”, so that all mentors grade alike: they wait under Calibration on your desk. Nothing was changed.`,
  )
}

/**
 * Judged by the anchors there are now: a round of which the course took the last unmarked anchor away is as good as
 * finished, and its row is brought up to date by the next write.
 */
export function stateFrom(
  content: Content,
  calibration: Calibration,
  rounds: readonly Round[],
): CalibrationState {
  const latest = rounds.at(-1)
  const open = latest && isOpen(calibration, latest) ? latest : undefined
  if (latest && !open && hasPassed(content, calibration, latest)) return { state: 'passed' }
  return {
    state: 'to do',
    why: open?.why ?? (latest ? 'again' : 'new'),
    round: rounds.length + (open ? 0 : 1),
    left: leftOf(calibration, open).map(({ id }) => id),
    of: calibration.anchors.length,
  }
}

/** Whether there is something to mark in a round. */
export const isOpen = (calibration: Calibration, round: Round): boolean =>
  round.finishedAt === null && leftOf(calibration, round).length > 0

const hasPassed = (content: Content, calibration: Calibration, round: Round): boolean =>
  round.passed ??
  judgeRound(
    comparedIn(content, calibration, round).map(({ compared }) => compared),
    calibration,
  ).passed
