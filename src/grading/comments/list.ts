import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '../../../db/client.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { type Comment, mostComments } from './comment.ts'
import { canKeepComments } from './policy.ts'

/** Rows on a page of comments. */
export const commentsPage = 25

/** What of the comments is shown, as the address says it. Anything that is no filter is none. */
export const commentFilter = z.object({
  whose: z.enum(['mine', 'others']).default('mine').catch('mine'),
  course: z.string().min(1).max(80).optional().catch(undefined),
  /** Words that a title has, in any order. */
  words: z.string().trim().min(1).max(80).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1000).default(1).catch(1),
})
export type CommentFilter = z.output<typeof commentFilter>

export interface ListedComment extends Comment {
  owner: { handle: string; displayName: string }
}

interface Row extends Record<string, unknown> {
  id: string
  owner_id: string
  handle: string
  display_name: string
  title: string
  markdown: string
  course: string | null
  shared: boolean
}

/** A mentor's own comments, or those that others share, by their titles. @throws Forbidden */
export async function comments(db: Queryable, mentor: Person, filter: CommentFilter) {
  ensure(canKeepComments(mentor))
  const { whose, course, words = '', page } = filter
  const rows = await db.execute<Row & { total: string }>(sql`
    select c.id, c.owner_id, o.handle, o.display_name, c.title, c.markdown, c.course, c.shared, count(*) over () as total
    from saved_comment c join person o on o.id = c.owner_id
    where ${whose === 'mine' ? own(mentor) : others(mentor)}
      and ${course === undefined ? sql`true` : forCourse(course)} and ${hasWords(words)}
    order by lower(c.title), c.id limit ${commentsPage} offset ${(page - 1) * commentsPage}`)
  const total = Number(rows[0]?.total ?? 0)
  return { comments: rows.map(commentFrom), total, more: total > page * commentsPage }
}

/** How many are at hand beside a field: all of one's own, and so many of what others share. */
export const atHand = { own: mostComments, others: 60 }

/** What a mentor may put into feedback in this course: their own first, those of the course before those of every course. */
export async function commentsAtHand(
  db: Queryable,
  mentor: Person,
  course: string,
): Promise<ListedComment[]> {
  if (!canKeepComments(mentor)) return []
  const inOrder = sql`order by c.course is null, lower(c.title), c.id`
  const columns = sql`c.id, c.owner_id, o.handle, o.display_name, c.title, c.markdown, c.course, c.shared`
  const rows = await db.execute<Row>(sql`
    (select ${columns} from saved_comment c join person o on o.id = c.owner_id
      where ${own(mentor)} and ${forCourse(course)} ${inOrder} limit ${atHand.own})
    union all
    (select ${columns} from saved_comment c join person o on o.id = c.owner_id
      where ${others(mentor)} and ${forCourse(course)} ${inOrder} limit ${atHand.others})`)
  return rows.map(commentFrom)
}

const own = ({ id }: Person) => sql`c.owner_id = ${id} and c.removed_at is null`

const others = ({ id }: Person) => sql`c.shared and c.owner_id <> ${id} and c.removed_at is null
  and not exists (select from suspension s where s.person_id = c.owner_id and s.ended_at is null)`

const forCourse = (course: string) => sql`(c.course is null or c.course = ${course})`

const hasWords = (words: string) =>
  sql.join(
    [
      sql`true`,
      ...words
        .split(/\s+/)
        .filter(Boolean)
        .map(word => sql`c.title ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
    ],
    sql` and `,
  )

const commentFrom = (row: Row): ListedComment => ({
  id: Number(row.id),
  ownerId: Number(row.owner_id),
  owner: { handle: row.handle, displayName: row.display_name },
  title: row.title,
  markdown: row.markdown,
  course: row.course,
  shared: row.shared,
})
