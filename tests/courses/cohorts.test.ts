import { expect, test } from 'vitest'
import { cohorts } from '../../src/courses/cohorts.ts'
import { addAdmin, addCohortOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()

test('an admin sees how many people each cohort has', async () => {
  const admin = await addAdmin(db)
  const three = await addCohortOf(db, [await addTrainee(db), await addTrainee(db), await addTrainee(db)])
  const nobody = await addCohortOf(db)
  const counts = new Map((await cohorts(db, admin)).map(({ id, people }) => [id, people]))
  expect(counts.get(three.id)).toBe(3)
  expect(counts.get(nobody.id)).toBe(0)
})
