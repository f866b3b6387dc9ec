import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { mentorsCohort } from '../courses/policy.ts'
import type { Person } from '../people/person.ts'
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
  passed: string[] | null
}

/** The cohorts whose reflections a mentor grades: those they mentor, but for the ones they are a trainee of. */
export async function cohortsToGrade(
  db: Queryable,
  content: Content,
  mentor: Person,
): Promise<CohortServed[]> {
  if (!canSeeDesk(mentor)) return []
  const rows = await db.execute<Row>(sql`
    select c.id, c.course, c.name, c.self_paced, ${passedAsTrainee(sql`c.id`, mentor)} as passed
    from cohort c
    where c.self_paced or c.id = any(${sql.param(mentor.cohortsMentored)}::bigint[])
    order by c.course, c.name`)
  return rows
    .filter(row => !isLearning(content, row.course, row.passed))
    .map(({ id, course, name, self_paced }) => ({
      cohortId: Number(id),
      course,
      name,
      selfPaced: self_paced,
    }))
    .filter(cohort => mentorsCohort(mentor, cohort))
}

/** Modules whose reflection a person has passed, where they are enrolled in the cohort; null where they are not. */
export const passedAsTrainee = (cohortId: ReturnType<typeof sql>, { id }: { id: number }) => sql`
  case when exists (
    select from enrolment e where e.cohort_id = ${cohortId} and e.person_id = ${id} and e.ended_at is null
  ) then array(select own.module from submission own where own.author_id = ${id} and own.state = 'passed') end`

/**
 * Whether someone enrolled still has a reflection of the course to pass. Whoever has passed them all grades there:
 * most mentors took the self-paced course themselves, and are enrolled in it for good.
 */
export const isLearning = (content: Content, course: string, passed: string[] | null): boolean =>
  passed !== null &&
  (content.course(course)?.modules.some(module => module.reflection && !passed.includes(module.id)) ?? false)
