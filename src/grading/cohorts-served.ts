import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { mentorsCohort } from '../courses/policy.ts'
import type { Person } from '../people/person.ts'
import { studiesIn } from './barred.ts'
import { coursesToCalibrate } from './calibration/state.ts'
import { canSeeDesk } from './policy.ts'

export interface CohortServed {
  cohortId: number
  course: string
  name: string
  selfPaced: boolean
}

interface Row extends Record<string, unknown> {
  id: string
  course: string
  name: string
  self_paced: boolean
}

/** The cohorts whose reflections a mentor grades: those they mentor, but for the ones they study in. */
export async function cohortsToGrade(db: Queryable, mentor: Person): Promise<CohortServed[]> {
  if (!canSeeDesk(mentor)) return []
  const rows = await db.execute<Row>(sql`
    select c.id, c.course, c.name, c.self_paced from cohort c
    where (c.self_paced or c.id = any(${sql.param(mentor.cohortsMentored)}::bigint[]))
      and not ${studiesIn(sql`${mentor.id}`, sql`c.id`)}
    order by c.course, c.name`)
  return rows
    .map(({ id, course, name, self_paced }) => ({
      cohortId: Number(id),
      course,
      name,
      selfPaced: self_paced,
    }))
    .filter(cohort => mentorsCohort(mentor, cohort))
}

/**
 * The same as far as live work is open to them, and the courses whose anchor reflections they have to grade first.
 */
export async function cohortsOpen(
  db: Queryable,
  content: Content,
  mentor: Person,
): Promise<{ open: CohortServed[]; toCalibrate: string[] }> {
  if (!canSeeDesk(mentor)) return { open: [], toCalibrate: [] }
  const [cohorts, first] = await Promise.all([
    cohortsToGrade(db, mentor),
    coursesToCalibrate(db, content, mentor),
  ])
  const courses = new Set(cohorts.map(({ course }) => course))
  return {
    open: cohorts.filter(({ course }) => !first.includes(course)),
    toCalibrate: first.filter(course => courses.has(course)),
  }
}
