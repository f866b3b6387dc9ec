import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'
import { type Change, changesBetween } from '../discussions/changes.ts'
import { type Claim, claimOn } from './claim.ts'
import { type Graded, gradesAmong } from './grades.ts'
import { canGrade } from './policy.ts'
import { type Submission, submissionFor } from './submission.ts'

/** Everything a mentor looks at when they grade one reflection. */
export interface OnDesk {
  submission: Submission
  mayGrade: boolean
  /** Who is at work on it now; it may be the mentor who asks. */
  claim: Claim | null
  /** Its earlier tries, with what mentors said. */
  graded: Graded
  /** How it differs from the text that was graded last; null where there is no such text, or it is this one. */
  changes: Change[] | null
  replies: Reply[]
  /** The author's other reflections in the course, in the order of their last submission, the newest first. */
  earlier: EarlierWork[]
}

export interface Reply {
  id: number
  author: { handle: string; displayName: string }
  html: string
  createdAt: Date
}

export interface EarlierWork extends Graded {
  postId: number
  html: string
}

/** @throws NotFound when the reflection is not of a cohort they mentor */
export async function reflectionOnDesk(
  db: Queryable,
  content: Content,
  mentor: Person,
  postId: number,
): Promise<OnDesk> {
  const submission = await submissionFor(db, content, mentor, postId)
  const [claim, others, replies] = await Promise.all([
    claimOn(db, postId),
    reflectionsInCourse(db, submission),
    repliesTo(db, postId),
  ])
  const grades = await gradesAmong(db, [postId, ...others.map(({ postId }) => postId)])
  const graded = grades.get(postId)!
  return {
    submission,
    mayGrade: canGrade(mentor, submission),
    claim,
    graded,
    changes: await changesSince(db, submission, graded.grades.at(-1)?.revision),
    replies,
    earlier: others.map(work => ({ ...work, ...grades.get(work.postId)! })),
  }
}

/** At most 30, which is more than a course has. */
async function reflectionsInCourse(db: Queryable, { postId, authorId, course }: Submission) {
  const rows = await db.execute<{ post_id: string; html: string }>(sql`
    select s.post_id, p.html from submission s join post p on p.id = s.post_id
    where s.author_id = ${authorId} and split_part(s.module, '/', 1) = ${course} and s.post_id <> ${postId}
    order by s.submitted_at desc limit 30`)
  return rows.map(({ post_id, html }) => ({ postId: Number(post_id), html }))
}

async function repliesTo(db: Queryable, postId: number): Promise<Reply[]> {
  const rows = await db.execute<{
    id: string
    handle: string
    display_name: string
    html: string
    created_at: string
  }>(sql`
    select p.id, a.handle, a.display_name, p.html, p.created_at from post p join person a on a.id = p.author_id
    where p.parent_id = ${postId} and p.kind = 'reply' and p.removed is null order by p.id limit 50`)
  return rows.map(row => ({
    id: Number(row.id),
    author: { handle: row.handle, displayName: row.display_name },
    html: row.html,
    createdAt: new Date(row.created_at),
  }))
}

/** What has changed since `revision`, word by word; null when there is no such revision, or it is the present one. */
async function changesSince(db: Queryable, submission: Submission, revision: number | undefined) {
  if (revision === undefined || revision === submission.revision) return null
  const [before] = await db.execute<{ markdown: string }>(sql`
    select markdown from post_revision where post_id = ${submission.postId} and revision = ${revision}`)
  return before ? changesBetween(before.markdown, submission.markdown) : null
}
