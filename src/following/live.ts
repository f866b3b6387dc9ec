import { note } from '../live/note.ts'
import { sourceOf } from '../live/source.ts'
import { tellApart, type Told } from './announcement.ts'
import { watchReading } from './reading.ts'
import { showPosts } from './show.ts'

let discussion: string | undefined
/** The latest post that this page knows of. */
let latest = 0
/** What has arrived and is not on the page yet; and all that was told once. */
const waiting = new Map<number, Told>()
const known = new Set<number>()

const source = sourceOf(
  () => discussion && `/discussions/${discussion}/events?after=${latest}`,
  data => hear(JSON.parse(data) as Told),
)

/** Hears of new posts while the tab is looked at, and says so at the foot of the window. Never moves anything. */
export function listen(): void {
  const head = document.getElementById('following')
  if (head?.dataset.discussion !== discussion) leave()
  discussion = head?.dataset.discussion
  latest = Math.max(latest, Number(head?.dataset.upTo ?? 0))
  announce()
  source.connect()
}

function leave(): void {
  source.disconnect()
  waiting.clear()
  latest = 0
}

function hear(told: Told): void {
  latest = Math.max(latest, told.id)
  if (known.has(told.id)) return
  known.add(told.id)
  waiting.set(told.id, told)
  announce()
}

const isOnPage = (id: number) => document.getElementById(`post-${id}`) !== null

function announce(): void {
  for (const id of waiting.keys()) if (isOnPage(id)) waiting.delete(id)
  note('arrivals', tellApart([...waiting.values()]), () => void showWaiting())
}

async function showWaiting(): Promise<void> {
  const posts = [...waiting.values()]
  waiting.clear()
  await showPosts(posts, Number(discussion))
  watchReading()
  announce()
}
