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

/** After how many days without a sign somebody has gone quiet, and after how many a word is no longer looked for. */
export const quietAfter = 14
export const quietUntil = 90
/** So many people of a cohort are looked at, those with the youngest accounts: of a large one it is the newcomers. */
const looked = 400

/** Somebody who takes a course and has neither read, written nor tried anything since then. */
export interface Quiet extends Listed {
  /** The last that they wrote in the cohort, where there is something. */
  postId: number | null
}

interface Row extends ListedRow {
  since: string
  post_id: string | null
}

/**
 * Who has gone quiet in the cohorts that a mentor grades in. The newest silence comes first: a word reaches whoever
 * has been away for two weeks rather than whoever left long ago. Who waits for an answer is not quiet, and whose
 * reflection was returned stands in the list of those.
 */
export async function goneQuiet(
  db: Queryable,
  mentor: Person,
  cohorts: CohortsServed,
  { limit, after }: Asked,
): Promise<PeoplePage<Quiet>> {
  const rows = await db.execute<Row>(sql`
    select q.cohort_id, q.person_id as id, p.handle, p.display_name, q.since, (
      select w.id from post w join discussion d on d.id = w.discussion_id
      where w.author_id = q.person_id and d.cohort_id = q.cohort_id and w.removed is null
      order by w.id desc limit 1) as post_id
    from (
      select distinct on (e.person_id) e.cohort_id, e.person_id, greatest(e.at,
        (select max(r.at) from reading r where r.person_id = e.person_id),
        (select w.created_at from post w where w.author_id = e.person_id order by w.id desc limit 1),
        (select max(greatest(a.started_at, a.submitted_at)) from attempt a where a.person_id = e.person_id),
        (select max(g.at) from guide_completion g where g.person_id = e.person_id)) as since
      from unnest(${cohorts.ids}) served(id) cross join lateral (
        select * from enrolment e where e.cohort_id = served.id and e.ended_at is null and e.finished_at is null
          and e.at < now() - make_interval(days => ${quietAfter})
        order by e.person_id desc limit ${looked}) e
      where e.person_id <> ${mentor.id} and not exists (
        select from submission s where s.author_id = e.person_id and s.state <> 'passed')
      order by e.person_id, e.at desc) q
      join person p on p.id = q.person_id
    where q.since < now() - make_interval(days => ${quietAfter})
      and q.since > now() - make_interval(days => ${quietUntil})
      and not exists (select from suspension s where s.person_id = q.person_id and s.ended_at is null)
      and ${cohorts.beyond(after, sql`q.since`, sql`q.person_id`)}
    order by q.since desc, q.person_id desc limit ${limit + 1}`)
  return pageOf(rows, limit, row => ({
    ...listedFrom(row, cohorts),
    since: new Date(row.since),
    postId: row.post_id === null ? null : Number(row.post_id),
  }))
}
