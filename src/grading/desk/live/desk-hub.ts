import { db } from '../../../../db/client.ts'
import { channel, type Listener } from '../../../live/channel.ts'
import { type DeskChange, deskChanges } from '../../claims.ts'
import { type Heard, toldOf } from './told-of.ts'

/** One who has the desk open, or one marking of it. */
export interface DeskListener extends Listener {
  /** How markings stand that they look at, and those that have been opened since, as far as they may know of them. */
  hear: (now: readonly Heard[], opened: readonly Heard[]) => void
}

/** How long changes are gathered, so that many at once are looked up together: milliseconds. */
const gathering = 300

const desks = channel<DeskListener>(deskChanges, told => {
  const { marking, opened } = JSON.parse(told) as DeskChange
  gather(marking, opened)
})

/** What has changed and is not told yet; true of what has been opened. */
let changed = new Map<number, boolean>()
let telling: NodeJS.Timeout | undefined
/** Claims run out without anybody telling: this instance looks again then. */
const runningOut = new Map<number, NodeJS.Timeout>()

/**
 * Hears of changes to these markings and of those that open, from this instance of the site or any other, until
 * `leave` is called; null for who has too many streams open already.
 */
export const joinDesks = (markings: readonly number[], listener: DeskListener) =>
  desks.join(markings, listener)

function gather(marking: number, opened: boolean): void {
  if (!opened && desks.on(marking).size === 0) return
  changed.set(marking, opened || (changed.get(marking) ?? false))
  telling ??= setTimeout(() => void tell(), gathering)
}

async function tell(): Promise<void> {
  telling = undefined
  const news = changed
  changed = new Map()
  const pairs = [...news].flatMap(([marking, opened]) =>
    [...(opened ? desks.all() : desks.on(marking))].map(listener => ({ marking, person: listener.personId })),
  )
  const heard = await toldOf(db(), distinct(pairs)).catch(() => null)
  // What could not be looked up is asked for again.
  if (!heard) {
    for (const { end } of [...desks.all()]) end()
    return
  }
  const byPerson = Map.groupBy(heard, ({ personId }) => personId)
  for (const listener of desks.all()) hearOwn(listener, byPerson.get(listener.personId) ?? [], news)
}

function hearOwn(listener: DeskListener, own: readonly Heard[], news: Map<number, boolean>): void {
  const now = own.filter(({ id }) => desks.on(id).has(listener))
  const opened = own.filter(({ id }) => news.get(id))
  lookAgain(now)
  if (now.length + opened.length > 0) listener.hear(now, opened)
}

/** A claim that is renewed is looked at again when it would have run out. */
export function lookAgain(markings: readonly Heard[]): void {
  for (const { id, claim } of markings) {
    if (!claim) continue
    clearTimeout(runningOut.get(id))
    const left = Math.max(0, claim.until.getTime() - Date.now()) + 1_000
    const timer = setTimeout(() => {
      runningOut.delete(id)
      gather(id, false)
    }, left)
    runningOut.set(id, timer.unref())
  }
}

/** A person with several tabs is looked up once. */
function distinct(pairs: readonly { marking: number; person: number }[]) {
  return [...new Map(pairs.map(pair => [`${pair.marking} ${pair.person}`, pair])).values()]
}
