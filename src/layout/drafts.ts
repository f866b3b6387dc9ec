import { type BrowserDraft, type Choice, newerWords } from '../drafts/newer-words.ts'
import { withQuote } from '../discussions/composer/quote.ts'
import { draftNote, noteAt } from './draft-note.ts'
import { draftOnShelf, shelve, shelvedDrafts } from './draft-shelf.ts'
import { holdBack, sendSoon, sendUnsent, sendWaiting } from './draft-sync.ts'
import { tabShelf } from './shelves.ts'

type Field = HTMLTextAreaElement | HTMLInputElement

const sentNote = 'drafts-sent'
const tended = new WeakSet<Field>()

/**
 * Keeps the words of fields marked `data-draft` in this browser, per person, until they have been posted; those marked
 * `data-kept` too are kept by the server as well, so that they are there on another device.
 */
export function keepDrafts(): void {
  settleSent()
  void sendUnsent()
  document.addEventListener('input', ({ target }) => {
    if (!isField(target)) return
    keep(target)
    count(target)
  })
  document.addEventListener('submit', event => {
    const { target: form } = event
    // A form that htmx sends is settled when its answer is here; this one leaves the page before that.
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return
    if (form.action.includes('people.signOut')) void leaveNothing(event, form)
    else noteSent(form)
  })
  document.addEventListener('click', event => {
    if (event.target instanceof HTMLButtonElement) press(event, event.target)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) sendWaiting()
  })
  addEventListener('pagehide', sendWaiting)
  addEventListener('online', () => void sendUnsent())
}

/** Gives kept words back to the fields of this page, and counts what stands in those with a limit. */
export function tendFields(): void {
  for (const field of document.querySelectorAll<Field>('[data-draft], [data-limit]')) {
    if (!tended.has(field)) giveBack(field)
    tended.add(field)
    count(field)
  }
}

/** Sends no drafts of a form that is being posted. */
export function holdDrafts(form: Element): void {
  holdBack(draftsIn(form))
}

/** Forgets the drafts of a form whose words have arrived. */
export function forgetDrafts(form: Element): void {
  holdDrafts(form)
  for (const name of draftsIn(form)) shelve(name, null)
}

/** Keeps the drafts of a form whose words have not arrived. */
export function keepDraftsOf(form: Element): void {
  for (const field of form.querySelectorAll<Field>('[data-draft]')) keep(field)
}

function keep(field: Field): void {
  const name = nameOf(field)
  if (!name) return
  const over = overOf(field)
  const before = sameText(draftOnShelf(name), over)
  const draft = {
    ...before,
    words: field.value,
    over,
    typedAt: Date.now(),
    kept: before?.kept ?? keptOf(field),
  }
  shelve(name, draft)
  if (isKeptByServer(field) && draft.words !== draft.kept) sendSoon(name, draft, keyOf(field))
}

const sameText = (draft: BrowserDraft | null, over: string) => (draft?.over === over ? draft : null)

function giveBack(field: Field): void {
  const name = nameOf(field)
  if (!name) return
  const over = overOf(field)
  const words = keptOf(field)
  const quote = field.dataset.quoted ?? ''
  // Given back by the server with its errors, or by the browser itself: newer than any draft.
  if (field.value !== field.defaultValue || (!words && !quote && field.value !== over)) {
    keep(field)
    return
  }
  const server = words ? { words, typedAt: Date.now() - Number(field.dataset.kept) } : null
  const here = draftOnShelf(name)
  const choice = newerWords(here, server, over)
  if (!choice) return
  field.value = withQuote(choice.words, quote)
  const typedAt = (choice.from === 'server' ? server?.typedAt : here?.typedAt) ?? Date.now()
  const draft = { words: choice.words, over, typedAt, kept: words, ...asOther(choice.other) }
  shelve(name, draft)
  draftNote(field, choice, choice.words !== over)
  if (choice.send && isKeptByServer(field)) sendSoon(name, draft, keyOf(field))
}

const asOther = (other: string | null) => other !== null && { other }

/** Discards, puts back, takes the other words: what the buttons of a note do. */
function press(event: Event, button: HTMLButtonElement): void {
  const field = button.closest('.field')?.querySelector<Field>('[data-draft]')
  const name = field && nameOf(field)
  if (!name || !button.closest('.kept')) return
  event.preventDefault()
  const mine = field.value
  const draft = draftOnShelf(name)
  const chosen = button.dataset.words ?? (button.hasAttribute('data-discard') ? overOf(field) : draft?.other)
  if (chosen === undefined) return
  const other = button.hasAttribute('data-other') && mine !== overOf(field) ? mine : null
  if (draft) shelve(name, { ...draft, other: other ?? undefined })
  field.value = chosen
  noteAt(field, button, mine)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function count(field: Field): void {
  const limit = Number(field.dataset.limit)
  const counter = document.getElementById(`${field.id}-count`)
  if (!limit || !counter) return
  const used = field.value.length
  counter.textContent = `${used.toLocaleString('en-GB')} of ${limit.toLocaleString('en-GB')} characters`
  counter.classList.toggle('over', used > limit)
}

function noteSent(form: HTMLFormElement): void {
  const names = draftsIn(form)
  holdBack(names)
  if (names.length > 0) tabShelf?.setItem(sentNote, JSON.stringify(names))
}

/**
 * After a plain form was sent: its drafts may go if the page that followed came from it and tells of no trouble.
 * Going back, loading again, and being asked to sign in all leave them be.
 */
function settleSent(): void {
  const sent = tabShelf?.getItem(sentNote)
  tabShelf?.removeItem(sentNote)
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (!sent || arrival?.type !== 'navigate') return
  if (document.querySelector('[data-trouble]') || location.pathname.startsWith('/sign-in')) return
  for (const name of JSON.parse(sent) as string[]) shelve(name, null)
}

/** Signing out takes one's words off this device: those that the server has, and it is given a moment to get them. */
async function leaveNothing(event: Event, form: HTMLFormElement): Promise<void> {
  event.preventDefault()
  await Promise.race([sendUnsent(), new Promise(done => setTimeout(done, 2000))])
  for (const name of shelvedDrafts()) {
    const draft = draftOnShelf(name)
    if (draft && (draft.kept === draft.words || draft.words === draft.over)) shelve(name, null)
  }
  form.submit()
}

const draftsIn = (form: Element) =>
  [...form.querySelectorAll<Field>('[data-draft]')].map(nameOf).filter(name => name !== undefined)

const nameOf = (field: Field): string | undefined =>
  document.documentElement.dataset.person ? field.dataset.draft : undefined

const overOf = (field: Field): string => field.dataset.over ?? field.defaultValue

const isKeptByServer = (field: Field): boolean => field.dataset.kept !== undefined

/** What the server brought of the draft: null where it keeps none yet, undefined where it never does. */
const keptOf = (field: Field): Choice['other'] | undefined =>
  isKeptByServer(field) ? (field.dataset.kept ? withoutQuote(field) : null) : undefined

const withoutQuote = ({ defaultValue, dataset: { quoted } }: Field): string =>
  quoted ? defaultValue.slice(0, -`\n\n${quoted}`.length) : defaultValue

const keyOf = (field: Field): string | undefined =>
  field.form?.querySelector<HTMLInputElement>('input[name="key"]')?.value

const isField = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
