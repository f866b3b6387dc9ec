import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canModerate, community, moderatedBy, type Place } from '../policy.ts'

/** A board that somebody looks after: a cohort's, or with no cohort that of the whole community. */
export type BoardModerated = Place & { name: string; course: string | null }

const ofEverybody: BoardModerated = { ...community, name: 'the whole community', course: null }

interface Row extends Record<string, unknown> {
  id: string
  name: string
  course: string
  self_paced: boolean
}

/** The boards that a person looks after, as far as one can choose among them: the newest two hundred. */
export async function boardsModerated(db: Queryable, person: Person): Promise<BoardModerated[]> {
  const cohorts = await read(
    db,
    sql`${moderatedBy(person)} order by cohort.self_paced, cohort.id desc limit 200`,
  )
  return [...(canModerate(person, community) ? [ofEverybody] : []), ...cohorts]
}

/** The board of a cohort, or with null of the whole community. @throws NotFound unless the person looks after it */
export async function boardFor(
  db: Queryable,
  person: Person,
  cohortId: number | null,
): Promise<BoardModerated> {
  const [board] = cohortId === null ? [ofEverybody] : await read(db, sql`cohort.id = ${cohortId}`)
  return found(board && canModerate(person, board) ? board : null)
}

async function read(db: Queryable, where: SQL): Promise<BoardModerated[]> {
  const rows = await db.execute<Row>(
    sql`select cohort.id, cohort.name, cohort.course, cohort.self_paced from cohort where ${where}`,
  )
  return rows.map(({ id, name, course, self_paced }) => ({
    ...{ cohortId: Number(id), selfPaced: self_paced, enrolled: null },
    ...{ name, course },
  }))
}
