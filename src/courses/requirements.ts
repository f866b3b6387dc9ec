import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import type { Module } from './course.ts'

/** What stands between a person and the work of a module. */
export type WayIn = {
  /** Whether they take the module's course now. */
  readonly enrolled: boolean
  /** Earlier modules to finish first, in the order of the course. */
  readonly first: readonly Module[]
}

interface Done extends Record<string, unknown> {
  enrolled: boolean
  read: string[]
  reflected: string[]
  passed: string[]
}

/**
 * What stands between a person and a module, in one query. An earlier module is finished when it is read, its
 * reflection posted (nobody waits for a mentor) and its quiz passed, where it has them.
 */
export async function wayInto(
  db: Queryable,
  content: Content,
  person: { id: number },
  module: Module,
): Promise<WayIn> {
  const required = sql`${sql.param(module.requires)}::text[]`
  const [done] = await db.execute<Done>(sql`
    select
      exists (select from enrolment where person_id = ${person.id} and course = ${module.course} and ended_at is null)
        as enrolled,
      array(select module from reading where person_id = ${person.id} and module = any(${required})) as read,
      array(select module from submission where author_id = ${person.id} and module = any(${required})) as reflected,
      array(select quiz from attempt where person_id = ${person.id} and quiz = any(${required}) and passed) as passed`)
  const { enrolled, read, reflected, passed } = done!
  const isFinished = ({ id, reflection, quiz }: Module) =>
    read.includes(id) && (!reflection || reflected.includes(id)) && (!quiz || passed.includes(id))
  const first = module.requires
    .map(content.module)
    .filter(earlier => earlier !== undefined)
    .filter(earlier => !isFinished(earlier))
  return { enrolled, first }
}

/** Lets nobody begin a module's work who does not take its course or has earlier modules to finish. @throws Forbidden */
export async function ensureWayInto(
  db: Queryable,
  content: Content,
  person: Person,
  module: Module,
): Promise<void> {
  const { enrolled, first } = await wayInto(db, content, person, module)
  ensure(enrolled, 'Please join the course first.')
  ensure(first.length === 0, `Please finish “${first[0]?.title}” first.`)
}
