import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

const most = 20

interface Row extends Record<string, unknown> {
  id: string
  name: string
  course: string
}

/**
 * Boards of cohorts by a part of their name, for admins, who may see every one: those with the latest word first.
 * @returns at most twenty, and whether there are more
 * @throws Forbidden
 */
export async function findBoards(db: Queryable, admin: Person, words: string) {
  ensure(canRunProgramme(admin))
  const pattern = `%${words
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db.execute<Row>(sql`
    select c.id, c.name, c.course from cohort c
    left join lateral (
      select last_posted_at from discussion d
      where d.cohort_id = c.id and d.title is not null order by last_posted_at desc limit 1
    ) latest on true
    where lower(c.name) like ${pattern}
    order by latest.last_posted_at desc nulls last, c.name, c.id limit ${most + 1}`)
  const boards = rows.slice(0, most).map(({ id, name, course }) => ({ slug: id, name, course }))
  return { boards, more: rows.length > most }
}
