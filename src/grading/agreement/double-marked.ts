import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'

/** A first mark as it was given, before anybody knew of another. */
export interface Mark {
  mentorId: number
  handle: string
  rubric: string
  /** Criterion id to level id. */
  levels: Readonly<Record<string, string>>
  at: Date
}

/** A try that two marked, neither knowing of the other. */
export interface DoubleMarked {
  first: Mark
  second: Mark
}

/** A year, and so many tries of it: the newest say most about how people mark now. */
export const looksBack = { days: 365, tries: 2000 }

interface Row extends Record<string, unknown> {
  first: Omit<Mark, 'at'> & { at: string }
  second: Omit<Mark, 'at'> & { at: string }
}

/**
 * The tries of a course that two have marked, the last to be answered first, at most `looksBack`. Only those whose
 * answer is out: until then nobody may learn from any figure what another gave.
 */
export async function doubleMarked(db: Queryable, course: string): Promise<DoubleMarked[]> {
  // Cohort by cohort, each read from its newest answer back, so that a large cohort is not read through.
  const rows = await db.execute<Row>(sql`
    with answered as (
      select newest.post_id, newest.try, max(newest.released_at) as released_at
      from cohort cross join lateral (
        select r.post_id, r.try, r.released_at from result r
        where r.cohort_id = cohort.id and r.rule not in ('only', 'appeal')
          and r.released_at > now() - make_interval(days => ${looksBack.days}::int)
        order by r.released_at desc nulls last limit ${looksBack.tries}) newest
      where cohort.course = ${course}
      group by 1, 2 order by 3 desc limit ${looksBack.tries}
    ), twice as (
      select m.id as first, n.id as second, a.released_at as at from answered a
      join marking m on m.post_id = a.post_id and m.try = a.try and m.purpose = 'first' and m.done_by_id is not null
      join marking n on n.post_id = a.post_id and n.try = a.try and n.purpose = 'second' and n.done_by_id is not null
    ) ${firstGrades}`)
  return rows.map(fromRow)
}

/**
 * The latest tries of a course that a mentor and another have marked, seen from the mentor: their own mark first,
 * whichever role it had. At most `limit`, closed after `since`, and answered.
 */
export async function latestDoubleMarked(
  db: Queryable,
  { mentorId, course, since, limit }: { mentorId: number; course: string; since: Date; limit: number },
): Promise<DoubleMarked[]> {
  const rows = await db.execute<Row>(sql`
    with twice as (
      select own.id as first, n.id as second, own.closed_at as at from marking own
      join marking n on n.post_id = own.post_id and n.try = own.try and n.done_by_id is not null
        and n.purpose = case own.purpose when 'first' then 'second' else 'first' end
      where own.done_by_id = ${mentorId} and own.closed_at > ${since.toISOString()}::timestamptz
        and own.purpose in ('first', 'second') and split_part(own.module, '/', 1) = ${course}
        and exists (
          select from result r where r.post_id = own.post_id and r.try = own.try and r.released_at is not null)
      order by own.closed_at desc limit ${limit}
    ) ${firstGrades}`)
  return rows.map(fromRow)
}

/** The first grade that was saved for each marking of `twice`. */
const firstGrades = sql`
  select ${mark(sql`one`)} as first, ${mark(sql`two`)} as second from twice
  cross join lateral (select * from grade g where g.marking_id = twice.first order by g.id limit 1) one
  cross join lateral (select * from grade g where g.marking_id = twice.second order by g.id limit 1) two
  order by twice.at desc, twice.first`

function mark(grade: SQL): SQL {
  return sql`jsonb_build_object('mentorId', ${grade}.mentor_id, 'rubric', ${grade}.rubric, 'levels', ${grade}.levels,
    'at', ${grade}.at, 'handle', (select handle from person where id = ${grade}.mentor_id))`
}

const fromRow = ({ first, second }: Row): DoubleMarked => ({
  first: { ...first, at: new Date(first.at) },
  second: { ...second, at: new Date(second.at) },
})
