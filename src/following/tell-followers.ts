import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Person } from '../people/person.ts'
import { tellWatchers } from './watchers.ts'

/**
 * What a new post means to those who follow its discussion: its author has looked in, so that what was there is not
 * new to them and what follows is; and those who watch are told.
 */
export async function tellFollowers(tx: Tx, content: Content, author: Person, postId: number): Promise<void> {
  await tx.execute(sql`
    insert into following (person_id, discussion_id, read_to)
    select ${author.id}, post.discussion_id, post.id from post where post.id = ${postId}
    on conflict do nothing`)
  await tellWatchers(tx, content, author, postId)
}
