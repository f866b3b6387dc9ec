import type { Guide } from './guide.ts'

/**
 * The next guide to read: the first after `from` in the order of the list that is not completed, beginning again at
 * the top; undefined when all are, or when only `from` is left.
 */
export function nextGuide(
  guides: readonly Guide[],
  completed: ReadonlyMap<string, unknown>,
  from?: string,
): Guide | undefined {
  const here = guides.findIndex(({ id }) => id === from)
  const inTurn = [...guides.slice(here + 1), ...guides.slice(0, here + 1)]
  return inTurn.find(({ id }) => id !== from && !completed.has(id))
}
