import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { dueDate } from '../../db/schema/courses.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { addCohort, selfPacedCohort } from '../../src/courses/cohorts.ts'
import { dueDays } from '../../src/courses/due.ts'
import { ownDaysOf, setDueDates } from '../../src/courses/due-dates.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { Conflict, Forbidden, Invalid } from '../../src/errors.ts'
import { addAdmin, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
await openCourses(db)
const course = 'global-mod-training'
const module = content().module(`${course}/working-with-other-leaders`)!
const admin = await addAdmin(db)
let count = 0

const aCohort = () =>
  db.transaction(tx =>
    addCohort(tx, content(), admin, {
      ...{ course, name: `Cohort ${++count}`, startsOn: '2026-12-01', endsOn: undefined },
    }),
  )

const set = (cohortId: number, days: { reflection?: string; replies?: string }, by = admin) =>
  db.transaction(tx =>
    setDueDates(tx, content(), by, {
      cohortId,
      reflection: { [module.slug]: days.reflection ?? '' },
      replies: { [module.slug]: days.replies ?? '' },
    }),
  )

test('a cohort has the module’s days until an admin sets others, and again when they clear them', async () => {
  const cohort = await aCohort()
  const river = await addTrainee(db)
  await db.transaction(tx => enrol(tx, admin, { cohortId: cohort.id, personId: river.id }))
  const daysOfRiver = async () => {
    const { enrolments, ownDays } = await progressOf(db, river)
    return dueDays(module, enrolments.get(course)!, ownDays.get(module.id))
  }
  expect(await daysOfRiver()).toEqual({ reflection: '2026-12-09', replies: '2026-12-13' })
  await set(cohort.id, { reflection: '2026-12-11' })
  expect(await daysOfRiver()).toEqual({ reflection: '2026-12-11', replies: '2026-12-13' })
  await set(cohort.id, { reflection: '2026-12-11', replies: '2026-12-15' })
  expect(await daysOfRiver()).toEqual({ reflection: '2026-12-11', replies: '2026-12-15' })
  await set(cohort.id, {})
  expect(await daysOfRiver()).toEqual({ reflection: '2026-12-09', replies: '2026-12-13' })
  expect(await db.select().from(dueDate).where(eq(dueDate.cohortId, cohort.id))).toEqual([])
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.action, 'cohort.due_dates_set'))
  expect(entries).toHaveLength(3)
})

test('days that are out of order are refused beside their fields, and nothing is changed', async () => {
  const cohort = await aCohort()
  await set(cohort.id, { reflection: '2026-12-10' })
  const refusal = async (days: Parameters<typeof set>[1]) => {
    const error: unknown = await set(cohort.id, days).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Invalid)
    return (error as Invalid).fields
  }
  expect(await refusal({ reflection: '2026-11-30' })).toEqual({
    [`reflection.${module.slug}`]: 'This day comes before the cohort begins.',
  })
  expect(await refusal({ reflection: '2026-12-10', replies: '2026-12-09' })).toEqual({
    [`replies.${module.slug}`]: 'Replies are due on the day of the reflection or later.',
  })
  expect(await refusal({ reflection: '2026-12-20' })).toEqual({
    [`reflection.${module.slug}`]: 'The replies would be due before it. Please give them a later day too.',
  })
  expect((await ownDaysOf(db, admin, cohort.id)).get(module.id)).toEqual({
    reflection: '2026-12-10',
    replies: null,
  })
})

test('the self-paced cohort has no dates, and only admins set any', async () => {
  const { id } = await selfPacedCohort(db, course)
  await expect(set(id, { reflection: '2026-12-10' })).rejects.toThrow(Conflict)
  const cohort = await aCohort()
  await expect(set(cohort.id, { reflection: '2026-12-10' }, await addTrainee(db))).rejects.toThrow(Forbidden)
})

test('two admins who save at once both get through, and the days of one of them stay', async () => {
  const cohort = await aCohort()
  await Promise.all([
    set(cohort.id, { reflection: '2026-12-10' }),
    set(cohort.id, { reflection: '2026-12-11' }),
  ])
  expect(['2026-12-10', '2026-12-11']).toContain(
    (await ownDaysOf(db, admin, cohort.id)).get(module.id)?.reflection,
  )
})
