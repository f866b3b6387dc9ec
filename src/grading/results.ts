import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Person } from '../people/person.ts'
import type { Outcome, Rule } from './decide.ts'
import type { State } from './marking.ts'

/** What a mentor wrote to the author. */
export interface Feedback {
  mentor: { handle: string; displayName: string }
  feedbackHtml: string
  /** What to change for the next try; empty unless it was returned. */
  toChangeHtml: string
}

/** What the marks of one try came to, as its author knows it. */
export interface Result {
  id: number
  try: number
  /** The revision of the post that was marked. */
  revision: number
  outcome: Outcome
  rubric: string
  /** Criterion id to level id. */
  levels: Record<string, string>
  rule: Rule
  /** The deciding mentor's first. */
  feedback: Feedback[]
  releasedAt: Date
  /** Its author has asked another mentor to look again, and whether that is still open. */
  appeal: 'open' | 'closed' | null
}

/** Where a reflection stands with its mentors, and every result so far, the first try first. */
export interface Graded {
  module: string
  state: State
  try: number
  submittedAt: Date
  promisedBy: Date
  /** A mentor is at work on it now, or has read it and its answer is on its way. */
  withMentor: boolean
  /** How long answers in its cohort have lately taken, in milliseconds; null where too few were given to say. */
  lately: number | null
  results: Result[]
}

interface Row extends Record<string, unknown> {
  post_id: string
  module: string
  state: State
  try: number
  submitted_at: string
  promised_by: string
  with_mentor: boolean
  lately: string | null
  results: (Omit<Result, 'releasedAt'> & { releasedAt: string })[]
}

/**
 * Where these reflections stand, by post: the viewer's own, and those of cohorts that the viewer mentors. Of all
 * others nothing is told; and of none what a mentor made of it before it was released.
 */
export const resultsOf = (db: Queryable, viewer: Person, postIds: number[]): Promise<Map<number, Graded>> =>
  read(
    db,
    postIds,
    sql`(s.author_id = ${viewer.id} or ${viewer.rights.grade} and exists (
      select from cohort c where c.id = s.cohort_id
        and (c.self_paced or c.id = any(${sql.param(viewer.cohortsMentored)}::bigint[]))))`,
  )

/** The same of any reflections, for a reader that has made sure of its viewer. */
export const resultsAmong = (db: Queryable, postIds: number[]) => read(db, postIds, sql`true`)

/** So many of a cohort's latest answers say how the queue moves, and fewer than the second say nothing. */
const latest = { looked: 20, fewest: 5 }

async function read(
  db: Queryable,
  postIds: number[],
  visible: ReturnType<typeof sql>,
): Promise<Map<number, Graded>> {
  if (postIds.length === 0) return new Map()
  const rows = await hot<Row>(
    db,
    sql`
    select s.post_id, s.module, s.state, s.try, s.submitted_at, s.promised_by,
      s.state = 'submitted' and exists (select from marking k where k.post_id = s.post_id and k.try = s.try
        and (k.claimed_until > now() or k.done_by_id is not null)) as with_mentor,
      case when s.state = 'submitted' then (
        select case when count(*) >= ${latest.fewest} then
          extract(epoch from percentile_cont(0.5) within group (order by recent.took)) * 1000 end
        from (select r.released_at - r.submitted_at as took from result r
          where r.cohort_id = s.cohort_id and r.released_at is not null
          order by r.released_at desc nulls last limit ${latest.looked}) recent) end as lately,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', r.id, 'try', r.try, 'outcome', r.outcome, 'rubric', r.rubric, 'levels', r.levels, 'rule', r.rule,
          'releasedAt', r.released_at,
          'revision', (select g.revision from grade g where g.id = r.grade_ids[1]),
          'appeal', (select case when k.closed_at is null then 'open' else 'closed' end
            from appeal a join marking k on k.id = a.marking_id where a.result_id = r.id),
          'feedback', (select jsonb_agg(jsonb_build_object(
              'feedbackHtml', g.feedback_html, 'toChangeHtml', g.to_change_html,
              'mentor', jsonb_build_object('handle', m.handle, 'displayName', m.display_name))
              order by array_position(r.grade_ids, g.id))
            from grade g join person m on m.id = g.mentor_id where g.id = any(r.grade_ids))) order by r.try, r.id)
        from result r where r.post_id = s.post_id and r.released_at is not null), '[]') as results
    from submission s
    where s.post_id = any(${sql.param(postIds)}::bigint[]) and ${visible}`,
  )
  return new Map(rows.map(row => [Number(row.post_id), gradedFrom(row)]))
}

const gradedFrom = (row: Row): Graded => ({
  module: row.module,
  state: row.state,
  try: row.try,
  submittedAt: new Date(row.submitted_at),
  promisedBy: new Date(row.promised_by),
  withMentor: row.with_mentor,
  lately: row.lately === null ? null : Number(row.lately),
  results: row.results.map(({ releasedAt, ...one }) => ({ ...one, releasedAt: new Date(releasedAt) })),
})
