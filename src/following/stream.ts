import { db } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { canModerate } from '../discussions/policy.ts'
import { eventOf, outlet } from '../live/outlet.ts'
import type { Person } from '../people/person.ts'
import { type Arrived, join } from './hub.ts'
import { missedSince, mostTold, type NewPost, openTo } from './missed.ts'

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
      if (mayHear(arrived)) out.send(told({ ...arrived, id: arrived.post }))
    },
    end: out.end,
  })
  if (!leave) {
    out.end()
    return null
  }
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

const told = ({ id, thread, handle }: NewPost) => eventOf({ id, thread, handle }, id)

/** Each one, or of too many the first with how many there are at least. */
function eventsOf(missed: readonly NewPost[]): string[] {
  const last = missed.at(-1)
  if (!last || missed.length <= mostTold) return missed.map(told)
  return [eventOf({ ...last, many: missed.length }, last.id)]
}
