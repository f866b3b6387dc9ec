import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { titleTold } from '../discussions/discussion.ts'
import { moderatedBy } from '../discussions/policy.ts'
import type { Person } from '../people/person.ts'
import { canSeeReports } from './policy.ts'

/** Rows on a page of the queue. */
export const reportPage = 25

/** A post that was reported and waits for somebody to look at it. */
export type Reported = {
  /** The oldest open report of it, which is its address in the queue. */
  report: number
  postId: number
  kind: 'reflection' | 'opening' | 'reply'
  removed: 'deleted' | 'hidden' | null
  author: { handle: string; displayName: string }
  /** The module's title, or the topic's. */
  title: string
  /** The cohort's name, or null for the whole community. */
  cohort: string | null
  concern: boolean
  since: Date
  reports: number
  /** Ids of `content/reports.yaml`, each once. */
  reasons: readonly string[]
}

interface Row extends Record<string, unknown> {
  report: string
  post_id: string
  kind: Reported['kind']
  removed: Reported['removed']
  handle: string
  display_name: string
  module: string | null
  title: string | null
  cohort: string | null
  concern: boolean
  since: string
  reports: number
  reasons: string[]
}

/**
 * The reported posts that wait in the places that the viewer looks after: worries about a person first, then the
 * oldest; one row a post, however many reported it. What waits is small, and an index holds nothing else.
 * @param after the `next` of the page before
 */
export async function reportQueue(
  db: Queryable,
  content: Content,
  viewer: Person,
  after?: string,
): Promise<{ waiting: Reported[]; next: string | null }> {
  if (!canSeeReports(viewer)) return { waiting: [], next: null }
  const [rank, at, id] = placeOf(after)
  const rows = await db.execute<Row>(sql`
    select w.*, post.kind, post.removed, author.handle, author.display_name, discussion.module, ${titleTold} as title,
      cohort.name as cohort
    from (
      select r.post_id, min(r.id) as report, bool_or(r.concern) as concern, min(r.at) as since, count(*)::int as reports,
        array_agg(distinct r.reason) as reasons
      from ${openReportsFor(viewer, content)}
      group by r.post_id
      having (case when bool_or(r.concern) then 0 else 1 end, min(r.at), r.post_id)
        > (${rank}::int, ${at}::timestamptz, ${id}::bigint)
      order by case when bool_or(r.concern) then 0 else 1 end, min(r.at), r.post_id limit ${reportPage + 1}
    ) w
    join post on post.id = w.post_id
    join person author on author.id = post.author_id
    join discussion on discussion.id = post.discussion_id
    left join cohort on cohort.id = discussion.cohort_id
    order by not w.concern, w.since, w.post_id`)
  const waiting = rows.slice(0, reportPage).map(row => reportedFrom(row, content))
  const last = rows.length > reportPage ? waiting.at(-1) : undefined
  return {
    waiting,
    next: last ? `${last.concern ? 0 : 1}-${last.since.getTime()}-${last.postId}` : null,
  }
}

/** How many reported posts wait for the viewer, and whether a worry about somebody is among them. */
export async function reportsWaiting(
  db: Queryable,
  content: Content,
  viewer: Person,
): Promise<{ posts: number; concern: boolean }> {
  if (!canSeeReports(viewer)) return { posts: 0, concern: false }
  const [row] = await db.execute<{ posts: number; concern: boolean | null }>(sql`
    select count(distinct r.post_id)::int as posts, bool_or(r.concern) as concern
    from ${openReportsFor(viewer, content)}`)
  return { posts: row?.posts ?? 0, concern: row?.concern ?? false }
}

/**
 * Open reports as `r`, of the places that the viewer looks after; never of their own posts. What stood under a module
 * that authors have taken away is out of everybody's sight, its reports too.
 */
const openReportsFor = (viewer: Person, content: Content): SQL => sql`
  report r join post on post.id = r.post_id
  join discussion on discussion.id = post.discussion_id
  left join cohort on cohort.id = discussion.cohort_id
  where r.handled_at is null and post.author_id <> ${viewer.id} and ${moderatedBy(viewer)}
    and (discussion.module is null or discussion.module = any(${sql.param(modulesOf(content))}::text[]))`

const modulesOf = (content: Content) => content.courses.flatMap(({ modules }) => modules.map(({ id }) => id))

/** Where a page begins; anything that is no place is the beginning. */
function placeOf(after: string | undefined): [rank: number, at: string, id: number] {
  const [, rank, at, id] = /^([01])-(\d{1,14})-(\d{1,15})$/.exec(after ?? '') ?? []
  return rank && at && id
    ? [Number(rank), new Date(Number(at)).toISOString(), Number(id)]
    : [-1, '-infinity', 0]
}

const reportedFrom = (row: Row, content: Content): Reported => ({
  report: Number(row.report),
  postId: Number(row.post_id),
  kind: row.kind,
  removed: row.removed,
  author: { handle: row.handle, displayName: row.display_name },
  title: (row.module === null ? row.title : content.module(row.module)?.title) ?? '',
  cohort: row.cohort,
  concern: row.concern,
  since: new Date(row.since),
  reports: row.reports,
  // As the content orders them: a worry first.
  reasons: content.reports.reasons
    .map(({ id }) => id)
    .filter(id => row.reasons.includes(id))
    .concat(row.reasons.filter(id => content.reports.reasons.every(reason => reason.id !== id))),
})
