import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Module } from '../courses/course.ts'
import type { Person } from '../people/person.ts'
import { visibleTo } from './policy.ts'

/** A post on its author's page. */
export type LatestPost = {
  id: number
  kind: 'reflection' | 'reply'
  module: Module
  html: string
  createdAt: Date
}

interface Row extends Record<string, unknown> {
  id: string
  kind: LatestPost['kind']
  module: string
  html: string
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
    select post.id, post.kind, post.html, post.created_at, discussion.module
    from (select * from post where author_id = ${authorId} order by id desc limit 200) post
    join discussion on discussion.id = post.discussion_id
    join cohort on cohort.id = discussion.cohort_id
    where ${visibleTo(viewer, content)}
    order by post.id desc limit 10`)
  return rows.flatMap(({ id, created_at, module: moduleId, ...row }) => {
    const module = content.module(moduleId)
    return module ? [{ ...row, id: Number(id), module, createdAt: new Date(created_at) }] : []
  })
}
