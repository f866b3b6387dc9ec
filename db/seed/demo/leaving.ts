import { choosePage } from '../../../src/own/page.ts'
import { erase } from '../../../src/own/erasing/erase.ts'
import { planToLeave } from '../../../src/own/leaving.ts'
import { chance } from './chance.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

// Chance of their own, so that what befalls everybody else stays as it is.

/** Somebody asks to have their account erased, and has second thoughts, or not yet. */
export async function* asksToLeave(world: World, handle: string): Life {
  yield world.evening(3, chance(3))
  await planToLeave(world.tx, await world.person(handle), 'named')
}

/** Somebody has left: the last thing that happened, so that whoever talked with them has done so. */
export async function* leaves(world: World, handle: string): Life {
  yield new Date(world.present.getTime() - 60_000)
  const person = await world.person(handle)
  await planToLeave(world.tx, person, 'certificates', 0)
  await erase(world.tx, world.content, person.id)
}

/** A mentor says who they are, to anybody, and puts the badge first that they are proudest of. */
export async function* showsThemselves(world: World, handle: string): Life {
  yield world.evening(2, chance(2))
  const about =
    'I led evening rooms for two winters and look after the newcomers’ one now. Ask me about silences.\nMostly here after eight, Lisbon time.'
  await choosePage(world.tx, await world.meet(handle), {
    ...{ about, publicPage: 'on' },
    ...{ shown: ['mentor', 'moderator'], order: { mentor: 1, moderator: 2, 'room-supporter': 3 } },
  })
}
