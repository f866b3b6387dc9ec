import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'
import { cohortsOpen, type CohortServed } from './cohorts-served.ts'
import { concernOn } from './pausing.ts'

/** Rows on a page of the desk. */
export const deskPage = 25

/** What of the queue is shown, as its address says it. Anything that is no filter is none. */
export const deskFilter = z.object({
  course: z.string().min(1).max(80).optional().catch(undefined),
  cohort: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
  module: z.string().min(1).max(160).optional().catch(undefined),
  /** First tries, or those that were returned before. */
  tries: z.enum(['first', 'again']).optional().catch(undefined),
  /** Handed out to the mentor or claimed by them, or nobody's at this moment. */
  whose: z.enum(['mine', 'free']).optional().catch(undefined),
})
export type DeskFilter = z.output<typeof deskFilter>

/** One mark that is wanted. Of its purpose only an appeal is told: nobody knows whether they are the first or second. */
export interface Waiting {
  id: number
  postId: number
  module: string
  cohort: CohortServed
  author: { handle: string; displayName: string }
  try: number
  /** It was marked before, and its author or the rule asks for another look with everything in view. */
  settles: boolean
  appeal: boolean
  submittedAt: Date
  promisedBy: Date
  /** Grading has paused, for somebody is worried about the author: their report. */
  concern: number | null
  /** The mentor at work on it now. */
  claimedBy: { id: number; handle: string } | null
  /** It was handed out to the mentor who asks. */
  handedToMe: boolean
}

interface Row extends Record<string, unknown> {
  id: string
  post_id: string
  cohort_id: string
  module: string
  purpose: string
  handle: string
  display_name: string
  try: number
  submitted_at: string
  promised_by: string
  concern: string | null
  holder_id: string | null
  holder: string | null
  mine: boolean
}

export interface Desk {
  waiting: Waiting[]
  /** What `after` is for the page that follows, or null on the last. */
  next: string | null
  /** The cohorts that the mentor grades in. */
  cohorts: CohortServed[]
  /** Courses that they would grade in, once they have graded the anchors. */
  toCalibrate: string[]
}

/**
 * What waits for a mentor, the oldest promise first; one short range of an index for each cohort, however much waits.
 * @param after the `next` of the page before
 */
export async function desk(
  db: Queryable,
  content: Content,
  mentor: Person,
  { after, ...filter }: DeskFilter & { after?: string | undefined } = {},
): Promise<Desk> {
  const { open: cohorts, toCalibrate } = await cohortsOpen(db, content, mentor)
  const [at, id] = placeOf(after)
  const beyond = sql`(m.promised_by, m.id) > (${at}::timestamptz, ${id}::bigint)`
  const rows = await db.execute<Row>(sql`
    select w.id, w.post_id, w.cohort_id, w.module, w.purpose, a.handle, a.display_name, w.try, w.promised_by,
      coalesce(s.submitted_at, w.opened_at) as submitted_at, w.handed_to_id is not distinct from ${mentor.id} as mine,
      case when w.paused_at is not null then ${concernOn(sql`w.post_id`)} end as concern,
      h.id as holder_id, h.handle as holder
    from ${wantedIn(mentor, cohorts, filter, beyond, deskPage + 1)}
      join person a on a.id = w.author_id
      left join submission s on s.post_id = w.post_id and s.try = w.try
      left join person h on h.id = w.claimed_by_id and w.claimed_until > now()
    order by w.promised_by, w.id limit ${deskPage + 1}`)
  const byId = new Map(cohorts.map(cohort => [cohort.cohortId, cohort]))
  const waiting = rows.slice(0, deskPage).map(row => waitingFrom(row, byId))
  const last = rows.length > deskPage ? waiting.at(-1) : undefined
  return { waiting, next: last ? `${last.promisedBy.getTime()}-${last.id}` : null, cohorts, toCalibrate }
}

/** At what this number stops counting. */
export const manyWaiting = 200

/**
 * How many markings a mentor could take now, of which `manyWaiting` means that many or more; and the courses whose
 * anchor reflections they grade before.
 */
export async function waitingOnDesk(
  db: Queryable,
  content: Content,
  mentor: Person,
): Promise<{ waiting: number; toCalibrate: string[] }> {
  const { open, toCalibrate } = await cohortsOpen(db, content, mentor)
  const [row] = await db.execute<{ count: number }>(sql`
    select least(count(*), ${manyWaiting})::int as count
    from ${wantedIn(mentor, open, {}, sql`m.paused_at is null`, manyWaiting)}`)
  return { waiting: row?.count ?? 0, toCalibrate }
}

/**
 * The first few that are wanted and that the mentor may mark, as `w`: of each of their cohorts a range of the index,
 * or of those that are theirs, which are few.
 */
export function wantedIn(
  mentor: Person,
  cohorts: readonly CohortServed[],
  filter: DeskFilter,
  where: SQL,
  limit: number,
): SQL {
  const served = sql`${sql.param(matching(cohorts, filter).map(({ cohortId }) => cohortId))}::bigint[]`
  const wanted = sql`m.closed_at is null and ${mayMark(mentor)} and ${suits(mentor, filter)} and ${where}`
  return filter.whose === 'mine'
    ? sql`(
        select m.* from marking m
        where m.cohort_id = any(${served}) and ${wanted}
          and m.id = any(array(
            select id from marking where handed_to_id = ${mentor.id} and closed_at is null
            union all select id from marking where claimed_by_id = ${mentor.id} and closed_at is null))
        order by m.promised_by, m.id limit ${limit}
      ) w`
    : sql`
      unnest(${served}) as served(id)
      cross join lateral (
        select m.* from marking m where m.cohort_id = served.id and ${wanted}
        order by m.promised_by, m.id limit ${limit}
      ) w`
}

/** Those of the cohorts that the filter leaves. */
const matching = (cohorts: readonly CohortServed[], { course, cohort, module }: DeskFilter) =>
  cohorts.filter(
    one =>
      (course === undefined || one.course === course) &&
      (cohort === undefined || one.cohortId === cohort) &&
      (module === undefined || module.startsWith(`${one.course}/`)),
  )

/** Not their own or their buddy's, and not what they have marked in another role. That they study there is seen to. */
const mayMark = ({ id }: Person): SQL => sql`m.author_id <> ${id}
  and m.author_id <> all(array(
    select leader_id from buddy where newcomer_id = ${id} and ended_at is null
    union all select newcomer_id from buddy where leader_id = ${id} and ended_at is null))
  and (m.purpose = 'first' or not exists (
    select from marking done where done.post_id = m.post_id and done.try = m.try and done.done_by_id = ${id}))`

const suits = ({ id }: Person, { module, tries, whose }: DeskFilter): SQL =>
  sql.join(
    [
      sql`true`,
      ...(module === undefined ? [] : [sql`m.module = ${module}`]),
      ...(tries === undefined ? [] : [tries === 'first' ? sql`m.try = 1` : sql`m.try > 1`]),
      ...(whose === 'mine'
        ? [sql`(m.handed_to_id = ${id} or m.claimed_by_id = ${id} and m.claimed_until > now())`]
        : []),
      ...(whose === 'free' ? [free(id)] : []),
    ],
    sql` and `,
  )

/** Nobody else is at work on it. */
export const free = (mentorId: number): SQL =>
  sql`(m.claimed_until is null or m.claimed_until <= clock_timestamp() or m.claimed_by_id = ${mentorId})`

/** Where a page begins; anything that is no place is the beginning. */
function placeOf(after: string | undefined): [at: string, id: number] {
  const [, at, id] = /^(\d{1,14})-(\d{1,15})$/.exec(after ?? '') ?? []
  return at && id ? [new Date(Number(at)).toISOString(), Number(id)] : ['-infinity', 0]
}

const waitingFrom = (row: Row, cohorts: Map<number, CohortServed>): Waiting => ({
  id: Number(row.id),
  postId: Number(row.post_id),
  module: row.module,
  cohort: cohorts.get(Number(row.cohort_id))!,
  author: { handle: row.handle, displayName: row.display_name },
  try: row.try,
  settles: row.purpose === 'adjudication',
  appeal: row.purpose === 'appeal',
  submittedAt: new Date(row.submitted_at),
  promisedBy: new Date(row.promised_by),
  concern: row.concern === null ? null : Number(row.concern),
  claimedBy: row.holder_id && row.holder ? { id: Number(row.holder_id), handle: row.holder } : null,
  handedToMe: row.mine,
})
