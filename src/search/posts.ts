import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { titleTold } from '../discussions/discussion.ts'
import { moderatedBy, visibleTo } from '../discussions/policy.ts'
import type { Person } from '../people/person.ts'
import { mostPosts } from './asked.ts'
import { decoded, headline, textOfHtml } from './snippet.ts'

/** A post that was found. */
export type FoundPost = {
  id: number
  kind: 'reflection' | 'opening' | 'reply'
  /** The module's title, or the topic's. */
  title: string
  /** The cohort's name; null for the whole community. */
  cohort: string | null
  author: { handle: string; displayName: string }
  createdAt: Date
  /** Where its author folded the post: what it touches on. Its words are not shown then. */
  contentNote: string | null
  /** The parts in which the words stand, marked. */
  snippet: string | null
}

export type PostsFound = {
  list: readonly FoundPost[]
  count: number
  /** Only the newest were looked at: there are more, and how many is not told. */
  andMore: boolean
}

export const noPosts: PostsFound = { list: [], count: 0, andMore: false }

/** With no post on the page, one row that holds the count alone. */
interface Row extends Record<string, unknown> {
  id: string | null
  kind: FoundPost['kind']
  module: string | null
  topic: string | null
  cohort: string | null
  handle: string
  display_name: string
  created_at: string
  content_note: string | null
  snippet: string | null
  count: number
}

/** The posts that one person may see, and where they stand, for a query that goes on with `and`. */
export type Sight = { content: Content; viewer: Person; discussions: readonly string[] | null }

/**
 * Posts with these words that the viewer may see; an opening is found by its topic's title as well. The newest that
 * fit are ranked, with a gentle preference for the new; what is much older is found by adding a word.
 */
export async function postsFound(
  db: Queryable,
  sight: Sight,
  words: string,
  { after, size }: { after: number; size: number },
): Promise<PostsFound> {
  const query = queryOf(words)
  const rows = await db.execute<Row>(sql`
    with candidate as materialized (
      (${matching(sight, query)} order by post.id desc limit ${mostPosts + 1})
      union
      (${matchingTitle(sight, words)} order by post.id desc limit ${mostPosts + 1})
    ), ranked as (
      select post.id,
        ts_rank_cd(case when post.kind = 'opening' then ${withTitle} else post.words end, ${query}, 1)
          * (1 + 1 / (1 + extract(epoch from now() - post.created_at) / ${halfOfTheBonus})) as score
      from candidate join post on post.id = candidate.id join discussion on discussion.id = post.discussion_id
      order by score desc, post.id desc offset ${after} limit ${size}
    ), shown as (
      select ranked.score, post.id, post.kind, discussion.module, ${titleTold} as topic, cohort.name as cohort,
        author.handle, author.display_name, post.created_at, post.content_note,
        case when post.content_note is null then ${headline(textOfHtml(sql`post.html`), query)} end as snippet
      from ranked join post on post.id = ranked.id join discussion on discussion.id = post.discussion_id
      join person author on author.id = post.author_id left join cohort on cohort.id = discussion.cohort_id
    )
    select shown.*, total.count from (select count(*)::int as count from candidate) total left join shown on true
    order by shown.score desc, shown.id desc`)
  const count = rows[0]?.count ?? 0
  return {
    list: rows.filter(row => row.id !== null).map(row => postFrom(sight.content, row)),
    count: Math.min(count, mostPosts),
    andMore: count > mostPosts,
  }
}

/** A post as old as this (three months, in seconds) has half of what a post is given for being new. */
const halfOfTheBonus = 90 * 86_400

export const queryOf = (words: string): SQL => sql`websearch_to_tsquery('english', ${words})`

/** Ids of the posts that the viewer may see and that match. */
export const matching = (sight: Sight, query: SQL): SQL => sql`
  select post.id from post
  join discussion on discussion.id = post.discussion_id
  left join cohort on cohort.id = discussion.cohort_id
  where post.words @@ ${query} and ${seen(sight)}`

/** An opening's words with its topic's title, which weighs more. */
const withTitle = sql`(setweight(to_tsvector('english', coalesce(discussion.title, '')), 'A') || post.words)`

/** Openings that match with their topic's title; the index finds titles with any of the words. */
const matchingTitle = (sight: Sight, words: string): SQL => sql`
  select post.id from discussion
  join post on post.discussion_id = discussion.id and post.kind = 'opening'
  left join cohort on cohort.id = discussion.cohort_id
  where discussion.title is not null
    and to_tsvector('english', discussion.title)
      @@ replace(plainto_tsquery('english', ${words})::text, ' & ', ' | ')::tsquery
    and ${withTitle} @@ ${queryOf(words)} and ${seen({ ...sight, discussions: null })}`

const seen = ({ content, viewer, discussions }: Sight): SQL => sql`
  post.removed is null and ${visibleTo(viewer, content)}
  and (discussion.module is null or discussion.module = any(${sql.param(modulesIn(content))}::text[]))
  ${discussions ? sql`and post.discussion_id = any(${sql.param(discussions)}::bigint[])` : sql.empty()}`

const modulesIn = ({ courses }: Content) => courses.flatMap(({ modules }) => modules.map(({ id }) => id))

/** Whoever sees more discussions than this sees a good part of all posts. */
const mostDiscussions = 5000

/**
 * The posts that a person may see. Named by their discussions where these are not too many: in a large community the
 * database would otherwise look through everybody's posts for the few that this person may see, and it took half a
 * second among 200,000 posts for a word that many of them have.
 */
export async function sightOf(db: Queryable, content: Content, viewer: Person): Promise<Sight> {
  if (viewer.rights.admin) return { content, viewer, discussions: null }
  const rows = await db.execute<{ id: string }>(sql`
    select discussion.id from discussion left join cohort on cohort.id = discussion.cohort_id
    where cohort.id is null or ${moderatedBy(viewer)}
      or exists (select from enrolment e where e.cohort_id = cohort.id and e.person_id = ${viewer.id})
    limit ${mostDiscussions + 1}`)
  return {
    ...{ content, viewer },
    discussions: rows.length > mostDiscussions ? null : rows.map(({ id }) => id),
  }
}

const postFrom = (content: Content, row: Row): FoundPost => ({
  id: Number(row.id),
  kind: row.kind,
  title: (row.module === null ? row.topic : content.module(row.module)?.title) ?? '',
  cohort: row.cohort,
  author: { handle: row.handle, displayName: row.display_name },
  createdAt: new Date(row.created_at),
  contentNote: row.content_note,
  snippet: row.snippet === null ? null : decoded(row.snippet),
})
