/** A reflection on the list, as it is told of. */
export interface Row {
  title: string
  /** Who is at work on it. */
  by: string | null
  closed: boolean
}

/** How what has changed on the list is said to those who do not see it: one by its name, several by their number. */
export function changesInWords(changed: readonly Row[]): string {
  const [only] = changed
  if (!only) return ''
  if (changed.length === 1) return oneInWords(only)
  const counted = [
    [changed.filter(({ closed, by }) => !closed && by !== null).length, 'being graded'],
    [changed.filter(({ closed }) => closed).length, 'done'],
    [changed.filter(({ closed, by }) => !closed && by === null).length, 'free again'],
  ] as const
  const parts = counted.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return `On this list: ${parts.join(', ')}.`
}

const oneInWords = ({ title, by, closed }: Row): string => {
  if (closed) return `${title}: done.`
  return by === null ? `${title}: free again.` : `${title}: @${by} is at work on it.`
}

/** How new reflections are announced, and the words of the button that shows them. */
export function newInWords(count: number): { text: string; show: string } {
  if (count === 0) return { text: '', show: '' }
  return count === 1
    ? { text: 'A new reflection waits.', show: 'Show it' }
    : { text: `${count} new reflections wait.`, show: 'Show them' }
}

/**
 * Whether a marking that has come in belongs on a page of the queue.
 * @param at by when its answer is promised, in milliseconds
 * @param after where the page begins, and `next` where the page after it does: `1790000000000-12`, or null
 */
export const isOnPage = (at: number, after: string | null, next: string | null): boolean =>
  at >= startOf(after, 0) && at <= startOf(next, Infinity)

const startOf = (place: string | null, otherwise: number): number => {
  const at = place === null ? NaN : Number.parseInt(place, 10)
  return Number.isNaN(at) ? otherwise : at
}
