import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Person } from '../../people/person.ts'
import {
  type Asked,
  type CohortsServed,
  type Listed,
  listedFrom,
  type ListedRow,
  pageOf,
  type PeoplePage,
} from './listed.ts'

/** After how many days a returned reflection that did not come again is looked at. */
export const returnedAfter = 5

/** Somebody whose reflection was returned a while ago, and who has not handed it in again. */
export interface Returned extends Listed {
  postId: number
  module: string
  /** When it came back to them. */
  returned: Date
}

interface Row extends ListedRow {
  post_id: string
  module: string
  since: string
  released_at: string
}

/**
 * Whose reflections came back and still lie there, in the cohorts that a mentor grades in, those handed in last first.
 * A short range of an index for each cohort; `since` is when they were handed in.
 */
export async function notHandedInAgain(
  db: Queryable,
  mentor: Person,
  cohorts: CohortsServed,
  { limit, after }: Asked,
): Promise<PeoplePage<Returned>> {
  const rows = await db.execute<Row>(sql`
    select w.cohort_id, w.author_id as id, w.post_id, w.module, w.submitted_at as since, w.released_at,
      p.handle, p.display_name
    from unnest(${cohorts.ids}) served(id) cross join lateral (
      select s.*, r.released_at from submission s cross join lateral (
        select max(r.released_at) as released_at from result r where r.post_id = s.post_id and r.try = s.try) r
      where s.cohort_id = served.id and s.state = 'returned'
        and s.submitted_at <= now() - make_interval(days => ${returnedAfter})
        and r.released_at <= now() - make_interval(days => ${returnedAfter})
        and s.author_id <> ${mentor.id}
        and exists (select from enrolment e where e.person_id = s.author_id and e.cohort_id = s.cohort_id
          and e.ended_at is null)
        and not exists (select from suspension x where x.person_id = s.author_id and x.ended_at is null)
        and ${cohorts.beyond(after, sql`s.submitted_at`, sql`s.post_id`)}
      order by s.submitted_at desc, s.post_id desc limit ${limit + 1}) w
      join person p on p.id = w.author_id
    order by w.submitted_at desc, w.post_id desc limit ${limit + 1}`)
  return pageOf(
    rows,
    limit,
    row => ({
      ...listedFrom(row, cohorts),
      ...{ postId: Number(row.post_id), module: row.module },
      ...{ since: new Date(row.since), returned: new Date(row.released_at) },
    }),
    ({ postId }) => postId,
  )
}
