import { db } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { canModerate } from '../discussions/policy.ts'
import type { Person } from '../people/person.ts'
import { type Arrived, join } from './hub.ts'
import { missedSince, mostTold, type NewPost, openTo } from './missed.ts'

/** How often something is sent so that nothing between us and the browser takes the stream for dead: milliseconds. */
const beat = 25_000
/** After so long a stream ends, and the browser asks anew: so that its rights are looked at again. Milliseconds. */
const lifetime = 10 * 60_000

/**
 * What arrives in a discussion from now on, and what has arrived since `after`, as a stream of server-sent events;
 * null for who does not see others' posts yet. The id of an event is its post's, so that the browser itself says on
 * coming back how far it had come.
 * @throws NotFound
 */
export async function streamFor(
  content: Content,
  viewer: Person,
  { discussion: id, after }: { discussion: number; after: number | null },
): Promise<ReadableStream<Uint8Array> | null> {
  const discussion = await openTo(db(), content, viewer, id)
  if (!discussion) return null
  const mayHear = ({ author, onlyFor }: Arrived) =>
    author !== viewer.id &&
    (onlyFor === null || onlyFor === viewer.id || canModerate(viewer, discussion.place))
  const out = outlet()
  const leave = await join(id, {
    personId: viewer.id,
    hear: arrived => {
      if (mayHear(arrived)) out.send(eventOf({ ...arrived, id: arrived.post }))
    },
    end: out.end,
  })
  if (!leave) return null
  out.whenEnded(leave)
  try {
    // Joined before, so that nothing falls between the two; what is told twice, the page tells apart by its id.
    const missed = after === null ? [] : await missedSince(db(), content, viewer, { discussion: id, after })
    for (const event of eventsOf(missed)) out.send(event)
  } catch (error) {
    out.end()
    throw error
  }
  return out.stream
}

const eventOf = ({ id, thread, handle }: NewPost) =>
  `id: ${id}\ndata: ${JSON.stringify({ id, thread, handle })}\n\n`

/** Each one, or of too many the first with how many there are at least. */
function eventsOf(missed: readonly NewPost[]): string[] {
  const last = missed.at(-1)
  if (!last || missed.length <= mostTold) return missed.map(eventOf)
  return [`id: ${last.id}\ndata: ${JSON.stringify({ ...last, many: missed.length })}\n\n`]
}

/** A stream that one can send to and end from outside; it beats, and it ends by itself. */
function outlet() {
  const encoder = new TextEncoder()
  const cleanUps: (() => void)[] = []
  let open: ReadableStreamDefaultController<Uint8Array> | undefined
  const send = (text: string) => open?.enqueue(encoder.encode(text))
  const settle = () => {
    open = undefined
    for (const cleanUp of cleanUps.splice(0)) cleanUp()
  }
  const end = () => {
    open?.close()
    settle()
  }
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      open = controller
    },
    cancel: settle,
  })
  // Not all at once after a restart.
  send(`retry: ${Math.round(1_000 + Math.random() * 3_000)}\n\n`)
  const beating = setInterval(send, beat, ':\n\n')
  const ending = setTimeout(end, lifetime)
  cleanUps.push(() => {
    clearInterval(beating)
    clearTimeout(ending)
  })
  return { stream, send, end, whenEnded: (cleanUp: () => void) => void cleanUps.push(cleanUp) }
}
