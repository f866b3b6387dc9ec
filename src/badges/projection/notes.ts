import type { Content } from '../../authoring/content.ts'
import { nextStep } from '../next-step.ts'
import type { Leaf, Standing } from '../standing.ts'
import { projectionInWords } from './in-words.ts'
import { isWithOthers, type Lately, waitingFor } from './lately.ts'
import { projected } from './projected.ts'

/** What one may say beside a criterion that is not met yet: what waits for somebody else, and when it may come true. */
export function notesOn(
  content: Content,
  { pace, waiting }: Lately,
  today: string,
): (leaf: Leaf) => string[] {
  return leaf => {
    if (leaf.met) return []
    if (leaf.kind === 'weeks-holding' && leaf.metFrom === null)
      return ['The weeks count from the day on which you hold that badge.']
    const waits = waitingFor(leaf, waiting)
    const left = leaf.need - leaf.have
    return [
      ...(waits > 0 ? [waitingInWords(content, leaf, waits)] : []),
      // What waits is done, as far as it is theirs to do.
      ...(waits < left ? paceInWords(leaf, projected(leaf, pace, today), today) : []),
    ]
  }
}

function waitingInWords(content: Content, leaf: Leaf, waits: number): string {
  if (leaf.kind !== 'evidence')
    return waits === 1 ? 'One reflection is with a mentor.' : `${waits} reflections are with a mentor.`
  const kind = content.evidenceKind(leaf.evidence)
  const what = waits === 1 ? `One ${kind?.title ?? 'more'}` : `${waits} ${kind?.plural ?? 'more'}`
  return `${what} that you logged ${waits === 1 ? 'is' : 'are'} with a mentor.`
}

function paceInWords(leaf: Leaf, between: ReturnType<typeof projected>, today: string): string[] {
  // The day of what only takes time stands there already.
  if (between === null || leaf.metFrom !== null) return []
  return [`At your pace of late: ${projectionInWords(between, today)}.`]
}

/** When all of a badge may come true, as a sentence; undefined where that cannot be said honestly. */
export function aheadInWords(standing: Standing, lately: Lately, today: string): string | undefined {
  const { pace } = lately
  const step = nextStep(standing, isWithOthers(lately))
  if (step && isWithOthers(lately)(step)) return 'What is left is with a mentor now. You can rest a little.'
  const between = standing.met ? null : projected(standing, pace, today)
  if (between === null) return undefined
  if (between.from === between.by)
    return `All that is left is time: you have it ${projectionInWords(between, today)}.`
  return `At your pace of late, you could have all of it ${projectionInWords(between, today)}.`
}
