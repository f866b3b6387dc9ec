import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db, Queryable, Tx } from '../../db/client.ts'
import { cohort, cohortMentor } from '../../db/schema/courses.ts'
import type { Content } from '../authoring/content.ts'
import { ensure, found, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { audit } from '../record/audit.ts'

const day = z.iso.date('Please give a date, like 2026-03-31.')

export const cohortInput = z.object({
  course: z.string().min(1).max(80),
  name: z.string().trim().min(1).max(80),
  startsOn: day.optional().or(z.literal('').transform(() => undefined)),
  endsOn: day.optional().or(z.literal('').transform(() => undefined)),
})

export type CohortInput = z.output<typeof cohortInput>

/**
 * Adds a cohort to a course.
 * @param admin null where the operator's command line asks
 * @throws Forbidden; Invalid when there is no such course, the name is taken or the dates are the wrong way round
 */
export async function addCohort(tx: Tx, content: Content, admin: Person | null, values: CohortInput) {
  ensure(admin === null || canRunProgramme(admin))
  if (!content.courses.some(course => course.id === values.course))
    throw new Invalid({ course: `There is no course called “${values.course}”.` })
  if (values.startsOn && values.endsOn && values.endsOn < values.startsOn)
    throw new Invalid({ endsOn: 'The last day comes before the first.' })
  const [added] = await tx
    .insert(cohort)
    .values({ ...values, startsOn: values.startsOn ?? null, endsOn: values.endsOn ?? null })
    .onConflictDoNothing()
    .returning()
  if (!added) throw new Invalid({ name: 'This course has a cohort of that name already.' })
  await audit(tx, admin, 'cohort.added', { cohort: added.id, course: values.course, name: values.name })
  return added
}

/** Makes sure that every course has its self-paced cohort. Run when the site starts; safe to run again. */
export async function ensureSelfPacedCohorts(db: Db, content: Content): Promise<void> {
  const courses = content.courses.map(course => course.id)
  await db.execute(sql`
    insert into cohort (course, name, self_paced)
    select id, 'Self-paced', true from unnest(${sql.param(courses)}::text[]) as course (id)
    where not exists (select from cohort c where c.course = course.id and c.self_paced)
    on conflict do nothing`)
}

/** The self-paced cohort of a course. @throws NotFound */
export async function selfPacedCohort(db: Queryable, course: string) {
  const [row] = await db
    .select()
    .from(cohort)
    .where(and(eq(cohort.course, course), cohort.selfPaced))
  return found(row)
}

/** Every cohort with its number of people, for admins. @throws Forbidden */
export function cohorts(db: Queryable, admin: Person) {
  ensure(canRunProgramme(admin))
  return db
    .select({
      id: cohort.id,
      course: cohort.course,
      name: cohort.name,
      selfPaced: cohort.selfPaced,
      startsOn: cohort.startsOn,
      endsOn: cohort.endsOn,
      // Written out: drizzle would write the bare `id`, which is the enrolment's here.
      people: sql<number>`(select count(*)::int from enrolment e where e.cohort_id = cohort.id and e.ended_at is null)`,
    })
    .from(cohort)
    .orderBy(asc(cohort.course), sql`${cohort.selfPaced} desc`, asc(cohort.name))
}

/** One cohort, for admins. @throws Forbidden, NotFound */
export async function cohortById(db: Queryable, admin: Person, id: number) {
  ensure(canRunProgramme(admin))
  const [row] = await db.select().from(cohort).where(eq(cohort.id, id))
  return found(row)
}

/** Gives a cohort a mentor. Grading there also takes the right that the Mentor badge gives. */
export async function addMentor(
  tx: Tx,
  admin: Person | null,
  { cohortId, personId }: { cohortId: number; personId: number },
) {
  ensure(admin === null || canRunProgramme(admin))
  const [row] = await tx.insert(cohortMentor).values({ cohortId, personId }).onConflictDoNothing().returning()
  if (row) await audit(tx, admin, 'cohort.mentor_added', { cohort: cohortId }, personId)
}

/** Takes a mentor off a cohort. */
export async function removeMentor(
  tx: Tx,
  admin: Person,
  { cohortId, personId }: { cohortId: number; personId: number },
) {
  ensure(canRunProgramme(admin))
  await tx
    .delete(cohortMentor)
    .where(and(eq(cohortMentor.cohortId, cohortId), eq(cohortMentor.personId, personId)))
  await audit(tx, admin, 'cohort.mentor_removed', { cohort: cohortId }, personId)
}

export const markedOnceInput = z.object({
  cohortId: z.coerce.number().int().min(1),
  once: z.enum(['yes', 'no']),
})

/**
 * Says whether the reflections of a cohort are marked by one mentor alone, whatever its course says of second marking:
 * where there are too few mentors for more.
 * @throws Forbidden, NotFound
 */
export async function setMarkedOnce(
  tx: Tx,
  admin: Person,
  { cohortId, once }: z.output<typeof markedOnceInput>,
): Promise<void> {
  const { markedOnceSince } = await cohortById(tx, admin, cohortId)
  if ((markedOnceSince !== null) === (once === 'yes')) return
  await tx
    .update(cohort)
    .set(
      once === 'yes'
        ? { markedOnceSince: new Date(), markedOnceById: admin.id }
        : { markedOnceSince: null, markedOnceById: null },
    )
    .where(eq(cohort.id, cohortId))
  await audit(tx, admin, once === 'yes' ? 'cohort.marked_once' : 'cohort.marked_twice', { cohort: cohortId })
}
