import { sql } from 'drizzle-orm'
import { db } from '../../db/client.ts'
import { type Arrival, arrivals } from '../discussions/arrival.ts'

/** A post that has arrived: whose it is, and the thread that it stands in. */
export type Arrived = Arrival & { thread: number; handle: string }

/** One who has a discussion open. */
export type Listener = {
  personId: number
  hear: (arrived: Arrived) => void
  /** Called when something may have been missed: whoever listens asks again, and says how far they had come. */
  end: () => void
}

/** Streams that one person may have open at this instance: a browser opens six at most. */
const mostEach = 18

const listeners = new Map<number, Set<Listener>>()
let listening: Promise<void> | undefined

/**
 * Hears of what arrives in a discussion, from this instance of the site or any other, until `leave` is called; null
 * for who has too many streams open already.
 */
export async function join(discussion: number, listener: Listener): Promise<(() => void) | null> {
  listening ??= startListening()
  await listening
  const own = [...listeners.values()].flatMap(all => [...all]).filter(one => isOf(one, listener))
  if (own.length >= mostEach) return null
  const here = listeners.get(discussion) ?? new Set()
  listeners.set(discussion, here.add(listener))
  return () => {
    here.delete(listener)
    if (here.size === 0 && listeners.get(discussion) === here) listeners.delete(discussion)
  }
}

const isOf = (one: Listener, { personId }: Listener) => one.personId === personId

/**
 * One connection for all of this instance. The driver connects again by itself when it breaks; what was told
 * meanwhile is lost, so each time everybody is asked to come again.
 */
const startListening = () =>
  new Promise<void>(resolve => {
    const ready = () => {
      resolve()
      for (const listener of [...listeners.values()].flatMap(all => [...all])) listener.end()
    }
    // Where the first try fails, the driver goes on trying as well.
    db()
      .$client.listen(arrivals, inTurn, ready)
      .catch(() => {})
  })

let telling = Promise.resolve()

/** One after another, in the order in which they arrived: who comes back asks for what came after the last they heard. */
function inTurn(told: string): void {
  telling = telling.then(() => tell(JSON.parse(told) as Arrival)).catch(() => {})
}

/** Looked up once for all who have the discussion open here. */
async function tell(arrival: Arrival): Promise<void> {
  if (!listeners.has(arrival.discussion)) return
  const about = await aboutPost(arrival.post).catch(() => null)
  if (about) for (const { hear } of listeners.get(arrival.discussion) ?? []) hear({ ...arrival, ...about })
}

async function aboutPost(id: number): Promise<{ thread: number; handle: string } | null> {
  const [row] = await db().execute<{ thread: string; handle: string }>(sql`
    select coalesce(post.parent_id, post.id) as thread, person.handle
    from post join person on person.id = post.author_id where post.id = ${id} and post.removed is null`)
  return row ? { thread: Number(row.thread), handle: row.handle } : null
}
