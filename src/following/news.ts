import { type SQL, sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { titleTold } from '../discussions/discussion.ts'
import { answeredFirst, moderatedBy, visibleTo } from '../discussions/policy.ts'
import { walk } from '../discussions/walk.ts'
import type { Person } from '../people/person.ts'
import { mostCounted } from './unread-posts.ts'

/** A discussion in which something is new to the viewer. */
export type NewsOf = {
  id: number
  /** The module's title, or the topic's. */
  title: string
  /** Whose it is: the cohort's name, or null for the whole community. */
  cohort: string | null
  /** Counted as far as `mostCounted`. */
  unread: number
  watched: boolean
  /** They have never opened it. */
  unopened: boolean
  lastBy: string
  lastAt: Date
  /** Where the first new post stands. */
  href: string
}

/** A page of them: watched ones first, then by the latest post. */
export type News = {
  discussions: readonly NewsOf[]
  /** What to go on after, or null on the last page. */
  more: string | null
  /** The latest post of all when this was read: what comes later is not caught up with. */
  upTo: number
}

const pageSize = 20
/** Discussions that are looked through for a page: some of them have only news that the viewer may not see. */
const mostLookedAt = 60

interface Row {
  id: string
  module: string | null
  title: string | null
  cohort: string | null
  watched: boolean
  unopened: boolean
  last_post_id: string
  unread: number
  first_id: string
  handle: string
  created_at: string
  up_to: string
}

/**
 * Where something has happened since the viewer looked: in discussions that they have opened, posts that they have not
 * read; in others of theirs, posts since they last caught up, or of thirty days. Muted ones are left out, and what
 * they may not see yet.
 * @param after where the page before ended
 */
export async function newsFor(
  db: Queryable,
  content: Content,
  viewer: Person,
  after: string | null = null,
): Promise<News> {
  const rows = await hot<Row>(
    db,
    sql`
      with mine as materialized (${candidates(content, viewer, cursorIn(after))})
      select mine.id, mine.module, mine.title, mine.cohort, mine.watched, mine.unopened, mine.last_post_id,
        least(news.unread, ${mostCounted})::int as unread, news.first_id, author.handle, last.created_at,
        (select max(id) from post) as up_to
      from mine
      cross join lateral (
        select count(*) as unread, min(id) as first_id, max(id) as last_id from (${newest(content, viewer)}) post
      ) news
      join post last on last.id = news.last_id
      join person author on author.id = last.author_id
      order by mine.watched desc, mine.last_post_id desc limit ${pageSize + 1}`,
  )
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    discussions: page.flatMap(row => newsOf(content, row) ?? []),
    more: rows.length > pageSize && last ? `${last.watched ? 1 : 0}-${last.last_post_id}` : null,
    upTo: Number(rows[0]?.up_to ?? Number.MAX_SAFE_INTEGER),
  }
}

/** Discussions with something later than what the viewer has seen, one page of them and some more. */
function candidates(content: Content, viewer: Person, { watched, last }: Cursor): SQL {
  const mayLook = sql`(discussion.module is null or ${moderatedBy(viewer)}
    or discussion.module <> all(${sql.param(answeredFirst(content))}::text[])
    or exists (select from submission s where s.author_id = ${viewer.id} and s.module = discussion.module))`
  // What they have not come to yet is nothing to catch up with.
  const hasBegun = sql`(discussion.module is null or ${moderatedBy(viewer)}
    or exists (select from reading r where r.person_id = ${viewer.id} and r.module = discussion.module)
    or exists (select from submission s where s.author_id = ${viewer.id} and s.module = discussion.module))`
  return sql`
    select discussion.id, discussion.module, ${titleTold} as title, cohort.name as cohort, discussion.last_post_id,
      f.level is not distinct from 'watching' as watched, f.level is null as unopened,
      coalesce(f.read_to, 0) as read_to, coalesce(f.read_beyond, '{}') as read_beyond, theirs.since
    from (${theirDiscussions(viewer)}) theirs
    join discussion on discussion.id = theirs.id
    left join cohort on cohort.id = discussion.cohort_id
    left join following f on f.discussion_id = discussion.id and f.person_id = ${viewer.id}
    where ${mayLook} and (f.level is not null or ${hasBegun})
      and (f.level is not distinct from 'watching', discussion.last_post_id) < (${watched}::boolean, ${last}::bigint)
    order by watched desc, discussion.last_post_id desc limit ${mostLookedAt}`
}

/** Ids of discussions, with since when their posts count; null where the marks of what was read say it. */
function theirDiscussions(viewer: Person): SQL {
  const { admin, grade } = viewer.rights
  const since = sql`coalesce((select at from caught_up where person_id = ${viewer.id}), now() - interval '30 days')`
  const unopened = sql`not exists (
    select from following f where f.person_id = ${viewer.id} and f.discussion_id = d.id)`
  return sql`
    select d.id, null::timestamptz as since from following f join discussion d on d.id = f.discussion_id
    where f.person_id = ${viewer.id} and f.level <> 'muted' and d.last_post_id > f.read_to
    union all
    select d.id, greatest(${since}, e.at) from enrolment e join discussion d on d.cohort_id = e.cohort_id
    where e.person_id = ${viewer.id} and e.ended_at is null
      and d.last_posted_at > greatest(${since}, e.at) and ${unopened}
    union all
    select d.id, ${since} from cohort_mentor m join discussion d on d.cohort_id = m.cohort_id
    where ${grade || admin}::boolean and m.person_id = ${viewer.id} and d.last_posted_at > ${since} and ${unopened}
      and not exists (select from enrolment e
        where e.cohort_id = m.cohort_id and e.person_id = ${viewer.id} and e.ended_at is null)
    union all
    select d.id, greatest(${since}, p.created_at) from person p join discussion d on d.cohort_id is null
    where p.id = ${viewer.id} and d.last_posted_at > greatest(${since}, p.created_at) and ${unopened}`
}

/** The new ones among the latest posts of a discussion: as many are looked at as are counted. */
function newest(content: Content, viewer: Person): SQL {
  const { where, order } = walk(sql`mine.id`, 'newest', { after: sql`mine.read_to` })
  return sql`
    select post.id from (select * from post where ${where} ${order} limit ${mostCounted}) post
    join discussion on discussion.id = mine.id
    left join cohort on cohort.id = discussion.cohort_id
    where post.id <> all(mine.read_beyond) and post.author_id <> ${viewer.id} and post.removed is null
      and (mine.since is null or post.created_at > mine.since) and ${visibleTo(viewer, content)}`
}

type Cursor = { watched: boolean; last: number }

/** What is no cursor begins at the beginning. */
function cursorIn(after: string | null): Cursor {
  const [, watched, last] = /^([01])-(\d{1,15})$/.exec(after ?? '') ?? []
  return last === undefined
    ? { watched: true, last: Number.MAX_SAFE_INTEGER }
    : { watched: watched === '1', last: Number(last) }
}

function newsOf(content: Content, row: Row): NewsOf | null {
  const { module, cohort, unread, watched, unopened } = row
  const id = Number(row.id)
  // A module that authors have taken away takes its discussions out of sight.
  const title = module === null ? row.title : content.module(module)?.title
  if (!title) return null
  return {
    ...{ id, title, cohort, unread, watched, unopened },
    lastBy: row.handle,
    lastAt: new Date(row.created_at),
    href: unopened ? `/posts/${row.first_id}` : `/discussions/${id}/unread`,
  }
}
