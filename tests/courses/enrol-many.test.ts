import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { cohortPeople, enrolmentsOf, mentorsAssigned } from '../../src/courses/cohort-people.ts'
import { enrolMany } from '../../src/courses/enrol-many.ts'
import { Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import type { Person } from '../../src/people/person.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const enrol = (by: Person, cohortId: number, handles: string) =>
  db.transaction(tx => enrolMany(tx, by, { cohortId, handles }))
const handlesIn = async (cohort: { id: number; course: string }) =>
  (await cohortPeople(db, content(), admin, cohort)).members.map(({ handle }) => handle)

test('an admin enrols people by their handles, however they are written', async () => {
  await addTrainee(db, { handle: 'ash' })
  await addTrainee(db, { handle: 'beech' })
  await addTrainee(db, { handle: 'cedar' })
  const cohort = await addCohortOf(db)
  expect(await enrol(admin, cohort.id, '@ash\nBeech, cedar\n\n @ash ')).toBe(3)
  expect(await handlesIn(cohort)).toEqual(['ash', 'beech', 'cedar'])
})

test('one handle that is nobody’s enrols nobody, and every such line is named', async () => {
  await addTrainee(db, { handle: 'elder' })
  const cohort = await addCohortOf(db)
  const wrong = enrol(admin, cohort.id, '@elder\n@nobody\n\n@no-one')
  await expect(wrong).rejects.toThrow(Invalid)
  await expect(wrong).rejects.toThrow(
    'Line 2: nobody has the handle @nobody. Line 4: nobody has the handle @no-one.',
  )
  expect(await handlesIn(cohort)).toEqual([])
})

test('whoever is in another cohort of the course moves over', async () => {
  const person = await addTrainee(db, { handle: 'fir' })
  const before = await addCohortOf(db, [person])
  const cohort = await addCohortOf(db)
  await enrol(admin, cohort.id, 'fir')
  expect(await handlesIn(before)).toEqual([])
  const enrolments = await enrolmentsOf(db, admin, person.id)
  expect(enrolments.map(({ cohortId, endedAt }) => [cohortId, endedAt === null])).toEqual([
    [cohort.id, true],
    [before.id, false],
  ])
})

test('nobody but an admin enrols people or looks into a cohort, and only into one that exists', async () => {
  const cohort = await addCohortOf(db)
  const mentor = await addMentorOf(db, [cohort.id], { handle: 'gorse' })
  await expect(enrol(mentor, cohort.id, 'gorse')).rejects.toThrow(Forbidden)
  await expect(cohortPeople(db, content(), mentor, cohort)).rejects.toThrow(Forbidden)
  await expect(enrol(admin, 999_999, 'gorse')).rejects.toThrow(NotFound)
  expect((await mentorsAssigned(db, admin, cohort.id)).map(({ handle }) => handle)).toEqual(['gorse'])
})
