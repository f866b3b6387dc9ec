import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import { inForce } from './in-force.ts'
import type { Person } from './person.ts'

/** A row of `personColumns`. */
export interface PersonRow extends Record<string, unknown> {
  id: string
  handle: string
  display_name: string
  kind: Person['kind']
  age_band: Person['ageBand']
  time_zone: string
  joined_on: string
  admin: boolean
  badges: string[]
  cohorts_mentored: string[]
  suspended: boolean
}

/** All that makes a `Person`, for a query with `person` in scope: one round trip, whatever they hold. */
export const personColumns = sql`
  person.id, person.handle, person.display_name, person.kind, person.age_band, person.time_zone, person.joined_on,
  exists (select from admin_appointment a where a.person_id = person.id and a.ended_at is null) as admin,
  exists (select from suspension s where s.person_id = person.id and s.ended_at is null) as suspended,
  array(select c.badge from certificate c where c.person_id = person.id and ${inForce}) as badges,
  array(select m.cohort_id from cohort_mentor m where m.person_id = person.id) as cohorts_mentored
`

/** Rights follow from what is held now: a badge's end, or a change of what it unlocks, takes effect at once. */
export function personFrom(row: PersonRow): Person {
  const unlocked = content()
    .badges.filter(badge => row.badges.includes(badge.id))
    .flatMap(badge => badge.unlocks)
  return {
    id: Number(row.id),
    handle: row.handle,
    displayName: row.display_name,
    kind: row.kind,
    ageBand: row.age_band,
    timeZone: row.time_zone,
    joinedOn: row.joined_on,
    badges: row.badges,
    cohortsMentored: row.cohorts_mentored.map(Number),
    rights: { admin: row.admin, grade: unlocked.includes('grade') },
  }
}

/** The person with this handle or id, or null. Suspended people are found too; whoever has left, by their id alone. */
export async function findPerson(
  db: Queryable,
  key: { handle: string } | { id: number },
): Promise<Person | null> {
  const where =
    'id' in key
      ? sql`person.id = ${key.id}`
      : sql`lower(person.handle) = ${key.handle.replace(/^@/, '').toLowerCase()} and person.left_at is null`
  const [row] = await db.execute<PersonRow>(sql`select ${personColumns} from person where ${where}`)
  return row ? personFrom(row) : null
}

/**
 * A person with the rights that they have at this very moment, for a write that must not outlive them by a request.
 * @throws NotFound when the account has been suspended meanwhile
 */
export async function asNow(db: Queryable, { id }: { id: number }): Promise<Person> {
  const [row] = await db.execute<PersonRow>(sql`select ${personColumns} from person where person.id = ${id}`)
  return personFrom(found(row && !row.suspended ? row : null))
}
