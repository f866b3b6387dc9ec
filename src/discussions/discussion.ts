import { type SQL, sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { pageOf } from './links.ts'
import { canSee, type Place } from './policy.ts'

/** A discussion as it looks to one person: what it is, and how they follow it. */
export type Discussion = {
  id: number
  place: Place
  /** The cohort's name; null for the whole community. */
  cohort: string | null
  /** The module that it stands under, or null for a topic. */
  module: string | null
  /** A topic's title, or null under a module. */
  title: string | null
  form: 'talk' | 'poll' | 'check-in' | null
  /** The page on which it stands. */
  page: string
  posts: number
  reflections: number
  voters: number
  lastPostId: number | null
  closed: boolean
  /** Who closed it and when; null while it is open. */
  closure: { at: Date; by: { handle: string; displayName: string } } | null
  pinned: boolean
  following: Following
}

export type Following = {
  level: 'watching' | 'normal' | 'muted'
  /** Read up to this post; null for who has never looked in. */
  readTo: number | null
  /** Beyond it, these have been read as well. */
  readBeyond: readonly number[]
}

interface Row {
  id: string
  cohort_id: string | null
  cohort: string | null
  self_paced: boolean | null
  enrolled: Place['enrolled']
  module: string | null
  title: string | null
  form: Discussion['form']
  posts: number
  reflections: number
  voters: number
  last_post_id: string | null
  closed: boolean
  closed_at: string | null
  closer: string | null
  closer_name: string | null
  pinned: boolean
  level: Following['level'] | null
  read_to: string | null
  read_beyond: string[] | null
}

/**
 * A topic's title, for a query with `discussion` in scope; null under a module. It goes out of sight with the words of
 * its opening. The topic's own page and its board, which tell those who look after the place, read both apart.
 */
export const titleTold = sql.raw(`(case when discussion.title is null then null
  when exists (select from post opening where opening.discussion_id = discussion.id and opening.kind = 'opening'
    and opening.removed is not null) then 'A removed topic'
  else discussion.title end)`)

/** The discussion under a module for a cohort, which is there once somebody has posted; for who may see the cohort's. */
export const discussionUnder = (
  db: Queryable,
  viewer: Person,
  { module, cohortId }: { module: string; cohortId: number },
): Promise<Discussion | null> =>
  read(db, viewer, sql`discussion.cohort_id = ${cohortId} and discussion.module = ${module}`)

/** Any discussion that the viewer may know of. @throws NotFound */
export const discussionFor = async (db: Queryable, viewer: Person, id: number): Promise<Discussion> =>
  found(await read(db, viewer, sql`discussion.id = ${id}`))

async function read(db: Queryable, viewer: Person, where: SQL): Promise<Discussion | null> {
  const [row] = await hot<Row>(
    db,
    sql`
      select discussion.id, discussion.cohort_id, cohort.name as cohort, cohort.self_paced, discussion.module,
        discussion.title, discussion.form, discussion.posts, discussion.reflections, discussion.voters,
        discussion.last_post_id, discussion.closed_at is not null as closed, discussion.closed_at,
        closer.handle as closer, closer.display_name as closer_name, discussion.pinned_at is not null as pinned,
        (select case when bool_or(e.ended_at is null) then 'now' else 'before' end from enrolment e
          where e.cohort_id = discussion.cohort_id and e.person_id = ${viewer.id} group by e.person_id) as enrolled,
        f.level, f.read_to, f.read_beyond
      from discussion
      left join cohort on cohort.id = discussion.cohort_id
      left join person closer on closer.id = discussion.closed_by_id
      left join following f on f.discussion_id = discussion.id and f.person_id = ${viewer.id}
      where ${where}`,
  )
  const discussion = row ? discussionFrom(row) : null
  return discussion && canSee(viewer, discussion.place) ? discussion : null
}

function discussionFrom(row: Row): Discussion {
  const { cohort, module, title, form, posts, reflections, voters, closed, pinned } = row
  const id = Number(row.id)
  return {
    ...{ id, cohort, module, title, form, posts, reflections, voters, closed, pinned },
    place: {
      cohortId: row.cohort_id === null ? null : Number(row.cohort_id),
      selfPaced: row.self_paced ?? false,
      enrolled: row.enrolled,
    },
    closure:
      row.closed_at === null
        ? null
        : {
            at: new Date(row.closed_at),
            by: { handle: row.closer ?? '', displayName: row.closer_name ?? '' },
          },
    page: pageOf({ id, module }),
    lastPostId: row.last_post_id === null ? null : Number(row.last_post_id),
    following: {
      level: row.level ?? 'normal',
      readTo: row.read_to === null ? null : Number(row.read_to),
      readBeyond: (row.read_beyond ?? []).map(Number),
    },
  }
}
