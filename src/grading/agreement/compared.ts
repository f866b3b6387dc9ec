import type { Content } from '../../authoring/content.ts'
import type { Rubric } from '../rubric.ts'
import type { DoubleMarked, Mark } from './double-marked.ts'
import type { Beside } from './severity.ts'
import type { Pair } from './table.ts'

/** A try that two marked, as places in the present order of its rubric's levels. */
export interface Compared {
  rubric: string
  first: Marker
  second: Marker
  /** Criterion id to the first marker's level and the second's. */
  pairs: ReadonlyMap<string, Pair>
}

type Marker = Pick<Mark, 'mentorId' | 'handle' | 'at'>

/**
 * Sets levels side by side. Rubrics change: what a rubric no longer knows, and what only one of the two was asked for,
 * has no place in its order and is left out; `leftOut` counts the levels of the first marker that are.
 */
export function compare(
  content: Content,
  tries: readonly DoubleMarked[],
): { compared: Compared[]; leftOut: number } {
  const compared = tries.map(({ first, second }): Compared => {
    const rubric = first.rubric === second.rubric ? content.rubric(first.rubric) : undefined
    return { rubric: first.rubric, first, second, pairs: sideBySide(rubric, first, second) }
  })
  const given = tries.reduce((sum, { first }) => sum + Object.keys(first.levels).length, 0)
  const kept = compared.reduce((sum, { pairs }) => sum + pairs.size, 0)
  return { compared: compared.filter(({ pairs }) => pairs.size > 0), leftOut: given - kept }
}

function sideBySide(rubric: Rubric | undefined, first: Mark, second: Mark): Map<string, Pair> {
  const pairs = new Map<string, Pair>()
  for (const { id, levels } of rubric?.criteria ?? []) {
    const placeIn = (mark: Mark) => levels.findIndex(level => level.id === mark.levels[id])
    const pair: Pair = [placeIn(first), placeIn(second)]
    if (pair[0] >= 0 && pair[1] >= 0) pairs.set(id, pair)
  }
  return pairs
}

/** A try as the first marker gave it beside the second. */
export const asFirst = ({ first, pairs }: Compared): Beside => ({ at: first.at, pairs: [...pairs.values()] })

/** A try as the second marker gave it beside the first. */
export const asSecond = ({ second, pairs }: Compared): Beside => ({
  at: second.at,
  pairs: [...pairs.values()].map(([one, other]) => [other, one]),
})
