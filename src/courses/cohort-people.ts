import { asc, eq, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { cohort, cohortMentor, enrolment } from '../../db/schema/courses.ts'
import { person } from '../../db/schema/people.ts'
import type { Content } from '../authoring/content.ts'
import { readingNeeded } from '../authoring/revisions.ts'
import { ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

/** Somebody in a cohort, and how much of the course they have done. */
export interface Member {
  personId: number
  handle: string
  displayName: string
  since: Date
  read: number
  passed: number
  quizzes: number
}

interface Row extends Record<string, unknown>, Omit<Member, 'personId' | 'displayName' | 'since'> {
  person_id: string
  display_name: string
  at: string
}

const pageSize = 100

/**
 * A page of those who are in a cohort now, by handle, with their progress in its course, for admins.
 * @param after the last handle of the page before
 * @throws Forbidden
 */
export async function cohortPeople(
  db: Queryable,
  content: Content,
  admin: Person,
  { id, course }: { id: number; course: string },
  after = '',
): Promise<{ members: Member[]; next: string | null }> {
  ensure(canRunProgramme(admin))
  const taught = content.course(course)?.modules ?? []
  const modules = sql.param(taught.map(({ id }) => id))
  const needed = sql.param(taught.map(readingNeeded))
  const passesFrom = sql.param(taught.map(({ quizSince }) => fromDay(quizSince)))
  const answersFrom = sql.param(taught.map(({ reflectionSince }) => fromDay(reflectionSince)))
  const rows = await db.execute<Row>(sql`
    select e.person_id, p.handle, p.display_name, e.at,
      (select count(distinct r.module)::int from reading r
        join unnest(${modules}::text[], ${needed}::int[]) as asked (module, version) on asked.module = r.module
        where r.person_id = p.id and r.version >= asked.version) as read,
      (select count(distinct s.module)::int from submission s
        join unnest(${modules}::text[], ${answersFrom}::text[]) as asked (module, since) on asked.module = s.module
        where s.author_id = p.id and s.state = 'passed' and s.submitted_at >= asked.since::timestamptz) as passed,
      (select count(distinct a.quiz)::int from attempt a
        join unnest(${modules}::text[], ${passesFrom}::text[]) as asked (module, since) on asked.module = a.quiz
        where a.person_id = p.id and a.passed and a.counts
          and a.submitted_at >= asked.since::timestamptz) as quizzes
    from enrolment e join person p on p.id = e.person_id
    where e.cohort_id = ${id} and e.ended_at is null and lower(p.handle) > ${after.toLowerCase()}
    order by lower(p.handle) limit ${pageSize + 1}`)
  const members = rows.slice(0, pageSize).map(({ person_id, display_name, at, ...row }) => ({
    ...row,
    ...{ personId: Number(person_id), displayName: display_name, since: new Date(at) },
  }))
  return { members, next: rows.length > pageSize ? members.at(-1)!.handle : null }
}

const fromDay = (day: string | null) => (day === null ? '-infinity' : `${day}T00:00:00Z`)

/** The mentors assigned to a cohort, for admins. @throws Forbidden */
export function mentorsAssigned(db: Queryable, admin: Person, cohortId: number) {
  ensure(canRunProgramme(admin))
  return db
    .select({ personId: person.id, handle: person.handle, displayName: person.displayName })
    .from(cohortMentor)
    .innerJoin(person, eq(person.id, cohortMentor.personId))
    .where(eq(cohortMentor.cohortId, cohortId))
    .orderBy(asc(person.handle))
}

/** Where a person is or was enrolled, the latest first, for admins. @throws Forbidden */
export function enrolmentsOf(db: Queryable, admin: Person, personId: number) {
  ensure(canRunProgramme(admin))
  return db
    .select({
      cohortId: cohort.id,
      name: cohort.name,
      course: cohort.course,
      at: enrolment.at,
      endedAt: enrolment.endedAt,
    })
    .from(enrolment)
    .innerJoin(cohort, eq(cohort.id, enrolment.cohortId))
    .where(eq(enrolment.personId, personId))
    .orderBy(sql`${enrolment.id} desc`)
}
export type Enrolled = Awaited<ReturnType<typeof enrolmentsOf>>[number]
