import { say } from '../../layout/say.ts'
import { inserted } from './insertion.ts'

const picker = () => document.querySelector<HTMLDetailsElement>('details.comments')
const find = () => document.querySelector<HTMLInputElement>('#find-comment')
const buttons = () => [...(picker()?.querySelectorAll<HTMLButtonElement>('li:not([hidden]) button') ?? [])]

/** Opens the saved comments of this page, to be found by typing. */
export function openComments(): void {
  const comments = picker()
  if (!comments) return
  comments.open = true
  reveal()
  ;(find() ?? comments.querySelector('summary'))?.focus()
}

/** The field that a comment goes into: the one that was written in last, or that was chosen. */
function field(): HTMLTextAreaElement | null {
  const form = picker()?.closest('form')
  const name = chosenField()?.value ?? 'feedback'
  return form?.querySelector<HTMLTextAreaElement>(`textarea[name="${CSS.escape(name)}"]`) ?? null
}

const chosenField = () => picker()?.querySelector<HTMLSelectElement>('[name="into"]')

function reveal(): void {
  const search = find()?.closest<HTMLElement>('.find')
  if (search) search.hidden = false
}

/** Fields that somebody has been in since the page came. */
const visited = new WeakSet<HTMLTextAreaElement>()

/** At the cursor, or at the end where nobody has put one yet. The browser's own event tells the drafts of it; focus goes on where the writing does. */
function putIn(button: HTMLButtonElement): void {
  const target = field()
  const words = document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent.trim()
  if (!target || !words) return
  const { value, selectionStart, selectionEnd } = target
  const [from, to] = visited.has(target) ? [selectionStart, selectionEnd] : [value.length, value.length]
  target.setRangeText(inserted(value, from, to, words).piece, from, to, 'end')
  target.dispatchEvent(new Event('input', { bubbles: true }))
  target.focus()
  target.scrollIntoView({ block: 'nearest' })
}

function filter(search: HTMLInputElement): void {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
  for (const item of picker()?.querySelectorAll('li') ?? []) {
    const text = item.textContent.toLowerCase()
    item.hidden = !words.every(word => text.includes(word))
  }
  for (const group of picker()?.querySelectorAll('section') ?? [])
    group.hidden = !group.querySelector('li:not([hidden])')
  const none = picker()?.querySelector<HTMLElement>('.none')
  if (none) none.hidden = buttons().length > 0
}

/** Sends what is in the form, and stays where one is. */
async function keepWords(button: HTMLButtonElement): Promise<void> {
  if (!button.form) return
  const form = new FormData(button.form)
  // The key is for the grade itself: its drafts are not over yet.
  form.delete('key')
  const answer = await fetch(button.formAction, {
    method: 'POST',
    body: form,
    headers: { Prefer: 'return=minimal' },
  }).catch(() => null)
  if (answer?.ok) say({ kind: 'done', text: 'Kept. From the next reflection on it is among your comments.' })
  else if (answer && [400, 409].includes(answer.status)) say({ kind: 'attention', text: await answer.text() })
  else say({ kind: 'attention', text: 'This could not be kept just now. Please try again in a minute.' })
}

function step(from: HTMLElement, by: 1 | -1): void {
  const all = buttons()
  const at = all.indexOf(from as HTMLButtonElement)
  const next =
    at === -1 ? (by === 1 ? all[0] : undefined) : (all[at + by] ?? (by === -1 ? find() : undefined))
  next?.focus()
}

/** Enter in the search never sends the grade. */
function typed(event: KeyboardEvent): void {
  const { target, key } = event
  if (!(target instanceof HTMLElement) || event.isComposing) return
  const inSearch = target.id === 'find-comment'
  if (!inSearch && !target.matches('.comments li button')) return
  if (key === 'ArrowDown' || key === 'ArrowUp') step(target, key === 'ArrowDown' ? 1 : -1)
  else if (key === 'Escape') field()?.focus()
  else if (key === 'Enter' && inSearch) buttons()[0]?.click()
  else return
  event.preventDefault()
}

document.addEventListener('click', event => {
  const button = event.target instanceof Element && event.target.closest('button')
  if (!button || !button.closest('.comments')) return
  event.preventDefault()
  if (button.hasAttribute('data-keep-words')) void keepWords(button)
  else putIn(button)
})
document.addEventListener('keydown', typed)
document.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLInputElement && target.id === 'find-comment') filter(target)
})
// Whoever wrote in a field last means that one.
document.addEventListener('focusin', ({ target }) => {
  if (!(target instanceof HTMLTextAreaElement) || target.form !== picker()?.closest('form')) return
  visited.add(target)
  const into = chosenField()
  if (into) into.value = target.name
})
// A toggle does not bubble. Without a script there is nothing to search with, so it shows only now.
document.addEventListener('toggle', reveal, true)
