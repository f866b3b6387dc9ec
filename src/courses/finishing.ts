import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'

/**
 * Keeps that people have finished a course, in the transaction of the last thing that it took. They stay finished
 * whatever its author adds or asks for again: what is new is offered to them.
 */
export async function finishCourses(
  tx: Tx,
  finished: readonly { personId: number; course: string }[],
): Promise<void> {
  if (finished.length === 0) return
  await tx.execute(sql`
    update enrolment e set finished_at = now()
    from unnest(
      ${sql.param(finished.map(({ personId }) => personId))}::bigint[],
      ${sql.param(finished.map(({ course }) => course))}::text[]) as done (person_id, course)
    where e.person_id = done.person_id and e.course = done.course
      and e.ended_at is null and e.finished_at is null`)
}

/**
 * Marks an enrolment once every reflection of its course has passed: whoever is enrolled then no longer studies beside
 * the others, and may grade there as a mentor. That is less than finishing, and modules that are added later don't
 * undo it.
 */
export async function reflectedIfDone(
  tx: Tx,
  content: Content,
  { authorId, module }: { authorId: number; module: string },
): Promise<void> {
  const course = module.split('/')[0] ?? ''
  await reflected(tx, content, course, sql`e.person_id = ${authorId}`)
}

/** The same for everybody, for a course whose modules have become fewer, or that was taken before this was kept. */
export async function reflectedWhereDone(db: Queryable, content: Content): Promise<void> {
  for (const { id } of content.courses) await reflected(db, content, id, sql`true`)
}

const reflected = (db: Queryable, content: Content, course: string, whose: ReturnType<typeof sql>) => {
  const asked = content.course(course)?.modules.filter(({ reflection }) => reflection) ?? []
  return db.execute(sql`
    update enrolment e set reflected_at = now()
    where e.course = ${course} and e.ended_at is null and e.reflected_at is null and ${whose}
      and not exists (
        select from unnest(${sql.param(asked.map(({ id }) => id))}::text[]) as asked(module)
        where not exists (select from submission s
          where s.author_id = e.person_id and s.module = asked.module and s.state = 'passed'))`)
}
