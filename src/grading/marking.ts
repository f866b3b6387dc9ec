import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import type { purposes } from '../../db/schema/grading.ts'
import { mentorsCohort } from '../courses/policy.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { barredFrom, markingColumns } from './barred.ts'
import { concernOn } from './pausing.ts'
import type { Barred } from './policy.ts'

export type State = 'submitted' | 'returned' | 'passed'
export type Purpose = (typeof purposes)[number]

/** Who is at work on a marking, and until when. */
export interface Claim {
  mentorId: number
  handle: string
  displayName: string
  until: Date
}

/** A mark that is wanted, or was, as a mentor of its cohort finds it. */
export interface Marking {
  id: number
  purpose: Purpose
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
  submittedAt: Date
  promisedBy: Date
  /** Marking has paused, for somebody is worried about the author: their report. */
  concern: number | null
  claim: Claim | null
  closed: boolean
  doneById: number | null
  /** It is the mentor's own, and they may still correct it: theirs is the only mark, and its author has not gone on. */
  correctable: boolean
  /** The words stay those of one revision, whatever becomes of the post. */
  frozen: boolean
  /** The words to be marked: of the revision that the first marker read or, for the first, the post as it stands. */
  revision: number
  markdown: string
  html: string
  /** Its author has taken it out of the discussion since. */
  deleted: boolean
  /** Why the mentor who asks does not mark it, or null. */
  barred: Barred | null
}

interface Row extends Record<string, unknown> {
  id: string
  purpose: Purpose
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
  submitted_at: string
  promised_by: string
  concern: string | null
  claimed_by_id: string | null
  claimed_by: string | null
  claimed_by_name: string | null
  claimed_until: string
  closed: boolean
  done_by_id: string | null
  correctable: boolean
  frozen: boolean
  revision: number
  markdown: string
  html: string
  deleted: boolean
  barred: Barred | null
}

/** A marking, found through the mentor who asks. @throws NotFound when it is not of a cohort they mentor */
export async function markingFor(db: Queryable, mentor: Person, id: number): Promise<Marking> {
  const [row] = await db.execute<Row>(sql`
    select m.id, m.purpose, m.post_id, m.cohort_id, c.name as cohort, c.course, c.self_paced, m.module, m.author_id,
      a.handle, a.display_name, m.try, 
      case when s.try = m.try then s.submitted_at else m.opened_at end as submitted_at, m.promised_by, m.closed_at is not null as closed,
      m.done_by_id, m.revision is not null as frozen, coalesce(s.rubric, '') as rubric,
      m.done_by_id is not distinct from ${mentor.id} and s.try is not distinct from m.try and not exists (
        select from marking other where other.post_id = m.post_id and other.try = m.try and other.id <> m.id
      ) as correctable,
      holder.id as claimed_by_id, holder.handle as claimed_by, holder.display_name as claimed_by_name,
      m.claimed_until,
      case when m.paused_at is not null then ${concernOn(sql`m.post_id`)} end as concern,
      coalesce(m.revision, p.revision) as revision, coalesce(r.markdown, p.markdown) as markdown,
      coalesce(r.html, p.html) as html, p.removed is not distinct from 'deleted' as deleted,
      ${barredFrom(markingColumns('m'), sql`${mentor.id}::bigint`)} as barred
    from marking m
      join post p on p.id = m.post_id
      join cohort c on c.id = m.cohort_id
      join person a on a.id = m.author_id
      left join submission s on s.post_id = m.post_id
      left join post_revision r on r.post_id = m.post_id and r.revision = m.revision
      left join person holder on holder.id = m.claimed_by_id and m.claimed_until > clock_timestamp()
    where m.id = ${id}`)
  const marking = row && markingFrom(row)
  return found(marking && mentorsCohort(mentor, marking) ? marking : null)
}

/**
 * The marking of a post that concerns a mentor most: one that is open to them, or else the latest.
 * @throws NotFound when the post is no reflection of a cohort they mentor
 */
export async function markingOfPost(db: Queryable, mentor: Person, postId: number): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`
    select m.id from marking m where m.post_id = ${postId}
    order by m.closed_at is null and ${barredFrom(markingColumns('m'), sql`${mentor.id}::bigint`)} is null desc, m.id desc
    limit 1`)
  return (await markingFor(db, mentor, Number(found(row).id))).id
}

/** The same, held still until the transaction ends: nobody claims, grades or hands it in again meanwhile. */
export async function lockMarking(tx: Tx, mentor: Person, id: number): Promise<Marking> {
  await tx.execute(sql`
    select from submission where post_id = (select post_id from marking where id = ${id}) for update`)
  await tx.execute(sql`select from marking where id = ${id} for update`)
  return markingFor(tx, mentor, id)
}

const markingFrom = (row: Row): Marking => ({
  id: Number(row.id),
  purpose: row.purpose,
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
  submittedAt: new Date(row.submitted_at),
  promisedBy: new Date(row.promised_by),
  concern: row.concern === null ? null : Number(row.concern),
  claim: claimFrom(row),
  closed: row.closed,
  doneById: row.done_by_id === null ? null : Number(row.done_by_id),
  correctable: row.correctable,
  frozen: row.frozen,
  revision: row.revision,
  markdown: row.markdown,
  html: row.html,
  deleted: row.deleted,
  barred: row.barred,
})

const claimFrom = ({ claimed_by_id: id, claimed_by: handle, ...row }: Row): Claim | null =>
  id === null || handle === null
    ? null
    : {
        mentorId: Number(id),
        handle,
        displayName: row.claimed_by_name ?? handle,
        until: new Date(row.claimed_until),
      }
