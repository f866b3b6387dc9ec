import type { Report } from './problem.ts'
import type { Source } from './sources.ts'

type Node = Pick<Source<unknown>, 'id' | 'file' | 'lineOf'>

/**
 * Reports the things that, followed from one to the next, come back to themselves: nobody could ever begin.
 * Each is visited once, so it takes time in proportion to the things and what they name.
 */
export function reportCycles<T extends Node>(
  things: readonly T[],
  next: (thing: T) => readonly string[],
  field: string,
  report: Report,
) {
  const byId = new Map(things.map(thing => [thing.id, thing]))
  const finished = new Set<string>()
  const trail: string[] = []
  const onTrail = new Set<string>()

  const follow = (thing: T) => {
    trail.push(thing.id)
    onTrail.add(thing.id)
    for (const id of next(thing)) {
      if (onTrail.has(id)) reportCycle(thing, trail.slice(trail.indexOf(id)), field, report)
      else if (!finished.has(id) && byId.has(id)) follow(byId.get(id)!)
    }
    trail.pop()
    onTrail.delete(thing.id)
    finished.add(thing.id)
  }

  for (const thing of things) if (!finished.has(thing.id)) follow(thing)
}

function reportCycle({ file, lineOf }: Node, ids: readonly string[], field: string, report: Report) {
  const way = [...ids, ids[0]].map(id => `'${id}'`).join(' → ')
  report(file, lineOf([field]), `nobody could begin: ${way}`, 'Take one of these out.')
}
