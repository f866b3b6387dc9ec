import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { NotFound } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import type { PlacedPost } from '../find-post.ts'
import { canModerate } from '../policy.ts'

/** A post amid what stands around it, for those who look after the place. */
export type PostInContext = {
  id: number
  kind: PlacedPost['kind']
  author: { handle: string; displayName: string }
  /** Empty where its author has deleted it. */
  html: string
  contentNote: string | null
  removed: PlacedPost['removed']
  createdAt: Date
}

interface Row extends Record<string, unknown> {
  id: string
  kind: PostInContext['kind']
  handle: string
  display_name: string
  html: string
  content_note: string | null
  removed: PostInContext['removed']
  created_at: string
}

/**
 * A post, the head of its thread, and the two replies before and after it, in the order in which they stand; what
 * was hidden with its words. @throws NotFound for all who do not look after its place
 */
export async function contextOf(db: Queryable, viewer: Person, post: PlacedPost): Promise<PostInContext[]> {
  if (!canModerate(viewer, post.place)) throw new NotFound()
  const replies = sql`select reply.id from post reply where reply.parent_id = ${post.threadId} and reply.kind = 'reply'`
  const rows = await db.execute<Row>(sql`
    select p.id, p.kind, author.handle, author.display_name, p.content_note, p.removed, p.created_at,
      case when p.removed = 'deleted' then '' else p.html end as html
    from post p join person author on author.id = p.author_id
    where p.id in (
      (select ${post.threadId}::bigint) union (select ${post.id}::bigint)
      union (${replies} and reply.id < ${post.id} order by reply.id desc limit 2)
      union (${replies} and reply.id > ${post.id} order by reply.id limit 2))
    order by p.id`)
  return rows.map(row => ({
    id: Number(row.id),
    kind: row.kind,
    author: { handle: row.handle, displayName: row.display_name },
    html: row.html,
    contentNote: row.content_note,
    removed: row.removed,
    createdAt: new Date(row.created_at),
  }))
}
