import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { canRunProgramme } from '../../people/policy.ts'
import type { Person } from '../../people/person.ts'
import { cohortsToGrade } from '../cohorts-served.ts'

/** Over how many days times are taken. */
export const timesOver = 28
/** So many answers of a cohort are enough to tell, the newest. */
const mostAnswers = 5000

/** How long first answers took in a course, or in one of its cohorts. */
export interface AnswerTimes {
  course: string
  /** Null for the whole course. */
  cohort: { id: number; name: string } | null
  answers: number
  /** From handing in to the release of the answer, in milliseconds: half took less. */
  median: number
  /** How many came by when they were promised. */
  within: number
}

interface Row extends Record<string, unknown> {
  course: string
  cohort_id: string | null
  name: string | null
  answers: number
  median: string
  within: number
}

/**
 * The times of all answers that were released lately, in the cohorts that a mentor grades in; of admins, in all. A
 * correction and an appeal are no first answers, and don't count.
 */
export async function answerTimes(db: Queryable, person: Person): Promise<AnswerTimes[]> {
  const all = canRunProgramme(person)
  const ids = all ? [] : (await cohortsToGrade(db, person)).map(({ cohortId }) => cohortId)
  const rows = await db.execute<Row>(sql`
    select c.course, c.id as cohort_id, min(c.name) as name, count(*)::int as answers,
      extract(epoch from percentile_cont(0.5) within group (order by r.released_at - r.submitted_at)) * 1000 as median,
      count(*) filter (where r.released_at <= r.promised_by)::int as within
    from cohort c cross join lateral (
      select * from result r
      where r.cohort_id = c.id and r.released_at > now() - make_interval(days => ${timesOver})
      order by r.released_at desc nulls last limit ${mostAnswers}) r
    where (${all} or c.id = any(${sql.param(ids)}::bigint[])) and r.rule <> 'appeal'
      and not exists (select from result before where before.post_id = r.post_id and before.try = r.try
        and before.id < r.id and before.released_at is not null)
    group by grouping sets ((c.course), (c.course, c.id))
    order by c.course, c.id is not null, name`)
  return rows.map(({ course, cohort_id, name, answers, median, within }) => ({
    ...{ course, answers, within, median: Number(median) },
    cohort: cohort_id === null ? null : { id: Number(cohort_id), name: name ?? '' },
  }))
}
