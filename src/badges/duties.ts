import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { certificate, duty } from '../../db/schema/badges.ts'
import { after } from '../authoring/duration.ts'
import type { Content } from '../authoring/content.ts'
import { ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import type { Badge } from './badge.ts'
import { judge } from './criteria.ts'
import type { Certificate } from './deciding.ts'
import type { Facts } from './facts.ts'
import { liftWhereDone } from './holding/lift.ts'
import { today } from './load-facts.ts'
import { canSeeStanding } from './policy.ts'

/** Begins the duties of a badge just granted. What is done already is found done when standing is reviewed next. */
export async function beginDuties(
  tx: Tx,
  badge: Badge,
  { id, personId, grantedAt }: Certificate,
): Promise<void> {
  const duties = badge.duties.map(({ course, within }) => ({
    ...{ certificateId: id, personId, course },
    dueOn: after(grantedAt, within).toISOString().slice(0, 10),
  }))
  if (duties.length > 0) await tx.insert(duty).values(duties)
}

/**
 * Begins the overdue duties of a certificate anew, since an admin lets its badge hold without them for now: as much time
 * as at the grant, with its reminders.
 */
export async function beginDutiesAgain(tx: Tx, badge: Badge, { id }: Certificate, at: Date): Promise<void> {
  for (const { course, within } of badge.duties)
    await tx.execute(sql`
      update duty set due_on = ${after(at, within).toISOString().slice(0, 10)}::date, looked_on = ${today()}::date
      where certificate_id = ${id} and course = ${course} and done_at is null and let_go_at is null
        and due_on < ${today()}::date`)
}

/**
 * Marks the open duties done whose course the person has completed, each with a line in the audit log.
 * @returns whose badge holds again by that, so that their facts have changed
 */
export async function reviewDuties(
  tx: Tx,
  content: Content,
  facts: ReadonlyMap<number, Facts>,
): Promise<number[]> {
  const courses = coursesOfDuties(content)
  const done = [...facts].flatMap(([personId, theirs]) =>
    courses.filter(course => isComplete(content, course, theirs)).map(course => ({ personId, course })),
  )
  return completeDuties(tx, content, done)
}

/** The courses that some badge asks its holders to finish. */
export const coursesOfDuties = ({ badges }: Content): string[] => [
  ...new Set(badges.flatMap(({ duties }) => duties.map(({ course }) => course))),
]

/**
 * Marks these open duties done, each with a line in the audit log; and reinstates what was suspended for them.
 * @returns whose badge holds again by that
 */
export async function completeDuties(
  tx: Tx,
  content: Content,
  done: readonly { personId: number; course: string }[],
): Promise<number[]> {
  if (done.length === 0) return []
  const rows = await tx.execute<{ person_id: string }>(sql`
    with done as (
      update duty set done_at = clock_timestamp()
      from unnest(
        ${sql.param(done.map(({ personId }) => personId))}::bigint[],
        ${sql.param(done.map(({ course }) => course))}::text[]) as complete (person_id, course)
      where duty.person_id = complete.person_id and duty.course = complete.course and duty.done_at is null
        and duty.let_go_at is null
      returning duty.person_id, duty.course
    )
    insert into audit_entry (action, subject_id, details)
    select 'duty.done', person_id, jsonb_build_object('course', course) from done returning subject_id as person_id`)
  return liftWhereDone(
    tx,
    content,
    rows.map(({ person_id }) => Number(person_id)),
  )
}

const isComplete = (content: Content, course: string, facts: Facts) =>
  judge({ kind: 'course-complete', course }, facts, today(), content.outline).met

/** A person's duties from the badges they hold now, the most urgent first. @throws Forbidden */
export function dutiesOf(db: Queryable, viewer: Person, personId: number) {
  ensure(canSeeStanding(viewer, { id: personId }))
  return db
    .select({ badge: certificate.badge, course: duty.course, dueOn: duty.dueOn, doneAt: duty.doneAt })
    .from(duty)
    .innerJoin(certificate, eq(certificate.id, duty.certificateId))
    .where(and(eq(duty.personId, personId), isNull(certificate.endedAt), isNull(duty.letGoAt)))
    .orderBy(asc(duty.dueOn), asc(duty.id))
}
export type DutyOf = Awaited<ReturnType<typeof dutiesOf>>[number]
