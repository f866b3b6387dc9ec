/** A mentor who takes on work. */
export interface Taker {
  id: number
  /** How much they take on, beside the others: twice as much, twice the load. */
  takesOn: number
  /** What they have before them, and have done lately. */
  load: number
  /** How many more they may be handed now. */
  room: number
}

export interface Wanted {
  id: number
  cohortId: number
}

export interface Share {
  marking: number
  mentor: number
}

/** A marking and a mentor as one word, for sets of pairs that don't go together. */
export const pairOf = ({ marking, mentor }: Share): string => `${marking}:${mentor}`

/**
 * Shares out markings one by one, in the order given: each to whoever's load would then be the least for what they
 * take on, and of those who are alike to the one with the smaller id. This is D'Hondt's rule (V. D'Hondt, 1882: seats
 * by the largest quotient), begun from the loads there are. What nobody has room for, or may mark, is left.
 * @param serving who marks in each cohort, by its id
 * @param refused pairs that don't go together
 */
export function shareOut(
  wanted: readonly Wanted[],
  takers: readonly Taker[],
  serving: ReadonlyMap<number, readonly number[]>,
  refused: ReadonlySet<string>,
): Share[] {
  const now = new Map(takers.map(taker => [taker.id, { ...taker }]))
  let room = takers.reduce((sum, taker) => sum + taker.room, 0)
  const shares: Share[] = []
  for (const { id: marking, cohortId } of wanted) {
    if (room === 0) break
    let next: Taker | undefined
    for (const mentor of serving.get(cohortId) ?? []) {
      const taker = now.get(mentor)
      if (
        taker &&
        taker.room > 0 &&
        !refused.has(pairOf({ marking, mentor })) &&
        (!next || isBefore(taker, next))
      )
        next = taker
    }
    if (!next) continue
    next.load++
    next.room--
    room--
    shares.push({ marking, mentor: next.id })
  }
  return shares
}

const isBefore = (one: Taker, other: Taker): boolean => {
  const apart = (one.load + 1) * other.takesOn - (other.load + 1) * one.takesOn
  return apart < 0 || (apart === 0 && one.id < other.id)
}
