import { sql } from 'drizzle-orm'
import { db } from '../../db/client.ts'
import { type Arrival, arrivals } from '../discussions/arrival.ts'
import { channel, type Listener } from '../live/channel.ts'

/** A post that has arrived: whose it is, and the thread that it stands in. */
export type Arrived = Arrival & { thread: number; handle: string }

/** One who has a discussion open. */
export interface Reader extends Listener {
  hear: (arrived: Arrived) => void
}

const readers = channel<Reader>(arrivals, inTurn)

/**
 * Hears of what arrives in a discussion, from this instance of the site or any other, until `leave` is called; null
 * for who has too many streams open already.
 */
export const join = (discussion: number, reader: Reader) => readers.join([discussion], reader)

let telling = Promise.resolve()

/** One after another, in the order in which they arrived: who comes back asks for what came after the last they heard. */
function inTurn(told: string): void {
  telling = telling.then(() => tell(JSON.parse(told) as Arrival)).catch(() => {})
}

/** Looked up once for all who have the discussion open here. */
async function tell(arrival: Arrival): Promise<void> {
  if (readers.on(arrival.discussion).size === 0) return
  const about = await aboutPost(arrival.post).catch(() => null)
  if (about) for (const { hear } of readers.on(arrival.discussion)) hear({ ...arrival, ...about })
}

async function aboutPost(id: number): Promise<{ thread: number; handle: string } | null> {
  const [row] = await db().execute<{ thread: string; handle: string }>(sql`
    select coalesce(post.parent_id, post.id) as thread, person.handle
    from post join person on person.id = post.author_id where post.id = ${id} and post.removed is null`)
  return row ? { thread: Number(row.thread), handle: row.handle } : null
}
