import { appealDecision } from '../../../src/badges/appeals/appeal.ts'
import { decidedAgainst } from '../../../src/badges/appeals/decided.ts'
import { askToEndorse } from '../../../src/badges/applying/ask.ts'
import { proposeOverride } from '../../../src/badges/overrides/propose.ts'
import { chance } from './chance.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

/** What waits for somebody to decide: an override for a second admin, an appeal, and a word that was asked for. */
export const undecided = (world: World): Life[] => [
  proposes(world, {
    ...{ by: 'wren', handle: 'rosalind', badge: 'moderator', from: 2.5 },
    reason:
      'She led the Thursday room of our sister community for four years, and I have sat in it. The modules that are missing are those she wrote half of. The founders’ meeting was of one mind.',
  }),
  appeals(world, {
    ...{ handle: 'gwen', badge: 'moderator', from: 3 },
    statement:
      'Thank you for looking out for me. We did talk, on Sunday, and I have slept since. The two shifts were hard because I was alone in the room, not because of the room. I would rather be asked than spared.',
  }),
  asks(world, { handle: 'demo-mentor', badge: 'mentor-leader', of: 'tobias', from: 1.5 }),
]

async function* proposes(
  world: World,
  {
    by,
    handle,
    badge,
    reason,
    from,
  }: Record<'by' | 'handle' | 'badge' | 'reason', string> & { from: number },
): Life {
  // Chance of their own, here and below, so that what befalls everybody else stays as it is.
  yield world.evening(from, chance(from))
  const { id: personId } = await world.person(handle)
  await proposeOverride(world.tx, world.content, await world.person(by), { personId, badge, reason })
}

/** Looks every other evening whether something was decided against them, and then says something to it. */
async function* appeals(
  world: World,
  { handle, badge, statement, from }: Record<'handle' | 'badge' | 'statement', string> & { from: number },
): Life {
  for (let day = from; day > 0; day -= 2) {
    yield world.evening(day, chance(day))
    const person = await world.person(handle)
    if (!(await decidedAgainst(world.tx, person, { personId: person.id, badge }))) continue
    await appealDecision(world.tx, person, { badge, statement })
    return
  }
}

async function* asks(
  world: World,
  { handle, badge, of, from }: Record<'handle' | 'badge' | 'of', string> & { from: number },
): Life {
  yield world.evening(from, chance(from))
  await askToEndorse(world.tx, world.content, await world.person(handle), { badge, handle: of })
}
