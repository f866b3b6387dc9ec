import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { calibration } from '../../../db/schema/grading.ts'
import { content } from '../../../src/authoring/content.ts'
import { driftLimits } from '../../../src/grading/agreement/drift.ts'
import { calibrationOf } from '../../../src/grading/calibration/state.ts'
import { watchDrift } from '../../../src/grading/calibration/watch-drift.ts'
import { unseen } from '../../../src/people/notifications.ts'
import type { Person } from '../../../src/people/person.ts'
import { addCohortOf, addNewMentorOf, calibrate } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { type Levels, markTwice } from '../agreement/marked-twice.ts'

const { db } = await testDatabase()
const course = 'introduction-to-group-support'
const best = { honesty: 'there', connection: 'there', care: 'there' }
const least = { honesty: 'not-yet', connection: 'not-yet', care: 'not-yet' }
const hour = 60 * 60_000

let cohort: { id: number }
let [maple, myrtle]: Person[] = []

beforeEach(async () => {
  cohort = await addCohortOf(db)
  ;[maple, myrtle] = [await addNewMentorOf(db, [cohort.id]), await addNewMentorOf(db, [cohort.id])]
  // They tuned in a month ago.
  for (const { id } of [maple, myrtle]) {
    await calibrate(db, id)
    await db
      .update(calibration)
      .set({ finishedAt: new Date(Date.now() - 30 * 24 * hour) })
      .where(eq(calibration.mentorId, id))
  }
})

const mark = async (count: number, [first, second]: [Levels, Levels], daysAgo = 0.02) => {
  for (let n = 0; n < count; n++)
    await markTwice(db, { cohort, mentors: [maple!, myrtle!], first: [first], second: [second], daysAgo })
}
const watch = () => watchDrift(db, content(), new Date(Date.now() - 2 * hour))
const stateOf = async (who: Person) => (await calibrationOf(db, content(), who, course)).state

test('two mentors who keep seeing it differently are asked to tune in again, each once', async () => {
  await mark(driftLimits.tries, [best, least])
  expect(await watch()).toBe(2)
  expect([await stateOf(maple!), await stateOf(myrtle!)]).toEqual(['to do', 'to do'])
  expect((await unseen(db, maple!)).map(({ kind }) => kind)).toEqual(['calibration_due'])
  expect(await watch()).toBe(0)
})

test('nobody is asked over a few marks, nor who sees it as others do', async () => {
  await mark(driftLimits.tries - 1, [best, least])
  expect(await watch()).toBe(0)
  await mark(driftLimits.tries, [best, best])
  expect(await watch()).toBe(0)
  expect(await stateOf(maple!)).toBe('passed')
})

test('what lies before the last time they tuned in is forgotten', async () => {
  await mark(driftLimits.tries - 1, [best, least], 40)
  await mark(1, [best, least])
  expect(await watch()).toBe(0)
})
