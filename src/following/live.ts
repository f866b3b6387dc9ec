import { tellApart, type Told } from './announcement.ts'
import { watchReading } from './reading.ts'
import { showPosts } from './show.ts'

/** Before a stream that was refused is asked for again: milliseconds, doubled each time. */
const firstPause = 10_000
const longestPause = 5 * 60_000

let source: EventSource | undefined
let discussion: string | undefined
/** The latest post that this page knows of. */
let latest = 0
let pause = firstPause
/** What has arrived and is not on the page yet; and all that was told once. */
const waiting = new Map<number, Told>()
const known = new Set<number>()

/** Hears of new posts while the tab is looked at, and says so at the foot of the window. Never moves anything. */
export function listen(): void {
  const head = document.getElementById('following')
  if (head?.dataset.discussion !== discussion) leave()
  discussion = head?.dataset.discussion
  latest = Math.max(latest, Number(head?.dataset.upTo ?? 0))
  announce()
  connect()
}

function leave(): void {
  disconnect()
  waiting.clear()
  latest = 0
}

/** Browsers open six connections to a site at most, so a tab that nobody looks at gives its own back. */
function connect(): void {
  if (source || !discussion || document.hidden) return
  source = new EventSource(`/discussions/${discussion}/events?after=${latest}`)
  source.onopen = () => (pause = firstPause)
  source.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as Told)
  source.onerror = () => {
    // Otherwise the browser tries again by itself.
    if (source?.readyState !== EventSource.CLOSED) return
    disconnect()
    setTimeout(connect, pause)
    pause = Math.min(2 * pause, longestPause)
  }
}

function disconnect(): void {
  source?.close()
  source = undefined
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
  const region = document.getElementById('arrivals')
  const words = region?.querySelector('[role=status]')
  const button = region?.querySelector('button')
  if (!region || !words || !button) return
  const { text, show } = tellApart([...waiting.values()])
  // Only text: a name is never read as HTML.
  if (words.textContent !== text) words.textContent = text
  button.textContent = show
  button.parentElement?.classList.toggle('unseen', waiting.size === 0)
  button.hidden = waiting.size === 0
  button.onclick = () => void showWaiting()
}

async function showWaiting(): Promise<void> {
  const posts = [...waiting.values()]
  waiting.clear()
  await showPosts(posts, Number(discussion))
  watchReading()
  announce()
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) disconnect()
  else connect()
})
window.addEventListener('pagehide', disconnect)
window.addEventListener('pageshow', connect)
window.addEventListener('offline', disconnect)
window.addEventListener('online', connect)
