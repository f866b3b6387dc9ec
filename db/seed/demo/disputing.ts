import { answerDispute } from '../../../src/badges/disputes/answer.ts'
import { contest } from '../../../src/badges/disputes/contest.ts'
import { disputesOf } from '../../../src/badges/disputes/disputes.ts'
import { found } from '../../../src/errors.ts'
import { chance } from './chance.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

interface Disputed {
  handle: string
  badge: string
  counter: string
  claimed: string
  words: string
  /** Days before the present. */
  from: number
  /** By how many an admin corrects it the day after, and what they say. */
  corrected?: { by: string; change: number; daysAgo: number; answer: string }
}

/** Somebody says that they are counted wrongly, and it is put right where that is part of the story. */
export async function* disputes(world: World, { handle, from, corrected, ...said }: Disputed): Life {
  // Chance of their own, so that what befalls everybody else stays as it is.
  const own = chance(from)
  yield world.evening(from, own)
  const { tx, content } = world
  const person = await world.person(handle)
  await contest(tx, content, person, said)
  if (!corrected) return
  yield world.evening(from - 1, own)
  const [open] = await disputesOf(tx, person, person.id)
  const { by, change, daysAgo, answer } = corrected
  const dispute = found(open).id
  await answerDispute(tx, content, await world.person(by), {
    ...{ dispute, outcome: 'corrected', change, occurredOn: world.day(daysAgo), answer },
  })
  await world.review(person)
}
