import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { mentorsCohort } from '../courses/policy.ts'
import type { Person } from '../people/person.ts'
import { studiesIn } from './barred.ts'
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
