import { sql } from 'drizzle-orm'
import { hot, type Queryable, type Tx } from '../../db/client.ts'
import { discussion } from '../../db/schema/discussions.ts'
import type { Module } from '../courses/course.ts'
import type { Person } from '../people/person.ts'
import { canSee, type Place } from './policy.ts'

/** A cohort whose discussions a person may choose to see. */
export type PlaceInList = Place & { cohortId: number; name: string }

interface Row {
  id: string
  name: string
  self_paced: boolean
  enrolled: Place['enrolled']
}

/**
 * The cohorts of a course whose discussions a person may see: the one they take it with first, then by name. Admins
 * may see every one, mentors those they mentor, others those in which they are or were enrolled.
 */
export async function placesIn(db: Queryable, person: Person, course: string): Promise<PlaceInList[]> {
  const rows = await hot<Row>(
    db,
    sql`
      select c.id, c.name, c.self_paced, e.enrolled
      from cohort c left join lateral (
        select case when bool_or(ended_at is null) then 'now' else 'before' end as enrolled
        from enrolment where cohort_id = c.id and person_id = ${person.id} group by person_id
      ) e on true
      where c.course = ${course}
        and (e.enrolled is not null or ${person.rights.admin || person.rights.grade}::boolean)
      order by e.enrolled = 'now' desc nulls last, c.name`,
  )
  return rows
    .map(row => ({
      cohortId: Number(row.id),
      name: row.name,
      selfPaced: row.self_paced,
      enrolled: row.enrolled,
    }))
    .filter(place => canSee(person, place))
}

/** The discussion of a module for a cohort, opened when the first post needs it. */
export async function openDiscussion(tx: Tx, module: Module, cohortId: number): Promise<number> {
  const [known] = await tx.execute<{ id: string }>(
    sql`select id from discussion where cohort_id = ${cohortId} and module = ${module.id}`,
  )
  if (known) return Number(known.id)
  const row = { cohortId, module: module.id }
  const [opened] = await tx
    .insert(discussion)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: discussion.id })
  return opened?.id ?? openDiscussion(tx, module, cohortId)
}
