import type { Told } from './announcement.ts'

/** Threads that are fetched at once to show what is new in them; beyond that one is led to the first. */
const mostThreads = 4

/** Puts posts that have arrived into the page, where only they are new, and leads the reader to the first of them. */
export async function showPosts(posts: readonly Told[], discussion: number): Promise<void> {
  const threads = Map.groupBy(posts, ({ thread }) => thread)
  if (threads.size > mostThreads || posts.some(({ many }) => many !== undefined))
    location.assign(`/discussions/${discussion}/unread`)
  else
    for (const [thread, fresh] of threads) {
      const [first] = fresh
      if (!first || (await insert(thread, fresh))) continue
      location.assign(`/posts/${first.id}`)
      return
    }
  const shown = posts.map(({ id }) => post(id)).find(one => one !== null)
  if (!shown) return
  shown.tabIndex = -1
  shown.focus()
}

const post = (id: number, within: Document = document) => within.getElementById(`post-${id}`)

/** @returns whether they have a place on this page, and are there now */
async function insert(thread: number, posts: readonly Told[]): Promise<boolean> {
  const ids = posts.map(({ id }) => id)
  const place = post(thread)
  if (!place && !ids.includes(thread)) return false
  if (place && hasLaterReplies()) return false
  const answer = await fetch(`/posts/${ids[0]}`).catch(() => null)
  if (!answer?.ok) return false
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  if (!place) return insertThread(post(thread, page))
  for (const id of ids) insertReply(place, id, post(id, page))
  return ids.every(id => post(id) !== null)
}

/** In a thread of several pages, what is new stands on the last. */
const hasLaterReplies = () =>
  (location.search.includes('replies=') || location.pathname.startsWith('/topics/')) &&
  document.querySelector('#discussion .page-turn [rel=next]') !== null

function insertThread(thread: HTMLElement | null): boolean {
  const list = document.getElementById('discussion')
  const first = list?.querySelector(':scope > .post, :scope > .empty, :scope > .page-turn')
  if (!thread || !list) return false
  list.insertBefore(taken(thread), first ?? null)
  list.querySelector(':scope > .empty')?.remove()
  return true
}

function insertReply(thread: HTMLElement, id: number, reply: HTMLElement | null): void {
  if (!reply || post(id)) return
  const known = thread.querySelector(':scope > .replies')
  const replies = known ?? Object.assign(document.createElement('div'), { className: 'replies' })
  if (!known) thread.insertBefore(replies, thread.querySelector(':scope > .more'))
  const later = [...replies.children].find(one => Number(one.id.replace('post-', '')) > id)
  replies.insertBefore(taken(reply), later ?? null)
}

/** A copy for this page, in which htmx has looked for what is its own. */
function taken(element: HTMLElement): HTMLElement {
  const copy = document.importNode(element, true)
  queueMicrotask(() => copy.dispatchEvent(new CustomEvent('trellis:fresh', { bubbles: true })))
  return copy
}
