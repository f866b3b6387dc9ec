import type { Db } from '../../db/client.ts'
import { reading } from '../../db/schema/courses.ts'
import { content } from '../../src/authoring/content.ts'
import { postReflection, postReply } from '../../src/discussions/posting.ts'
import type { Person } from '../../src/people/person.ts'

/** A module whose discussion is open to read, and one that asks for one's own reflection first. Neither builds on another. */
export const open = content().module('introduction-to-group-support/what-group-support-is')!
export const guarded = {
  ...content().module('introduction-to-group-support/facilitating-not-directing')!,
  requires: [],
}

/** The content with the guarded module free of what it builds on, so that a test can say only what it is about. */
export const lenient = {
  ...content(),
  module: (id: string) => (id === guarded.id ? guarded : content().module(id)),
}

export const reflect = (db: Db, person: Person, markdown = 'My own words.', module = open.id) =>
  db.transaction(tx => postReflection(tx, lenient, person, { module, markdown }))

export const reply = (db: Db, person: Person, post: number, markdown = 'Thank you for this.') =>
  db.transaction(tx => postReply(tx, lenient, person, { post, markdown }))

/** Notes that a person has read these modules. */
export async function read(db: Db, person: Person, ...modules: string[]): Promise<void> {
  await db.insert(reading).values(modules.map(module => ({ personId: person.id, module })))
}
