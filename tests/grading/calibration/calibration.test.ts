import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { anchorMark, calibration } from '../../../db/schema/grading.ts'
import { auditEntry } from '../../../db/schema/record.ts'
import { content, type Content } from '../../../src/authoring/content.ts'
import { Conflict, Invalid, NotFound } from '../../../src/errors.ts'
import type { Anchor } from '../../../src/grading/calibration/anchors.ts'
import { askAgain } from '../../../src/grading/calibration/ask-again.ts'
import { gradeAnchor } from '../../../src/grading/calibration/grade-anchor.ts'
import { ownCalibration } from '../../../src/grading/calibration/own-calibration.ts'
import {
  calibrationOf,
  calibrationsOf,
  coursesToCalibrate,
  ensureCalibrated,
} from '../../../src/grading/calibration/state.ts'
import { unseen } from '../../../src/people/notifications.ts'
import type { Person } from '../../../src/people/person.ts'
import { addAdmin, addMentorOf, addNewMentorOf, addTrainee, calibrate } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { alike, anchorsOf, apart, course, grade, withAnchors } from './anchors.ts'

const { db } = await testDatabase()
const inTx = db.transaction.bind(db)
const anchors = anchorsOf()
const [first, second] = [anchors[0]!, anchors[1]!]

let mentor: Person
beforeEach(async () => {
  mentor = await addNewMentorOf(db)
})

const marks = (anchor = first, options?: Parameters<typeof grade>[3]) =>
  inTx(tx => grade(tx, mentor, anchor, options))
/** Grades what there is in one round, in order; answers as the last mark did. */
async function gradeAll(options: Parameters<typeof grade>[3] = {}, all = anchors) {
  let last = null
  for (const anchor of all) last = await marks(anchor, options)
  return last
}
const stateNow = (from: Content = content(), who = mentor) => calibrationOf(db, from, who, course)
const mayWork = (from: Content = content(), who = mentor) =>
  inTx(tx => ensureCalibrated(tx, from, who, course))
const rounds = (who = mentor) =>
  db
    .select()
    .from(calibration)
    .where(and(eq(calibration.mentorId, who.id), eq(calibration.course, course)))
    .orderBy(calibration.id)

describe('a new mentor', () => {
  test('has all anchors to grade before live work opens, and is told where', async () => {
    expect(await stateNow()).toEqual({
      ...{ state: 'to do', why: 'new', round: 1, of: anchors.length },
      left: anchors.map(({ id }) => id),
    })
    await expect(mayWork()).rejects.toThrow(Conflict)
    await expect(mayWork()).rejects.toThrow('under Calibration on your desk')
    expect(await coursesToCalibrate(db, content(), mentor)).toEqual(content().courses.map(({ id }) => id))
  })

  test('opens a round with the first mark, sees it compared at once, and goes on', async () => {
    expect(await marks()).toBeNull()
    expect(await rounds()).toMatchObject([{ why: 'new', finishedAt: null, agreed: null, passed: null }])
    expect(await stateNow()).toMatchObject({ state: 'to do', left: anchors.slice(1).map(({ id }) => id) })
    const { rounds: seen } = await ownCalibration(db, content(), mentor, course)
    expect(seen).toHaveLength(1)
    expect(seen[0]!.marked.map(({ anchor }) => anchor.id)).toEqual([first.id])
    expect(seen[0]!.comparison).toBeNull()
    await expect(mayWork()).rejects.toThrow(Conflict)
  })

  test('who grades as the author did passes, and live work opens in that course alone', async () => {
    expect(await gradeAll()).toMatchObject({ part: 1, passed: true })
    expect(await stateNow()).toEqual({ state: 'passed' })
    expect(await rounds()).toMatchObject([{ agreed: 1, passed: true }])
    await mayWork()
    expect((await calibrationsOf(db, content(), mentor)).get('moderator-training')).toMatchObject({
      state: 'to do',
    })
    expect(await coursesToCalibrate(db, content(), mentor)).not.toContain(course)
    const done = await db
      .select({ action: auditEntry.action })
      .from(auditEntry)
      .where(eq(auditEntry.actorId, mentor.id))
    expect(done.map(({ action }) => action)).toEqual([
      ...anchors.map(() => 'anchor.graded'),
      'calibration.finished',
    ])
  })

  test('passes by the part that is alike, counted by hand: of 22, 70% is 16', async () => {
    // The Introduction has three anchors with 3 criteria, two with 4, and an outcome each.
    const off = (many: number) => (anchor: Anchor) => {
      const missed = Object.keys(anchor.levels).slice(0, Math.min(2, many))
      many -= missed.length
      const aside = missed.map(id => [id, anchor.levels[id] === 'partly' ? 'there' : 'partly'] as const)
      return { ...alike(anchor), levels: { ...anchor.levels, ...Object.fromEntries<string>(aside) } }
    }
    expect(await gradeAll({ how: off(6) })).toMatchObject({ agreed: 16, of: 22, needed: 16, passed: true })
    mentor = await addNewMentorOf(db)
    expect(await gradeAll({ how: off(7) })).toMatchObject({ agreed: 15, of: 22, passed: false })
  })

  test('leaves nothing half done where a level is forgotten or made up', async () => {
    const { outcome, levels } = first
    const input = { course, anchor: first.id, round: 1, outcome }
    const given = (levels: Record<string, string>) =>
      inTx(tx => gradeAnchor(tx, content(), mentor, { ...input, levels }))
    await expect(given({ ...levels, care: '' })).rejects.toThrow(
      'Please choose a level for “Careful with others”.',
    )
    await expect(given({ ...levels, charm: 'there' })).rejects.toThrow(Invalid)
    expect(await rounds()).toEqual([])
  })
})

describe('a mark', () => {
  test('stays as it was given, in its round', async () => {
    await marks()
    await expect(marks(first, { how: apart })).rejects.toThrow('You have graded this one in this round.')
    expect(
      await db
        .select()
        .from(anchorMark)
        .where(eq(anchorMark.calibrationId, (await rounds())[0]!.id)),
    ).toEqual([expect.objectContaining({ anchor: first.id, levels: first.levels, outcome: first.outcome })])
  })

  test('given from two tabs at once is given once, and of two anchors at once both', async () => {
    const same = await Promise.allSettled([marks(first), marks(first, { how: apart })])
    expect(same.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((same.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason).toBeInstanceOf(
      Conflict,
    )

    mentor = await addNewMentorOf(db)
    await Promise.all(anchors.map(anchor => marks(anchor)))
    expect(await rounds()).toHaveLength(1)
    expect(await stateNow()).toEqual({ state: 'passed' })
  })

  test('for an anchor or a course that is not there is not found, and nobody else gives one', async () => {
    const input = { course, anchor: first.id, round: 1, ...alike(first) }
    const by = (who: Person, more = {}) => inTx(tx => gradeAnchor(tx, content(), who, { ...input, ...more }))
    await expect(by(mentor, { anchor: 'made-up' })).rejects.toThrow(NotFound)
    await expect(by(mentor, { course: 'made-up' })).rejects.toThrow(NotFound)
    const admin = await addAdmin(db)
    for (const who of [await addTrainee(db), admin]) {
      await expect(by(who)).rejects.toThrow(NotFound)
      await expect(ownCalibration(db, content(), who, course)).rejects.toThrow(NotFound)
      expect(await rounds(who)).toEqual([])
    }
  })
})

describe('a round that is not alike enough', () => {
  test('opens another, of which old pages know nothing, and live work waits', async () => {
    expect(await gradeAll({ how: apart })).toMatchObject({ agreed: 0, passed: false })
    expect(await rounds()).toMatchObject([
      { why: 'new', agreed: 0, passed: false },
      { why: 'again', finishedAt: null },
    ])
    expect(await stateNow()).toMatchObject({ state: 'to do', why: 'again', round: 2, left: { length: 5 } })
    await expect(marks(first, { round: 1 })).rejects.toThrow('This round is over.')
    await expect(mayWork()).rejects.toThrow(Conflict)

    expect(await gradeAll({ round: 2 })).toMatchObject({ passed: true })
    await mayWork()
    const { rounds: seen } = await ownCalibration(db, content(), mentor, course)
    expect(seen.map(({ comparison }) => comparison?.passed)).toEqual([false, true])
  })

  test('finished in two tabs at once finishes once', async () => {
    await gradeAll({ how: apart }, anchors.slice(1))
    const both = await Promise.allSettled([marks(first, { how: apart }), marks(first, { how: apart })])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await rounds()).toHaveLength(2)
    expect(await stateNow()).toMatchObject({ round: 2, left: { length: 5 } })
  })

  test('once passed takes no more marks', async () => {
    await gradeAll()
    await expect(marks(first, { round: 2 })).rejects.toThrow(Conflict)
    expect(await rounds()).toHaveLength(1)
  })
})

describe('drift', () => {
  const drifts = (who = mentor, from = content()) =>
    inTx(tx => askAgain(tx, from, { mentorId: who.id, course }))

  test('asks a mentor to grade the anchors once more, and tells them', async () => {
    await calibrate(db, mentor.id)
    expect(await drifts()).toBe(true)
    expect(await stateNow()).toMatchObject({ state: 'to do', why: 'drift', round: 2, left: { length: 5 } })
    await expect(mayWork()).rejects.toThrow(Conflict)
    expect((await unseen(db, mentor))[0]).toMatchObject({
      ...{ kind: 'calibration_due', href: `/desk/calibration/${course}`, by: null },
    })
    expect(await gradeAll({ round: 2 })).toMatchObject({ passed: true })
    await mayWork()
  })

  test('asks nobody twice, nobody who has it to do anyway, and never where there is no calibration', async () => {
    expect(await drifts()).toBe(false)
    await calibrate(db, mentor.id)
    const both = await Promise.all([drifts(), drifts()])
    expect(both.toSorted()).toEqual([false, true])
    expect(await drifts()).toBe(false)
    expect(await unseen(db, mentor)).toHaveLength(1)
    expect(await inTx(tx => askAgain(tx, content(), { mentorId: mentor.id, course: 'made-up' }))).toBe(false)
  })

  test('of a round in which nothing is left, since an anchor was taken away, is asked for all the same', async () => {
    await gradeAll({}, anchors.slice(1))
    expect(await drifts(mentor, withAnchors(anchors.slice(1)))).toBe(true)
    expect(await rounds()).toMatchObject([{ passed: true }, { why: 'drift' }])
  })
})

describe('when the anchors change meanwhile', () => {
  const fewer = withAnchors(anchors.slice(1))

  test('one taken away is not waited for, and the row follows with the next write', async () => {
    await gradeAll({}, anchors.slice(1))
    expect(await stateNow()).toMatchObject({ state: 'to do', left: [first.id] })
    expect(await stateNow(fewer)).toEqual({ state: 'passed' })
    await mayWork(fewer)
    const { rounds: seen } = await ownCalibration(db, fewer, mentor, course)
    expect(seen[0]!.comparison).toMatchObject({ part: 1, passed: true })
    await expect(marks(second, { from: fewer, round: 2 })).rejects.toThrow(Conflict)
  })

  test('one taken away leaves another round where the rest is not alike', async () => {
    await gradeAll({ how: apart }, anchors.slice(1))
    expect(await stateNow(fewer)).toMatchObject({
      state: 'to do',
      why: 'again',
      round: 2,
      left: { length: 4 },
    })
    await marks(second, { from: fewer, round: 2 })
    expect(await rounds()).toMatchObject([{ passed: false }, { why: 'again', finishedAt: null }])
    expect(await stateNow(fewer)).toMatchObject({ round: 2, left: { length: 3 } })
  })

  test('one added is to be graded in a round that is on, and asked of nobody who has passed', async () => {
    const before = withAnchors(anchors.slice(1))
    await gradeAll({ from: before }, anchors.slice(1, 4))
    expect(await stateNow()).toMatchObject({ left: [first.id, anchors[4]!.id] })
    await gradeAll({ from: before }, anchors.slice(4))
    expect(await stateNow()).toEqual({ state: 'passed' })
    await mayWork()
  })

  test('a mark of one that is gone counts for nothing', async () => {
    await marks(first, { how: apart })
    expect(await gradeAll({ from: fewer }, anchors.slice(1))).toMatchObject({ part: 1, passed: true })
  })
})

test('a course without anchors asks for nothing', async () => {
  const none: Content = { ...content(), course: id => ({ ...content().course(id)!, calibration: undefined }) }
  expect(await stateNow(none)).toEqual({ state: 'not needed' })
  await mayWork(none)
})

test('a mentor of the tests is calibrated, unless they are to be new', async () => {
  const calibrated = await addMentorOf(db)
  expect(await coursesToCalibrate(db, content(), calibrated)).toEqual([])
})
