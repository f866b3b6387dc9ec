import type { Content } from '../authoring/content.ts'
import type { Guide } from './guide.ts'

/**
 * The next guide to read: the first after `from` that is not completed, beginning again at the top; undefined when
 * all are, or when only `from` is left. First come the guides that modules name, in the order of the courses, for
 * that is the order in which people need them; then all others.
 */
export function nextGuide(
  content: Content,
  completed: ReadonlyMap<string, unknown>,
  from?: string,
): Guide | undefined {
  const named = content.courses.flatMap(({ modules }) => modules.flatMap(({ guides }) => guides))
  const order = [...new Set([...named, ...content.guides.map(({ id }) => id)])]
  const here = from === undefined ? -1 : order.indexOf(from)
  const inTurn = [...order.slice(here + 1), ...order.slice(0, here + 1)]
  const next = inTurn.find(id => id !== from && !completed.has(id))
  return next === undefined ? undefined : content.guide(next)
}
