import type { Content } from '../../authoring/content.ts'
import { badgesBelow } from '../criterion.ts'
import { type Unlock, unlocksOf } from '../unlocks.ts'

/** What it means for somebody to lose a badge, before anybody has decided on it. */
export interface Effects {
  /** What is open to them now and would not be. */
  closes: Unlock[]
  /** The badges of theirs that stand on it, the lowest first, each with what would close besides if it went too. */
  above: { badge: string; closes: Unlock[] }[]
}

/**
 * What becomes of somebody who holds these badges when one of them goes: what other badges of theirs open stays open.
 * @param held the badges they hold now; where the one in question is suspended, it is as if they held it
 */
export function effectsOf(content: Content, held: readonly string[], badge: string): Effects {
  const before = [...new Set([...held, badge])]
  const closedWithout = (gone: readonly string[]) => {
    const left = unlocksOf(
      content,
      before.filter(id => !gone.includes(id)),
    )
    return unlocksOf(content, before).filter(one => !left.some(other => isSame(one, other)))
  }
  const closes = closedWithout([badge])
  return {
    closes,
    above: leaningOn(content, badge)
      .filter(id => held.includes(id))
      .map(id => ({
        badge: id,
        closes: closedWithout([badge, id]).filter(one => !closes.some(other => isSame(one, other))),
      })),
  }
}

const isSame = (one: Unlock, other: Unlock) => one.kind === other.kind && one.id === other.id

/** The badges that stand on this one, near and far, in their order: on the path, or since their criteria ask for it. */
export function leaningOn(content: Content, badge: string): string[] {
  const found = new Set<string>()
  const walk = (below: string) => {
    for (const { id, after, criteria } of content.badges) {
      if (id === badge || found.has(id) || !(after.includes(below) || badgesBelow(criteria).includes(below)))
        continue
      found.add(id)
      walk(id)
    }
  }
  walk(badge)
  return content.badges.map(({ id }) => id).filter(id => found.has(id))
}
