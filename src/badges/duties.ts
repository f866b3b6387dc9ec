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

/** Marks the open duties done whose course the person has completed, each with a line in the audit log. */
export async function reviewDuties(
  tx: Tx,
  content: Content,
  facts: ReadonlyMap<number, Facts>,
): Promise<void> {
  const courses = coursesOfDuties(content)
  const done = [...facts].flatMap(([personId, theirs]) =>
    courses.filter(course => isComplete(content, course, theirs)).map(course => ({ personId, course })),
  )
  await completeDuties(tx, done)
}

/** The courses that some badge asks its holders to finish. */
export const coursesOfDuties = ({ badges }: Content): string[] => [
  ...new Set(badges.flatMap(({ duties }) => duties.map(({ course }) => course))),
]

/** Marks these open duties done, each with a line in the audit log. */
export async function completeDuties(
  tx: Tx,
  done: readonly { personId: number; course: string }[],
): Promise<void> {
  if (done.length === 0) return
  await tx.execute(sql`
    with done as (
      update duty set done_at = now()
      from unnest(
        ${sql.param(done.map(({ personId }) => personId))}::bigint[],
        ${sql.param(done.map(({ course }) => course))}::text[]) as complete (person_id, course)
      where duty.person_id = complete.person_id and duty.course = complete.course and duty.done_at is null
        and duty.let_go_at is null
      returning duty.person_id, duty.course
    )
    insert into audit_entry (action, subject_id, details)
    select 'duty.done', person_id, jsonb_build_object('course', course) from done`)
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
