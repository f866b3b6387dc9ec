import { progress, type Leaf, type Standing } from './standing.ts'

/**
 * The one thing to do next: of what is still open, the nearest that one can work on; failing that, a badge
 * to earn first; failing that, what only takes time. Undefined when everything is met.
 * @param isWithOthers of what somebody else has to answer before there is more to do
 */
export function nextStep(
  standing: Standing,
  isWithOthers: (leaf: Leaf) => boolean = () => false,
): Leaf | undefined {
  const effort = (leaf: Leaf) => (isWithOthers(leaf) ? 2 : effortOf(leaf))
  const isNearer = (leaf: Leaf, other: Leaf) =>
    effort(leaf) < effort(other) || (effort(leaf) === effort(other) && progress(leaf) > progress(other))
  return openLeaves(standing).reduce<Leaf | undefined>(
    (best, leaf) => (best === undefined || isNearer(leaf, best) ? leaf : best),
    undefined,
  )
}

/** The open leaves worth naming: every one of an `all`; of a choice, only the nearest ways that it still takes. */
function openLeaves(standing: Standing): Leaf[] {
  if (standing.met) return []
  switch (standing.kind) {
    case 'all':
      return standing.criteria.flatMap(openLeaves)
    case 'any':
    case 'at-least': {
      const open = standing.criteria.filter(({ met }) => !met)
      const nearest = open.toSorted((a, b) => progress(b) - progress(a))
      return nearest.slice(0, standing.need - standing.have).flatMap(openLeaves)
    }
    default:
      return [standing]
  }
}

/** 0 for what one can work on now, 1 for a badge to earn first, 2 for what comes with time or is not one's to do. */
function effortOf({ kind, metFrom }: Leaf): 0 | 1 | 2 {
  if (metFrom !== null || kind === 'not') return 2
  return kind === 'holds' || kind === 'weeks-holding' ? 1 : 0
}
