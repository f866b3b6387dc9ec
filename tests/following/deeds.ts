import type { Db } from '../../db/client.ts'
import type { Following } from '../../src/discussions/discussion.ts'
import { follow } from '../../src/following/follow.ts'
import { tellFollowers } from '../../src/following/tell-followers.ts'
import type { Person } from '../../src/people/person.ts'
import { lenient, open, reflect as reflects, reply as replies } from '../discussions/deeds.ts'

/** As the actions do: a post, and what it means to those who follow. */
async function posted<T extends { id: number }>(db: Db, author: Person, post: Promise<T>): Promise<T> {
  const done = await post
  await db.transaction(tx => tellFollowers(tx, lenient, author, done.id))
  return done
}

/** What people do in discussions that others follow, in this database. */
export const deedsIn = (db: Db) => ({
  reflect: (person: Person, module = open.id) => posted(db, person, reflects(db, person, 'Mine.', module)),
  reply: (person: Person, post: number, words?: string) =>
    posted(db, person, replies(db, person, post, words)),
  set: (person: Person, discussion: number, level: Following['level']) =>
    db.transaction(tx => follow(tx, person, { discussion, level })),
})
