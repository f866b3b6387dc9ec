import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { cohort, enrolment } from '../../db/schema/courses.ts'
import { ensure, found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { audit } from '../record/audit.ts'
import { selfPacedCohort } from './cohorts.ts'

/**
 * Enrols a person in a cohort. Whoever was in another cohort of the same course moves over: their posts stay where
 * they wrote them, and what they have done counts on.
 * @param by who enrols; who calls this has checked that they may
 */
export async function enrol(
  tx: Tx,
  by: { id: number } | null,
  { cohortId, personId }: { cohortId: number; personId: number },
) {
  const [place] = await tx.select().from(cohort).where(eq(cohort.id, cohortId))
  const { course } = found(place)
  const [before] = await tx
    .select()
    .from(enrolment)
    .where(and(eq(enrolment.personId, personId), eq(enrolment.course, course), isNull(enrolment.endedAt)))
    .for('update')
  if (before?.cohortId === cohortId) return
  if (before) await tx.update(enrolment).set({ endedAt: new Date() }).where(eq(enrolment.id, before.id))
  const [made] = await tx
    .insert(enrolment)
    .values({
      ...{ cohortId, personId, course },
      finishedAt: keptFrom('finished_at', personId, course),
      reflectedAt: keptFrom('reflected_at', personId, course),
    })
    .onConflictDoNothing()
    .returning()
  if (made) await audit(tx, by, 'enrolment.made', { cohort: cohortId, course }, personId)
}

/** Whoever has finished a course stays finished wherever they move. */
const keptFrom = (
  column: 'finished_at' | 'reflected_at',
  personId: number,
  course: string,
) => sql<Date | null>`(
  select min(${sql.raw(column)}) from enrolment where person_id = ${personId} and course = ${course})`

/** A person's own choice to take a course at their own pace; if they are in a cohort of it already, they stay there. */
export async function startCourse(tx: Tx, person: Person, course: string): Promise<void> {
  if (await enrolmentIn(tx, person, course)) return
  const { id } = await selfPacedCohort(tx, course)
  await enrol(tx, person, { cohortId: id, personId: person.id })
}

/** The cohort in which a person takes a course now, or null. */
export async function enrolmentIn(db: Queryable, person: { id: number }, course: string) {
  const [row] = await db
    .select({
      cohortId: enrolment.cohortId,
      name: cohort.name,
      selfPaced: cohort.selfPaced,
      startsOn: cohort.startsOn,
      endsOn: cohort.endsOn,
    })
    .from(enrolment)
    .innerJoin(cohort, eq(cohort.id, enrolment.cohortId))
    .where(and(eq(enrolment.personId, person.id), eq(enrolment.course, course), isNull(enrolment.endedAt)))
  return row ?? null
}

/** Takes a person out of a cohort; what they did there stays. @throws Forbidden, NotFound */
export async function endEnrolment(
  tx: Tx,
  admin: Person,
  { cohortId, personId }: { cohortId: number; personId: number },
) {
  ensure(canRunProgramme(admin))
  const [row] = await tx
    .update(enrolment)
    .set({ endedAt: new Date() })
    .where(and(eq(enrolment.cohortId, cohortId), eq(enrolment.personId, personId), isNull(enrolment.endedAt)))
    .returning()
  found(row)
  await audit(tx, admin, 'enrolment.ended', { cohort: cohortId }, personId)
}
