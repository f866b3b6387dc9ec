import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'
import { cohortsToGrade, type CohortServed } from './cohorts-served.ts'
import { concernOn } from './pausing.ts'

/** Rows on a page of the desk. */
export const deskPage = 25

export interface Waiting {
  postId: number
  module: string
  cohort: CohortServed
  author: { handle: string; displayName: string }
  try: number
  submittedAt: Date
  promisedBy: Date
  /** Grading has paused, for somebody is worried about the author: their report. */
  concern: number | null
  /** The mentor at work on it now. */
  claimedBy: { id: number; handle: string } | null
}

interface Row extends Record<string, unknown> {
  post_id: string
  cohort_id: string
  module: string
  handle: string
  display_name: string
  try: number
  submitted_at: string
  promised_by: string
  concern: string | null
  holder_id: string | null
  holder: string | null
}

export interface Desk {
  waiting: Waiting[]
  /** What `after` is for the page that follows, or null on the last. */
  next: string | null
  /** The courses of the cohorts they mentor. */
  courses: string[]
}

/**
 * What waits for a mentor, the longest first; one short range of an index for each cohort, however much waits.
 * @param after the `next` of the page before
 */
export async function desk(
  db: Queryable,
  content: Content,
  mentor: Person,
  { course, after }: { course?: string | undefined; after?: string | undefined } = {},
): Promise<Desk> {
  const served = await cohortsToGrade(db, content, mentor)
  const chosen = ofCourse(served, course)
  const [at, id] = placeOf(after)
  const rows = await db.execute<Row>(sql`
    select w.post_id, w.cohort_id, w.module, a.handle, a.display_name, w.try, w.submitted_at, w.promised_by,
      case when w.paused_at is not null then ${concernOn(sql`w.post_id`)} end as concern, h.id as holder_id, h.handle as holder
    from ${waitingIn(mentor, chosen, sql`(s.submitted_at, s.post_id) > (${at}::timestamptz, ${id}::bigint)`, deskPage + 1)}
      join person a on a.id = w.author_id
      left join claim k on k.post_id = w.post_id and k.expires_at > now()
      left join person h on h.id = k.mentor_id
    order by w.submitted_at, w.post_id limit ${deskPage + 1}`)
  const cohorts = new Map(served.map(cohort => [cohort.cohortId, cohort]))
  const waiting = rows.slice(0, deskPage).map(row => waitingFrom(row, cohorts))
  const last = rows.length > deskPage ? waiting.at(-1) : undefined
  return {
    waiting,
    next: last ? `${last.submittedAt.getTime()}-${last.postId}` : null,
    courses: [...new Set(served.map(({ course }) => course))],
  }
}

/** At what this number stops counting. */
export const manyWaiting = 200

/** How many reflections a mentor could grade now: `manyWaiting` means that many or more. */
export async function waitingOnDesk(db: Queryable, content: Content, mentor: Person): Promise<number> {
  const served = await cohortsToGrade(db, content, mentor)
  const [row] = await db.execute<{ count: number }>(
    sql`select least(count(*), ${manyWaiting})::int as count from ${waitingIn(mentor, served, sql`s.paused_at is null`, manyWaiting)}`,
  )
  return row?.count ?? 0
}

/**
 * The reflection that has waited longest among those that nobody else is at work on and that are not paused, or null.
 * It is locked; one that another mentor is taking at this very moment is passed over.
 */
export async function oldestFree(
  tx: Tx,
  content: Content,
  mentor: Person,
  course?: string,
): Promise<number | null> {
  const served = ofCourse(await cohortsToGrade(tx, content, mentor), course)
  const free = sql`s.paused_at is null and not exists (
    select from claim k where k.post_id = s.post_id and k.mentor_id <> ${mentor.id} and k.expires_at > clock_timestamp())`
  const candidates = await tx.execute<{ post_id: string }>(sql`
    select w.post_id from ${waitingIn(mentor, served, free, 20)} order by w.submitted_at, w.post_id limit 20`)
  for (const { post_id } of candidates) {
    const [row] = await tx.execute(sql`
      select from submission s where s.post_id = ${post_id} and s.state = 'submitted' for update skip locked`)
    // Asked again now that it is locked: it may have been claimed in between.
    const [stillFree] = row
      ? await tx.execute(sql`select from submission s where s.post_id = ${post_id} and ${free}`)
      : []
    if (stillFree) return Number(post_id)
  }
  return null
}

/** The first few that wait in each of these cohorts, as `w`; never the mentor's own. */
const waitingIn = (
  mentor: Person,
  cohorts: CohortServed[],
  where: ReturnType<typeof sql>,
  limit: number,
) => sql`
  unnest(${sql.param(cohorts.map(({ cohortId }) => cohortId))}::bigint[]) as served(id)
  cross join lateral (
    select s.* from submission s
    where s.cohort_id = served.id and s.state = 'submitted' and s.author_id <> ${mentor.id} and ${where}
    order by s.submitted_at, s.post_id limit ${limit}
  ) w`

const ofCourse = (served: CohortServed[], course: string | undefined) =>
  course === undefined ? served : served.filter(cohort => cohort.course === course)

/** Where a page begins; anything that is no place is the beginning. */
function placeOf(after: string | undefined): [at: string, id: number] {
  const [, at, id] = /^(\d{1,14})-(\d{1,15})$/.exec(after ?? '') ?? []
  return at && id ? [new Date(Number(at)).toISOString(), Number(id)] : ['-infinity', 0]
}

const waitingFrom = (row: Row, cohorts: Map<number, CohortServed>): Waiting => ({
  postId: Number(row.post_id),
  module: row.module,
  cohort: cohorts.get(Number(row.cohort_id))!,
  author: { handle: row.handle, displayName: row.display_name },
  try: row.try,
  submittedAt: new Date(row.submitted_at),
  promisedBy: new Date(row.promised_by),
  concern: row.concern === null ? null : Number(row.concern),
  claimedBy: row.holder_id && row.holder ? { id: Number(row.holder_id), handle: row.holder } : null,
})
