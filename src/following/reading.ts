/** How long a post is in sight until it counts as read: milliseconds. */
const longEnough = 1_000
/** How long marks are gathered before they are sent: milliseconds. */
const gathering = 2_000
/** As many as the site takes at once. */
const mostAtOnce = 200

/** Posts that have been seen and are not told yet; and those that need not be told again. */
const seen = new Set<string>()
const told = new Set<string>()
const timers = new Map<Element, number>()
let sending: number | undefined

const observer = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries)
    if (isIntersecting) begin(target)
    else stop(target)
})

/** Notes posts that are marked as new and have been in sight for a second, and tells the site. */
export function watchReading(): void {
  for (const mark of document.querySelectorAll('.post .new')) observer.observe(mark)
  // The first visit: from here on, what comes is new.
  if (head()?.dataset.first !== undefined) later()
}

const head = () => document.getElementById('following')

function begin(mark: Element): void {
  stop(mark)
  const look = () => {
    if (!document.hidden) note(mark)
    else timers.set(mark, window.setTimeout(look, longEnough))
  }
  timers.set(mark, window.setTimeout(look, longEnough))
}

function stop(mark: Element): void {
  window.clearTimeout(timers.get(mark))
  timers.delete(mark)
}

function note(mark: Element): void {
  stop(mark)
  observer.unobserve(mark)
  const { post } = (mark as HTMLElement).dataset
  if (!post || told.has(post)) return
  seen.add(post)
  later()
}

function later(): void {
  sending ??= window.setTimeout(() => void send(), gathering)
}

/** Sent also while the page is being left; what could not be sent is tried again with what comes next. */
async function send(): Promise<void> {
  window.clearTimeout(sending)
  sending = undefined
  const place = head()
  const posts = [...seen].slice(0, mostAtOnce)
  if (!place || (posts.length === 0 && place.dataset.first === undefined)) return
  const { discussion = '', upTo = '' } = place.dataset
  const body = new URLSearchParams([
    ['discussion', discussion],
    ['upTo', upTo],
    ...posts.map(id => ['posts', id]),
  ])
  for (const id of posts) {
    seen.delete(id)
    told.add(id)
  }
  delete place.dataset.first
  try {
    await fetch('/new?_action=following.read', { method: 'POST', body, keepalive: true, redirect: 'manual' })
  } catch {
    for (const id of posts) {
      told.delete(id)
      seen.add(id)
    }
  }
  if (seen.size > 0) later()
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) void send()
})
