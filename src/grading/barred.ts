import { type SQL, sql } from 'drizzle-orm'

/** The columns of a marking that decide who is too near to it. */
interface Columns {
  id: SQL
  postId: SQL
  cohortId: SQL
  authorId: SQL
  try: SQL
}

/** The columns of a marking under this name. */
export const markingColumns = (name: string): Columns => ({
  id: sql.raw(`${name}.id`),
  postId: sql.raw(`${name}.post_id`),
  cohortId: sql.raw(`${name}.cohort_id`),
  authorId: sql.raw(`${name}.author_id`),
  try: sql.raw(`${name}.try`),
})

/** Why a person does not mark, as a `Barred`, or null. The database refuses a grade for the first three by itself. */
export const barredFrom = (marking: Columns, person: SQL): SQL => sql`case
  when ${marking.authorId} = ${person} then 'own'
  when ${isBuddy(person, marking.authorId)} then 'buddy'
  when ${studiesIn(person, marking.cohortId)} then 'studies'
  when ${hasMarked(person, marking)} then 'marked'
end`

/** Paired with one another, whichever of the two is the leader. */
export const isBuddy = (one: SQL, other: SQL): SQL => sql`exists (
  select from buddy b where b.ended_at is null and (
    b.leader_id = ${one} and b.newcomer_id = ${other} or b.leader_id = ${other} and b.newcomer_id = ${one}))`

/**
 * Enrolled there, with reflections of the course still to pass. Whoever has passed them all grades there: most mentors
 * took the self-paced course themselves, and are enrolled in it for good.
 */
export const studiesIn = (person: SQL, cohortId: SQL): SQL => sql`exists (
  select from enrolment e where e.cohort_id = ${cohortId} and e.person_id = ${person}
    and e.ended_at is null and e.reflected_at is null)`

const hasMarked = (person: SQL, { id, postId, try: aTry }: Columns): SQL => sql`exists (
  select from marking done where done.post_id = ${postId} and done.try = ${aTry} and done.done_by_id = ${person}
    and done.id <> ${id})`
