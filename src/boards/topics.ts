import { type SQL, sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Discussion } from '../discussions/discussion.ts'
import { canModerate, type Place } from '../discussions/policy.ts'
import type { Person } from '../people/person.ts'
import type { Board } from './board.ts'

/** Topics on a page of a board beside those that are pinned, and of each board where several stand together. */
export const topicsShown = { page: 30, overview: 3 } as const

/** A topic as a row of its board. */
export type TopicInList = {
  id: number
  /** Null where its opening was removed from this viewer's sight. */
  title: string | null
  form: NonNullable<Discussion['form']>
  author: { handle: string; displayName: string }
  replies: number
  voters: number
  lastPostedAt: Date
  pinned: boolean
  closed: boolean
  /** Others have written in it since the viewer looked in last. */
  news: boolean
}

interface Row {
  id: string
  cohort_id: string | null
  title: string
  form: TopicInList['form']
  removed: 'deleted' | 'hidden' | null
  handle: string
  display_name: string
  posts: number
  voters: number
  /** Microseconds since 1970: a page that goes on after it misses nobody who wrote in the same millisecond. */
  at: string
  pinned: boolean
  closed: boolean
  news: boolean
}

const topics = (viewer: Person, where: SQL) => sql`
  select d.id, d.cohort_id, d.title, d.form, opening.removed, author.handle, author.display_name, d.posts, d.voters,
    (extract(epoch from d.last_posted_at) * 1000000)::bigint as at,
    d.pinned_at is not null as pinned, d.closed_at is not null as closed,
    (d.last_post_id > f.read_to and d.last_post_id <> all(f.read_beyond) and last.author_id <> ${viewer.id}) is true
      as news
  from discussion d
  join post opening on opening.discussion_id = d.id and opening.kind = 'opening'
  join person author on author.id = opening.author_id
  left join following f on f.discussion_id = d.id and f.person_id = ${viewer.id} and f.level <> 'muted'
  left join post last on last.id = d.last_post_id
  where d.title is not null and ${where}`

const on = ({ cohortId }: Place) =>
  cohortId === null ? sql`d.cohort_id is null` : sql`d.cohort_id = ${cohortId}`

/** Where a page of a board goes on. */
export type Mark = { at: number; id: number }

/** What an address says of where to go on: `1766400000000000-42`. Anything else is the beginning. */
export function markIn(text: string | null): Mark | null {
  const [, at, id] = /^(\d{1,16})-(\d{1,15})$/.exec(text ?? '') ?? []
  return at && id ? { at: Number(at), id: Number(id) } : null
}

/**
 * A page of a board, the topic with the latest post first, and on its first page what is pinned before all others.
 * @param after where the page before ended
 */
export async function topicPage(db: Queryable, viewer: Person, { place }: Board, after: Mark | null) {
  const size = topicsShown.page
  const before =
    after &&
    sql`and (d.last_posted_at, d.id) < (timestamptz 'epoch' + ${after.at}::bigint * interval '1 microsecond', ${after.id}::bigint)`
  const rest = sql`(${topics(viewer, on(place))} and d.pinned_at is null ${before ?? sql``}
    order by d.last_posted_at desc, d.id desc limit ${size + 1})`
  const pinned = sql`(${topics(viewer, on(place))} and d.pinned_at is not null order by d.pinned_at desc)`
  const rows = await hot<Row>(db, after ? rest : sql`${pinned} union all ${rest}`)
  const others = rows.filter(row => !row.pinned)
  const last = others.length > size ? others[size - 1] : undefined
  return {
    pinned: rows.filter(row => row.pinned).map(row => topicFrom(row, viewer, place)),
    topics: others.slice(0, size).map(row => topicFrom(row, viewer, place)),
    next: last ? `${last.at}-${last.id}` : null,
  }
}

/** The latest few topics of each of these boards, by the board's address. */
export async function latestOn(
  db: Queryable,
  viewer: Person,
  boards: readonly Board[],
): Promise<Map<string, TopicInList[]>> {
  const ids = boards.flatMap(({ place }) => place.cohortId ?? [])
  const latest = (where: SQL) =>
    sql`${topics(viewer, where)} order by d.last_posted_at desc, d.id desc limit ${topicsShown.overview}`
  const rows = await hot<Row>(
    db,
    sql`(${latest(sql`d.cohort_id is null`)}) union all
      (select latest.* from unnest(${sql.param(ids)}::bigint[]) b (id)
        cross join lateral (${latest(sql`d.cohort_id = b.id`)}) latest)`,
  )
  const byCohort = Map.groupBy(rows, row => row.cohort_id)
  return new Map(
    boards.map(({ slug, place }) => [
      slug,
      (byCohort.get(place.cohortId === null ? null : slug) ?? []).map(row => topicFrom(row, viewer, place)),
    ]),
  )
}

const topicFrom = (row: Row, viewer: Person, place: Place): TopicInList => ({
  id: Number(row.id),
  title: isTold(row.removed, viewer, place) ? row.title : null,
  form: row.form,
  author: { handle: row.handle, displayName: row.display_name },
  replies: row.posts - 1,
  voters: row.voters,
  lastPostedAt: new Date(Number(row.at) / 1000),
  pinned: row.pinned,
  closed: row.closed,
  news: row.news,
})

/** Whether a topic's title may be told: with its opening it goes out of sight, but for those who look after the place. */
export const isTold = (removed: 'deleted' | 'hidden' | null, viewer: Person, place: Place): boolean =>
  removed === null || (removed === 'hidden' && canModerate(viewer, place))
