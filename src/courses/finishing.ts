import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'

/**
 * Marks an enrolment as finished once every reflection of its course has passed: whoever is enrolled then no longer
 * studies there, and may grade there as a mentor. Modules that are added later don't undo it.
 */
export async function finishIfDone(
  tx: Tx,
  content: Content,
  { authorId, module }: { authorId: number; module: string },
): Promise<void> {
  const course = module.split('/')[0] ?? ''
  await finish(tx, content, course, sql`e.person_id = ${authorId}`)
}

/** The same for everybody, for a course whose modules have become fewer, or that was taken before this was kept. */
export async function finishAllDone(db: Queryable, content: Content): Promise<void> {
  for (const { id } of content.courses) await finish(db, content, id, sql`true`)
}

const finish = (db: Queryable, content: Content, course: string, whose: ReturnType<typeof sql>) => {
  const asked = content.course(course)?.modules.filter(({ reflection }) => reflection) ?? []
  return db.execute(sql`
    update enrolment e set finished_at = now()
    where e.course = ${course} and e.ended_at is null and e.finished_at is null and ${whose}
      and not exists (
        select from unnest(${sql.param(asked.map(({ id }) => id))}::text[]) as asked(module)
        where not exists (select from submission s
          where s.author_id = e.person_id and s.module = asked.module and s.state = 'passed'))`)
}
