import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { mentorsCohort } from '../courses/policy.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { isLearning, passedAsTrainee } from './cohorts-served.ts'
import { concernOn } from './pausing.ts'

export type State = 'submitted' | 'returned' | 'passed'

/** A reflection as a mentor of its cohort finds it. */
export interface Submission {
  postId: number
  cohortId: number
  cohort: string
  course: string
  selfPaced: boolean
  module: string
  rubric: string
  authorId: number
  author: { handle: string; displayName: string }
  /** 1 at first, one more after each return. */
  try: number
  state: State
  submittedAt: Date
  promisedBy: Date
  /** Grading has paused, for somebody is worried about the author: their report. */
  concern: number | null
  /** The post as it stands now. */
  revision: number
  markdown: string
  html: string
  /** Its author has taken it out of the discussion since. */
  deleted: boolean
  /** The mentor is a trainee of the same cohort, with work of their own to pass. */
  besideMentor: boolean
}

interface Row extends Record<string, unknown> {
  post_id: string
  cohort_id: string
  cohort: string
  course: string
  self_paced: boolean
  module: string
  rubric: string
  author_id: string
  handle: string
  display_name: string
  try: number
  state: State
  submitted_at: string
  promised_by: string
  concern: string | null
  revision: number
  markdown: string
  html: string
  deleted: boolean
  passed: string[] | null
}

/** A reflection, found through the mentor who asks. @throws NotFound when it is not of a cohort they mentor */
export async function submissionFor(
  db: Queryable,
  content: Content,
  mentor: Person,
  postId: number,
): Promise<Submission> {
  const [row] = await db.execute<Row>(sql`
    select s.post_id, s.cohort_id, c.name as cohort, c.course, c.self_paced, s.module, s.rubric, s.author_id,
      a.handle, a.display_name, s.try, s.state, s.submitted_at, s.promised_by, p.revision, p.markdown, p.html,
      case when s.paused_at is not null then ${concernOn(sql`s.post_id`)} end as concern,
      p.removed is not distinct from 'deleted' as deleted,
      ${passedAsTrainee(sql`s.cohort_id`, mentor)} as passed
    from submission s
      join post p on p.id = s.post_id
      join cohort c on c.id = s.cohort_id
      join person a on a.id = s.author_id
    where s.post_id = ${postId}`)
  const submission = row && submissionFrom(row, content)
  return found(submission && mentorsCohort(mentor, submission) ? submission : null)
}

/** The same, held still until the transaction ends: nobody claims, grades or resubmits it meanwhile. */
export async function lockSubmission(
  tx: Tx,
  content: Content,
  mentor: Person,
  postId: number,
): Promise<Submission> {
  await tx.execute(sql`select from submission where post_id = ${postId} for update`)
  return submissionFor(tx, content, mentor, postId)
}

const submissionFrom = (row: Row, content: Content): Submission => ({
  postId: Number(row.post_id),
  cohortId: Number(row.cohort_id),
  cohort: row.cohort,
  course: row.course,
  selfPaced: row.self_paced,
  module: row.module,
  rubric: row.rubric,
  authorId: Number(row.author_id),
  author: { handle: row.handle, displayName: row.display_name },
  try: row.try,
  state: row.state,
  submittedAt: new Date(row.submitted_at),
  promisedBy: new Date(row.promised_by),
  concern: row.concern === null ? null : Number(row.concern),
  revision: row.revision,
  markdown: row.markdown,
  html: row.html,
  deleted: row.deleted,
  besideMentor: isLearning(content, row.course, row.passed),
})
