import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Person } from '../../people/person.ts'
import { cohortsToGrade, type CohortServed } from '../cohorts-served.ts'

/** Somebody on one of the lists of people, and in which cohort. They are not told that they stand there. */
export interface Listed {
  id: number
  handle: string
  displayName: string
  cohort: CohortServed
  /** When it was that puts them there: the lists are in its order, the newest first. */
  since: Date
}

export interface ListedRow extends Record<string, unknown> {
  id: string
  handle: string
  display_name: string
  cohort_id: string
}

export interface PeoplePage<T extends Listed> {
  people: T[]
  /** What `after` is for the page that follows, or null on the last. */
  next: string | null
}

/** How many of a list are asked for, and the `next` of the page before. */
export interface Asked {
  limit: number
  after?: string | undefined
}

/** The cohorts that a mentor grades in, for a query over them. */
export async function cohortsServed(db: Queryable, mentor: Person) {
  const cohorts = await cohortsToGrade(db, mentor)
  return {
    byId: new Map(cohorts.map(cohort => [cohort.cohortId, cohort])),
    ids: sql`${sql.param(cohorts.map(({ cohortId }) => cohortId))}::bigint[]`,
    /** What comes after the page before; anything that is no place is the beginning. */
    beyond: (after: string | undefined, since: SQL, id: SQL): SQL => {
      const [, at, last] = /^(\d{1,14})-(\d{1,15})$/.exec(after ?? '') ?? []
      return at && last
        ? sql`(${since}, ${id}) < (${new Date(Number(at)).toISOString()}::timestamptz, ${Number(last)}::bigint)`
        : sql`true`
    },
  }
}
export type CohortsServed = Awaited<ReturnType<typeof cohortsServed>>

export const listedFrom = (row: ListedRow, { byId }: CohortsServed): Omit<Listed, 'since'> => ({
  ...{ id: Number(row.id), handle: row.handle, displayName: row.display_name },
  cohort: byId.get(Number(row.cohort_id))!,
})

/** A page of rows of which one more than `limit` were asked for. `key` is the id that the rows are ordered by. */
export function pageOf<Row, T extends Listed>(
  rows: readonly Row[],
  limit: number,
  from: (row: Row) => T,
  key: (one: T) => number = ({ id }) => id,
): PeoplePage<T> {
  const people = rows.slice(0, limit).map(from)
  const last = rows.length > limit ? people.at(-1) : undefined
  return { people, next: last ? `${last.since.getTime()}-${key(last)}` : null }
}
