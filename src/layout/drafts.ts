import { shelf, tabShelf } from './shelves.ts'

type Field = HTMLTextAreaElement | HTMLInputElement

/** What was typed, and what the field said before: a draft is given back only over the very text it was written on. */
interface Draft {
  words: string
  over: string
}

const sentNote = 'drafts-sent'

/** Keeps the words of fields marked `data-draft` in this browser, per person, until they have been posted. */
export function keepDrafts(): void {
  settleSent()
  document.addEventListener('input', ({ target }) => {
    if (!isField(target)) return
    keep(target)
    count(target)
  })
  document.addEventListener('submit', event => {
    // A form that htmx sends is settled when its answer is here; this one leaves the page before that.
    if (!event.defaultPrevented && event.target instanceof HTMLFormElement) noteSent(event.target)
  })
}

/** Gives kept words back to the fields of this page, and counts what stands in those with a limit. */
export function tendFields(): void {
  for (const field of document.querySelectorAll<Field>('[data-draft], [data-limit]')) {
    giveBack(field)
    count(field)
  }
}

/** Forgets the drafts of a form whose words have arrived. */
export function forgetDrafts(form: Element): void {
  for (const name of draftsIn(form)) shelf?.removeItem(name)
}

function keep(field: Field): void {
  const name = nameOf(field)
  if (!name) return
  const over = field.dataset.over ?? field.defaultValue
  try {
    if (field.value === over) shelf?.removeItem(name)
    else shelf?.setItem(name, JSON.stringify({ words: field.value, over } satisfies Draft))
  } catch {
    // The shelf is full: the words are still in the field.
  }
}

function giveBack(field: Field): void {
  const name = nameOf(field)
  const kept = name && shelf?.getItem(name)
  if (!kept) return
  const { words, over } = JSON.parse(kept) as Draft
  // Sent, and given back by the server with its errors: what is typed from here on still stands over the old text.
  if (field.value === words) field.dataset.over = over
  if (field.value !== over) return
  field.value = words
  const note = Object.assign(document.createElement('p'), {
    className: 'kept',
    textContent: 'These are your own words from before. They have not been posted yet.',
  })
  field.before(note)
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
  for (const name of JSON.parse(sent) as string[]) shelf?.removeItem(name)
}

const draftsIn = (form: Element) =>
  [...form.querySelectorAll<Field>('[data-draft]')].map(nameOf).filter(name => name !== undefined)

function nameOf(field: Field): string | undefined {
  const { person } = document.documentElement.dataset
  const { draft } = field.dataset
  return person && draft ? `draft:${person}:${draft}` : undefined
}

const isField = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
