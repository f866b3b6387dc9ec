import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '../../../../db/client.ts'
import type { Content } from '../../../authoring/content.ts'
import { NotFound } from '../../../errors.ts'
import { eventOf, outlet } from '../../../live/outlet.ts'
import type { Person } from '../../../people/person.ts'
import { coursesToCalibrate } from '../../calibration/state.ts'
import { joinDesks, lookAgain } from './desk-hub.ts'
import type { DeskTold } from './desk-told.ts'
import { canSeeDesk } from '../../policy.ts'
import { deskFilter, deskPage } from '../../queue.ts'
import { type Heard, suitsFilter, toldOf } from './told-of.ts'

/** Of how many new markings one is told on coming back; of more than these one sees soon enough. */
const mostTold = 100

const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** What a page asks to hear of, as its address says it. Anything else is nothing. */
const asked = z.object({
  /** The markings that it shows. */
  of: z
    .string()
    .transform(ids => ids.split(',').map(Number))
    .pipe(z.array(z.int().min(1)).max(deskPage))
    .catch([]),
  /** Up to which marking it knows what has been opened. */
  since: id.optional().catch(undefined),
})

/** @param lastId up to where the browser itself says it had come */
export const askedIn = (query: URLSearchParams, lastId: string | null) => {
  const { of, since } = asked.parse(Object.fromEntries(query))
  const again = id.safeParse(lastId)
  const filter = deskFilter.parse(Object.fromEntries(query))
  return { of, filter, since: again.success ? again.data : since }
}

/**
 * What changes on the desk while it is open, as a stream of server-sent events: how the markings it shows stand, now
 * and whenever that changes, and what has been opened, from now on and since. Null for who has too many open.
 * @throws NotFound
 */
export async function deskStream(
  content: Content,
  mentor: Person,
  { of, since, filter }: ReturnType<typeof askedIn>,
): Promise<ReadableStream<Uint8Array> | null> {
  if (!canSeeDesk(mentor)) throw new NotFound()
  const shut = await coursesToCalibrate(db(), content, mentor)
  const suits = (one: Heard) => suitsFilter(one, filter) && !shut.includes(one.course)
  const out = outlet()
  const hear = (now: readonly Heard[], opened: readonly Heard[]) => {
    const told = toldFrom(now, opened.filter(suits))
    if (told.now.length + told.opened.length > 0)
      out.send(eventOf(told, opened.length > 0 ? Math.max(...opened.map(({ id }) => id)) : undefined))
  }
  const leave = await joinDesks(of, { personId: mentor.id, hear, end: out.end })
  if (!leave) {
    out.end()
    return null
  }
  out.whenEnded(leave)
  try {
    // Joined before, so that nothing falls between the two; what is told twice comes to the same.
    const { upTo, openedSince } = await openedUpTo(since)
    const heard = await toldOf(
      db(),
      [...of, ...openedSince].map(marking => ({ marking, person: mentor.id })),
    )
    const now = heard.filter(({ id }) => of.includes(id))
    const opened = heard.filter(({ id }) => openedSince.includes(id) && !of.includes(id))
    lookAgain(now)
    out.send(eventOf(toldFrom(now, opened.filter(suits)), upTo))
  } catch (error) {
    out.end()
    throw error
  }
  return out.stream
}

const toldFrom = (now: readonly Heard[], opened: readonly Heard[]): DeskTold => ({
  now: now.map(({ id, claim, closed }) => ({ id, by: claim?.handle ?? null, closed })),
  opened: opened
    .filter(({ closed, paused }) => !closed && !paused)
    .map(({ id, promisedBy }) => ({ id, at: promisedBy.getTime() })),
})

async function openedUpTo(since: number | undefined): Promise<{ upTo: number; openedSince: number[] }> {
  const [row] = await db().execute<{ up_to: string; opened: string[] }>(sql`
    select coalesce(max(id), 0) as up_to, array(
      select id from marking where id > ${since ?? null}::bigint and closed_at is null order by id limit ${mostTold}
    ) as opened
    from marking`)
  return { upTo: Number(row?.up_to ?? 0), openedSince: (row?.opened ?? []).map(Number) }
}
