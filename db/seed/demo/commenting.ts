import { keepComment } from '../../../src/grading/comments/keep.ts'
import { pair } from '../../../src/people/buddies.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

/** Keeps what a mentor writes again and again: for themselves, or for all mentors. */
export async function* keepsComments(
  world: World,
  handle: string,
  daysAgo: number,
  whose: 'own' | 'shared',
): Life {
  yield afternoon(world, daysAgo)
  const mentor = await world.person(handle)
  for (const comment of world.words.comments[whose])
    await keepComment(world.tx, world.content, mentor, { ...comment, course: '', shared: whose === 'shared' })
}

/** Pairs an experienced leader with a new one. */
export async function* pairs(world: World, leader: string, newcomer: string, daysAgo: number): Life {
  yield afternoon(world, daysAgo)
  const { id: personId } = await world.person(newcomer)
  await pair(world.tx, await world.person('demo-admin'), { personId, handle: leader, as: 'leader' })
}

/** A moment that is nobody's chance: everybody else's story stays as it was. */
const afternoon = ({ present }: World, daysAgo: number) =>
  new Date(present.getTime() - daysAgo * 86_400_000 + 14 * 3_600_000)
