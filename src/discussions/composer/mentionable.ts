import { type SQL, sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { found } from '../../errors.ts'
import { inForce } from '../../people/in-force.ts'
import type { Person } from '../../people/person.ts'
import { canSee, community, type Place } from '../policy.ts'

/** Somebody whose handle a writer may mean. */
export type Mentionable = { handle: string; displayName: string; mentor: boolean }

interface Row extends Record<string, unknown> {
  handle: string
  display_name: string
  mentor: boolean
}

const most = 8

/**
 * People whom a post in a place can mention, by how their handle or their name begins: those who see its discussions
 * because they are or were enrolled there, and its mentors; for the whole community everybody. At most eight.
 * @param cohortId null for the whole community
 * @throws NotFound where the viewer may not see the place
 */
export async function mentionable(
  db: Queryable,
  content: Content,
  viewer: Person,
  { cohortId, begins }: { cohortId: number | null; begins: string },
): Promise<Mentionable[]> {
  const place = cohortId === null ? community : found(await placeOf(db, viewer, cohortId))
  found(canSee(viewer, place) ? place : null)
  const rows = await db.execute<Row>(namesQuery(content, viewer, place, begins))
  return rows.map(({ handle, display_name, mentor }) => ({ handle, displayName: display_name, mentor }))
}

async function placeOf(db: Queryable, viewer: Person, cohortId: number): Promise<Place | null> {
  const [row] = await hot<{ self_paced: boolean; enrolled: Place['enrolled'] }>(
    db,
    sql`
      select self_paced,
        (select case when bool_or(e.ended_at is null) then 'now' else 'before' end from enrolment e
          where e.cohort_id = cohort.id and e.person_id = ${viewer.id} group by e.person_id) as enrolled
      from cohort where id = ${cohortId}`,
  )
  return row ? { cohortId, selfPaced: row.self_paced, enrolled: row.enrolled } : null
}

/** The people of a place whom the viewer may mention: on its own, so that a test can ask how it is run. */
export const namesQuery = (content: Content, viewer: Person, place: Place, begins: string): SQL => sql`
  select handle, display_name, mentor from (${candidates(content, viewer, place, begins)}) found
  order by by_name, lower(handle) limit ${most}`

/**
 * Those whose handle begins so, and those whose name does. In a cohort of its own size one looks among its people;
 * where anybody may be, in the order of the index, so that the first eight end the search. `~<~` is that order.
 */
function candidates(content: Content, viewer: Person, place: Place, begins: string): SQL {
  const { cohortId, selfPaced } = place
  const pattern = `${begins.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const byHandle = sql`lower(p.handle) like ${pattern}`
  const byName = sql`lower(p.display_name) like ${pattern}`
  const select = (from: SQL, which: SQL, rest: SQL) => sql`
    select p.handle, p.display_name, not (${byHandle}) as by_name, ${mentors(content, place)} as mentor
    from ${from} where ${which} and p.id <> ${viewer.id}
      and not exists (select from suspension s where s.person_id = p.id and s.ended_at is null)
      and (${cohortId === null}::boolean
        or exists (select from enrolment e where e.cohort_id = ${cohortId}::bigint and e.person_id = p.id)
        or ${mentors(content, place)})
    ${rest}`
  if (cohortId !== null && !selfPaced) {
    const there = sql`(select person_id from enrolment where cohort_id = ${cohortId}
      union select person_id from cohort_mentor where cohort_id = ${cohortId}) there
      join person p on p.id = there.person_id`
    return select(there, sql`(${byHandle} or ${byName})`, sql``)
  }
  const person = sql`person p`
  return sql`
    (${select(person, byHandle, sql`order by lower(p.handle) using ~<~ limit ${most}`)})
    union all
    (${select(person, sql`${byName} and not (${byHandle})`, sql`order by lower(p.display_name) using ~<~ limit ${most}`)})`
}

/** Holds the right to grade, and mentors this place. */
function mentors(content: Content, { cohortId, selfPaced }: Place): SQL {
  const grading = content.badges.filter(({ unlocks }) => unlocks.includes('grade')).map(({ id }) => id)
  return sql`(
    exists (select from certificate c where c.person_id = p.id
      and c.badge = any(${sql.param(grading)}::text[]) and ${inForce})
    and (${cohortId === null || selfPaced}::boolean
      or exists (select from cohort_mentor m where m.cohort_id = ${cohortId}::bigint and m.person_id = p.id)))`
}
