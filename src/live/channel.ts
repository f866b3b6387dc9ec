import { db } from '../../db/client.ts'

/** One who has a page open that hears of what changes. */
export interface Listener {
  personId: number
  /** Called when something may have been missed: whoever listens asks again, and says how far they had come. */
  end: () => void
}

/** What one channel of the database tells, and who listens to it at this instance of the site. */
export interface Channel<L extends Listener> {
  /** Listens for these topics until `leave` is called; null for who has too many streams open already. */
  join(topics: readonly number[], listener: L): Promise<(() => void) | null>
  /** Who listens for a topic. */
  on(topic: number): ReadonlySet<L>
  /** Everybody who listens. */
  all(): ReadonlySet<L>
}

/** Streams that one person may have open at this instance, of all channels: a browser opens six at most. */
const mostEach = 18
const open = new Map<number, number>()
const nobody: ReadonlySet<never> = new Set()

/** @param hear is called with whatever any instance of the site tells, in the order of their telling */
export function channel<L extends Listener>(name: string, hear: (told: string) => void): Channel<L> {
  const topics = new Map<number, Set<L>>()
  const everybody = new Set<L>()
  let listening: Promise<void> | undefined
  return {
    async join(ids, listener) {
      listening ??= startListening(name, hear, everybody)
      await listening
      if (!takePlace(listener)) return null
      everybody.add(listener)
      for (const id of ids) topics.set(id, (topics.get(id) ?? new Set()).add(listener))
      return () => {
        if (!everybody.delete(listener)) return
        leavePlace(listener)
        for (const id of ids) leaveTopic(topics, id, listener)
      }
    },
    on: topic => topics.get(topic) ?? nobody,
    all: () => everybody,
  }
}

/**
 * One connection for all channels of this instance. The driver connects again by itself when it breaks; what was told
 * meanwhile is lost, so each time everybody is asked to come again.
 */
const startListening = (name: string, hear: (told: string) => void, everybody: ReadonlySet<Listener>) =>
  new Promise<void>(resolve => {
    const ready = () => {
      resolve()
      for (const listener of [...everybody]) listener.end()
    }
    // Where the first try fails, the driver goes on trying as well.
    db()
      .$client.listen(name, hear, ready)
      .catch(() => {})
  })

function takePlace({ personId }: Listener): boolean {
  const own = open.get(personId) ?? 0
  if (own >= mostEach) return false
  open.set(personId, own + 1)
  return true
}

function leavePlace({ personId }: Listener): void {
  const own = (open.get(personId) ?? 1) - 1
  if (own > 0) open.set(personId, own)
  else open.delete(personId)
}

function leaveTopic<L>(topics: Map<number, Set<L>>, id: number, listener: L): void {
  const here = topics.get(id)
  here?.delete(listener)
  if (here?.size === 0) topics.delete(id)
}
