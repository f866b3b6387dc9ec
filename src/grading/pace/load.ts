import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canSeeLoad, canSeeLoadOfEach } from './policy.ts'
import { type MentorNow, mentorsNow } from './mentors-now.ts'

/** How the work is shared: what a mentor may know of it. */
export interface Load {
  /** One's own, where one grades. */
  own: MentorNow | null
  /** How many there are, and what lies in their middle. */
  mentors: number
  away: number
  middle: { open: number; done7: number; done28: number }
  /** Every mentor's, for those who run the programme; nobody is measured before their peers. */
  each: MentorNow[] | null
}

/** @throws Forbidden */
export async function loadFor(db: Queryable, content: Content, person: Person): Promise<Load> {
  ensure(canSeeLoad(person))
  const all = await mentorsNow(db, content)
  const here = all.filter(({ away }) => !away)
  return {
    own: all.find(({ id }) => id === person.id) ?? null,
    mentors: all.length,
    away: all.length - here.length,
    middle: {
      open: median(here.map(({ open }) => open)),
      done7: median(here.map(({ done7 }) => done7)),
      done28: median(here.map(({ done28 }) => done28)),
    },
    each: canSeeLoadOfEach(person) ? all : null,
  }
}

/** Half lie at or below it; of an even number of them halfway between the two in the middle; 0 of none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return low === undefined || high === undefined ? 0 : (low + high) / 2
}
