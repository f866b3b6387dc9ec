import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'

/** A cohort that two people are or were in together. */
export type SharedCohort = { cohortId: number; course: string; name: string; selfPaced: boolean }

interface Row extends Record<string, unknown> {
  id: string
  course: string
  name: string
  self_paced: boolean
}

/** The cohorts that two people have taken a course with, or mentor one for the other. At most 20. */
export async function cohortsInCommon(
  db: Queryable,
  one: { id: number },
  other: { id: number },
): Promise<SharedCohort[]> {
  const within = (id: number) => sql`(
    select cohort_id from enrolment where person_id = ${id}
    union select cohort_id from cohort_mentor where person_id = ${id})`
  const rows = await db.execute<Row>(sql`
    select c.id, c.course, c.name, c.self_paced from cohort c
    where c.id in ${within(one.id)} and c.id in ${within(other.id)}
    order by c.course, c.name limit 20`)
  return rows.map(({ id, course, name, self_paced }) => ({
    ...{ course, name },
    cohortId: Number(id),
    selfPaced: self_paced,
  }))
}
