import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'
import { titleTold } from './discussion.ts'
import { visibleTo } from './policy.ts'

/** A post on its author's page. */
export type LatestPost = {
  id: number
  kind: 'reflection' | 'opening' | 'reply'
  /** The module's title, or the topic's. */
  title: string
  html: string
  contentNote: string | null
  createdAt: Date
}

interface Row extends Record<string, unknown> {
  id: string
  kind: LatestPost['kind']
  module: string | null
  title: string | null
  html: string
  content_note: string | null
  created_at: string
}

/**
 * The latest posts of one person that the viewer may see, the newest first, at most ten of their last two hundred: so
 * a page about someone with thousands of posts elsewhere is as fast as any.
 */
export async function latestPostsOf(
  db: Queryable,
  content: Content,
  viewer: Person,
  authorId: number,
): Promise<LatestPost[]> {
  const rows = await db.execute<Row>(sql`
    select post.id, post.kind, post.html, post.content_note, post.created_at, discussion.module, ${titleTold} as title
    from (select * from post where author_id = ${authorId} and removed is null order by id desc limit 200) post
    join discussion on discussion.id = post.discussion_id
    left join cohort on cohort.id = discussion.cohort_id
    where ${visibleTo(viewer, content)}
    order by post.id desc limit 10`)
  return rows.flatMap(({ id, kind, html, content_note, created_at, module, title: topic }) => {
    const title = module === null ? topic : content.module(module)?.title
    if (!title) return []
    const createdAt = new Date(created_at)
    return [{ kind, html, title, createdAt, id: Number(id), contentNote: content_note }]
  })
}
