import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { type Change, changesBetween } from '../../discussions/changes.ts'
import type { Person } from '../../people/person.ts'
import type { Outcome } from '../decide.ts'
import { type Marking, markingFor, type Purpose } from '../marking.ts'
import { canGrade } from '../policy.ts'
import { type Graded, resultsAmong } from '../results.ts'

/** Everything a mentor looks at when they mark one try. */
export interface OnDesk {
  marking: Marking
  mayGrade: boolean
  /** Its results so far, as its author knows them. */
  graded: Graded | null
  /** What this mentor has saved for it, the latest first: their own alone. */
  own: SavedGrade[]
  /** Whoever settles two marks or an appeal sees what was marked before, the first mark first; nobody else does. */
  before: MarkBefore[]
  /** Why its author asks for another look, as HTML. */
  appealHtml: string | null
  /** How it differs from the text that was marked last; null where there is no such text, or it is this one. */
  changes: Change[] | null
  replies: Reply[]
  /** The author's other reflections in the course, in the order of their last submission, the newest first. */
  earlier: EarlierWork[]
}

/** A grade as it was saved. */
export interface SavedGrade {
  outcome: Outcome
  levels: Record<string, string>
  feedback: string
  feedbackHtml: string
  toChange: string
  toChangeHtml: string
  /** Whether its author is to hear of it with the others of its module. */
  held: boolean
  at: Date
}

export interface MarkBefore extends SavedGrade {
  purpose: Purpose
  rubric: string
  mentor: { handle: string; displayName: string }
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

/** @throws NotFound when it is not of a cohort they mentor */
export async function reflectionOnDesk(db: Queryable, mentor: Person, id: number): Promise<OnDesk> {
  const marking = await markingFor(db, mentor, id)
  const mayGrade = canGrade(mentor, marking)
  const [others, replies, marks, appealHtml] = await Promise.all([
    reflectionsInCourse(db, marking),
    repliesTo(db, marking.postId),
    marksSeen(db, mentor, marking, mayGrade),
    marking.purpose === 'appeal' ? reasonOf(db, id) : null,
  ])
  const results = await resultsAmong(db, [marking.postId, ...others.map(({ postId }) => postId)])
  const graded = results.get(marking.postId) ?? null
  const lastTry = graded?.results.findLast(one => one.try < marking.try)
  return {
    ...{ marking, mayGrade, graded, replies, appealHtml },
    own: marks.filter(mark => mark.markingId === id),
    before: marks.filter(mark => mark.markingId !== id).toReversed(),
    changes: await changesSince(db, marking, lastTry?.revision),
    earlier: others.map(work => ({ ...work, ...results.get(work.postId)! })),
  }
}

/** At most 30, which is more than a course has. */
async function reflectionsInCourse(db: Queryable, { postId, authorId, course }: Marking) {
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

/**
 * What a mentor may see of the marks of a try: their own; and the others' where they settle it and may do so, which
 * nobody may who has marked it before.
 */
async function marksSeen(
  db: Queryable,
  mentor: Person,
  { id, postId, purpose, try: aTry, closed }: Marking,
  mayGrade: boolean,
): Promise<(MarkBefore & { markingId: number })[]> {
  const settles = (purpose === 'adjudication' || purpose === 'appeal') && mayGrade && !closed
  const rows = await db.execute<
    Omit<MarkBefore, 'mentor' | 'at'> & {
      marking_id: string
      feedback_html: string
      to_change: string
      to_change_html: string
      handle: string
      display_name: string
      given_at: string
    }
  >(sql`
    select g.marking_id, m.purpose, g.rubric, g.outcome, g.levels, g.feedback, g.feedback_html, g.to_change,
      g.to_change_html, g.held, g.at as given_at, a.handle, a.display_name
    from grade g join marking m on m.id = g.marking_id join person a on a.id = g.mentor_id
    where g.post_id = ${postId} and g.try = ${aTry}
      and (g.marking_id = ${id} and g.mentor_id = ${mentor.id}
        or ${settles} and g.marking_id <> ${id} and not exists (
          select from grade later where later.marking_id = g.marking_id and later.id > g.id))
    order by g.id desc`)
  return rows.map(row => ({
    ...{ markingId: Number(row.marking_id), purpose: row.purpose, rubric: row.rubric },
    ...{ outcome: row.outcome, levels: row.levels, feedback: row.feedback, feedbackHtml: row.feedback_html },
    ...{
      toChange: row.to_change,
      toChangeHtml: row.to_change_html,
      held: row.held,
      at: new Date(row.given_at),
    },
    mentor: { handle: row.handle, displayName: row.display_name },
  }))
}

async function reasonOf(db: Queryable, marking: number): Promise<string | null> {
  const [row] = await db.execute<{ reason_html: string }>(sql`
    select reason_html from appeal where marking_id = ${marking}`)
  return row?.reason_html ?? null
}

/** What has changed since `revision`, word by word; null when there is no such revision, or it is the present one. */
async function changesSince(db: Queryable, marking: Marking, revision: number | undefined) {
  if (revision === undefined || revision === marking.revision) return null
  const [before] = await db.execute<{ markdown: string }>(sql`
    select markdown from post_revision where post_id = ${marking.postId} and revision = ${revision}`)
  return before ? changesBetween(before.markdown, marking.markdown) : null
}
