import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Person } from '../people/person.ts'
import type { State } from './submission.ts'

/** What a mentor said about one try. */
export interface Grade {
  try: number
  /** The revision of the post that was graded. */
  revision: number
  outcome: 'pass' | 'return'
  rubric: string
  /** Criterion id to level id. */
  levels: Record<string, string>
  feedbackHtml: string
  mentor: { handle: string; displayName: string }
  at: Date
}

/** Where a reflection stands with its mentors, and every grade so far, the first try first. */
export interface Graded {
  module: string
  state: State
  try: number
  submittedAt: Date
  promisedBy: Date
  /** A mentor is at work on it now. */
  withMentor: boolean
  grades: Grade[]
}

interface Row extends Record<string, unknown> {
  post_id: string
  module: string
  state: State
  try: number
  submitted_at: string
  promised_by: string
  with_mentor: boolean
  grades: (Omit<Grade, 'at'> & { at: string })[]
}

/**
 * Where these reflections stand, by post: the viewer's own, and those of cohorts that the viewer mentors. Of all
 * others nothing is told.
 */
export const gradesOf = (db: Queryable, viewer: Person, postIds: number[]): Promise<Map<number, Graded>> =>
  read(
    db,
    postIds,
    sql`(s.author_id = ${viewer.id} or ${viewer.rights.grade} and exists (
      select from cohort c where c.id = s.cohort_id
        and (c.self_paced or c.id = any(${sql.param(viewer.cohortsMentored)}::bigint[]))))`,
  )

/** The same of any reflections, for a reader that has made sure of its viewer. */
export const gradesAmong = (db: Queryable, postIds: number[]) => read(db, postIds, sql`true`)

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
      exists (select from claim k where k.post_id = s.post_id and k.expires_at > now()) as with_mentor,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'try', g.try, 'revision', g.revision, 'outcome', g.outcome, 'rubric', g.rubric, 'levels', g.levels,
          'feedbackHtml', g.feedback_html, 'at', g.at,
          'mentor', jsonb_build_object('handle', m.handle, 'displayName', m.display_name)) order by g.try)
        from grade g join person m on m.id = g.mentor_id where g.post_id = s.post_id), '[]') as grades
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
  grades: row.grades.map(({ at, ...grade }) => ({ ...grade, at: new Date(at) })),
})
