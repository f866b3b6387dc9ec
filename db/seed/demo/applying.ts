import { applyFor } from '../../../src/badges/applying/apply.ts'
import { endorse } from '../../../src/badges/applying/endorse.ts'
import { chance } from './chance.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

interface Application {
  handle: string
  badge: string
  statement: string
  /** Who speaks for them, and what they say. */
  endorsed: readonly (readonly [by: string, words: string])[]
  /** Days before the present. */
  from: number
}

/** Somebody asks to be considered for a badge, and others speak for them, a day after each other. */
export async function* applies(
  world: World,
  { handle, badge, statement, endorsed, from }: Application,
): Life {
  // Chance of their own, so that what befalls everybody else stays as it is.
  const own = chance(from)
  yield world.evening(from, own)
  const { tx, content } = world
  const person = await world.person(handle)
  await applyFor(tx, content, person, { badge, statement })
  await world.review(person)
  for (const [after, [by, words]] of endorsed.entries()) {
    yield world.evening(from - after - 1, own)
    await endorse(tx, content, await world.person(by), { personId: person.id, badge, words })
    await world.review(person)
  }
}
