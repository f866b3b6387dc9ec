import { vouch } from '../../../src/guides/vouch.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

export interface Vouching {
  by: string
  handle: string
  guide: string
  note: string
  /** Days before the present. */
  from: number
}

/** A mentor has seen somebody do what a guide is about. */
export async function* vouches(world: World, { by, handle, guide, note, from }: Vouching): Life {
  yield world.evening(from)
  const person = await world.person(handle)
  await vouch(world.tx, world.content, await world.person(by), { personId: person.id, guide, note })
  await world.review(person)
}
