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

/** For how many days there is something to celebrate. */
export const celebratedFor = 14
/** So many results of a cohort are looked at for a page, the newest, however many went out. */
const looked = 2000

/** Somebody who passed with distinction or, with it or another reflection, has now passed every one of the course. */
export interface Praised extends Listed {
  resultId: number
  postId: number
  module: string
  distinction: boolean
  finished: boolean
}

interface Row extends ListedRow {
  result_id: string
  post_id: string
  module: string
  since: string
  distinction: boolean
  finished: boolean
}

/**
 * What went well lately in the cohorts that a mentor grades in, the newest first. The last reflection of a course passes in the
 * transaction that releases its result, so that one walk along the released results finds both.
 */
export async function toCelebrate(
  db: Queryable,
  mentor: Person,
  cohorts: CohortsServed,
  { limit, after }: Asked,
): Promise<PeoplePage<Praised>> {
  const rows = await db.execute<Row>(sql`
    select w.cohort_id, w.author_id as id, w.id as result_id, w.post_id, w.module, w.released_at as since,
      w.outcome = 'distinction' as distinction, w.finished, p.handle, p.display_name
    from (
      select r.*, exists (
        select from enrolment e where e.person_id = r.author_id and e.cohort_id = r.cohort_id and e.ended_at is null
          and e.reflected_at between r.released_at - interval '1 minute' and r.released_at) as finished
      from unnest(${cohorts.ids}) served(id) cross join lateral (
        select * from result r
        where r.cohort_id = served.id and r.released_at > now() - make_interval(days => ${celebratedFor})
          and ${cohorts.beyond(after, sql`r.released_at`, sql`r.id`)}
        order by r.released_at desc nulls last, r.id desc limit ${looked}) r
      where r.outcome <> 'return' and r.author_id <> ${mentor.id}) w
      join person p on p.id = w.author_id
    where (w.outcome = 'distinction' or w.finished)
      and not exists (select from result newer where newer.post_id = w.post_id and newer.id > w.id
        and newer.released_at is not null)
      and exists (select from submission s where s.post_id = w.post_id and s.state = 'passed')
      and not exists (select from suspension x where x.person_id = w.author_id and x.ended_at is null)
    order by w.released_at desc, w.id desc limit ${limit + 1}`)
  return pageOf(
    rows,
    limit,
    row => ({
      ...listedFrom(row, cohorts),
      ...{ resultId: Number(row.result_id), postId: Number(row.post_id), module: row.module },
      ...{ since: new Date(row.since), distinction: row.distinction, finished: row.finished },
    }),
    ({ resultId }) => resultId,
  )
}
