import { and, eq, or, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { cohort } from '../../db/schema/courses.ts'
import { NotFound } from '../errors.ts'
import { findPerson } from '../people/load-person.ts'
import type { Person } from '../people/person.ts'

/** The person of a handle, with `@` or without. @throws NotFound */
export async function personNamed(db: Queryable, handle: string): Promise<Person> {
  const person = await findPerson(db, { handle })
  if (!person) throw new NotFound(`There is nobody called @${handle.replace(/^@/, '')}.`)
  return person
}

/** A cohort by its number, by its name, or by its course, which means the self-paced one. @throws NotFound */
export async function cohortNamed(db: Queryable, name: string) {
  const rows = await db
    .select()
    .from(cohort)
    .where(
      or(
        /^\d{1,15}$/.test(name) ? eq(cohort.id, Number(name)) : undefined,
        eq(sql`lower(${cohort.name})`, name.toLowerCase()),
        and(eq(cohort.course, name), cohort.selfPaced),
      ),
    )
  if (rows.length > 1)
    throw new NotFound(
      `Several cohorts are called “${name}”. Please give its number: ${rows.map(row => row.id).join(', ')}.`,
    )
  if (!rows[0]) throw new NotFound(`There is no cohort “${name}”.`)
  return rows[0]
}
