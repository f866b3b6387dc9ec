import { handleAt } from './handle-at.ts'
import type { Mentionable } from './mentionable.ts'

/** How long (ms) after a key the server is asked. */
const pause = 150
const listId = 'mentions'

/** What is offered now: in which field, from where on, and which of them is marked. */
let offered: {
  field: HTMLTextAreaElement
  from: number
  people: readonly Mentionable[]
  marked: number
} | null = null
let asking: AbortController | undefined
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Completes a handle as one types it, among those who see the discussion: a list below the field that one walks with
 * the arrows (the ARIA pattern of a combobox with a list), takes from by Enter, Tab or touch, and closes by Escape.
 */
export function completeHandles(): void {
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || placeOf(target) === undefined) return
    clearTimeout(timer)
    timer = setTimeout(() => void offer(target), pause)
  })
  document.addEventListener('keydown', press, { capture: true })
  // Who types quickly has begun before this script was here.
  if (document.activeElement instanceof HTMLTextAreaElement && placeOf(document.activeElement) !== undefined)
    void offer(document.activeElement)
  document.addEventListener('focusout', ({ target }) => {
    if (target === offered?.field) close()
  })
  // The focus stays in the field while one presses on the list.
  document.addEventListener('mousedown', event => {
    if ((event.target as Element).closest(`#${listId}`)) event.preventDefault()
  })
  document.addEventListener('click', ({ target }) => {
    const option = (target as Element).closest<HTMLElement>(`#${listId} [role=option]`)
    if (option) take(Number(option.dataset.index))
    else if (target !== offered?.field) close()
  })
}

const placeOf = (field: HTMLElement) => field.closest<HTMLElement>('.post-form')?.dataset.mentions

async function offer(field: HTMLTextAreaElement): Promise<void> {
  asking?.abort()
  const typed = handleAt(field.value, field.selectionStart)
  if (!typed || document.activeElement !== field) {
    close()
    return
  }
  asking = new AbortController()
  const query = new URLSearchParams({ cohort: placeOf(field) ?? '', q: typed.begins })
  try {
    const answer = await fetch(`/mentions?${query}`, { signal: asking.signal, redirect: 'error' })
    const people = answer.ok ? ((await answer.json()) as Mentionable[]) : []
    // Meanwhile more may have been typed, which asks again by itself.
    if (handleAt(field.value, field.selectionStart)?.begins === typed.begins) open(field, typed.from, people)
  } catch {
    // Offline, or asked anew: one types the handle to its end.
  }
}

function open(field: HTMLTextAreaElement, from: number, people: readonly Mentionable[]): void {
  close()
  if (people.length === 0) return
  offered = { field, from, people, marked: 0 }
  const list = document.createElement('ul')
  list.id = listId
  list.className = 'mentions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'People to mention')
  list.append(...people.map(optionOf))
  field.after(list)
  for (const [name, value] of Object.entries(comboboxOf)) field.setAttribute(name, value)
  mark(0)
  tell(`${people.length} ${people.length === 1 ? 'person' : 'people'} to mention. Up and down to choose.`)
}

const comboboxOf = {
  role: 'combobox',
  'aria-autocomplete': 'list',
  'aria-haspopup': 'listbox',
  'aria-expanded': 'true',
  'aria-controls': listId,
}

function optionOf({ handle, displayName, mentor }: Mentionable, index: number): HTMLElement {
  const option = document.createElement('li')
  option.id = `${listId}-${index}`
  option.setAttribute('role', 'option')
  option.dataset.index = String(index)
  const name = Object.assign(document.createElement('bdi'), { className: 'name', textContent: displayName })
  const at = Object.assign(document.createElement('bdi'), { textContent: `@${handle}` })
  option.append(name, ' ', at)
  if (mentor) {
    const role = Object.assign(document.createElement('span'), { className: 'role', textContent: 'Mentor' })
    option.append(' ', role)
  }
  return option
}

function mark(index: number): void {
  if (!offered) return
  offered.marked = (index + offered.people.length) % offered.people.length
  for (const option of document.querySelectorAll<HTMLElement>(`#${listId} [role=option]`)) {
    const marked = option.dataset.index === String(offered.marked)
    option.setAttribute('aria-selected', String(marked))
    if (marked) {
      offered.field.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
  }
}

function press(event: KeyboardEvent): void {
  if (event.target !== offered?.field || event.isComposing) return
  const { marked, people } = offered
  const acts: Record<string, () => void> = {
    ArrowDown: () => mark(marked + 1),
    ArrowUp: () => mark(marked - 1),
    Home: () => mark(0),
    End: () => mark(people.length - 1),
    Enter: () => take(marked),
    Tab: () => take(marked),
    Escape: close,
  }
  const act = event.shiftKey || event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key]
  if (act) {
    event.preventDefault()
    event.stopPropagation()
    act()
  } else if (/^(Arrow(Left|Right)|Page)/.test(event.key)) close()
}

/** Puts the handle in place of what was typed of it. `setRangeText` keeps the browser's own way to undo where it can. */
function take(index: number): void {
  if (!offered) return
  const { field, from, people } = offered
  const person = people[index]
  close()
  if (!person) return
  field.setRangeText(`@${person.handle} `, from, field.selectionStart, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
  clearTimeout(timer)
  tell(`@${person.handle} is mentioned.`)
}

function close(): void {
  const field = offered?.field
  offered = null
  document.getElementById(listId)?.remove()
  if (!field) return
  for (const name of [...Object.keys(comboboxOf), 'aria-activedescendant']) field.removeAttribute(name)
  tell('')
}

/** Read out politely, by the status that stands in every composer. */
function tell(words: string): void {
  const status = document.activeElement?.closest('.post-form')?.querySelector('[data-status]')
  if (status) status.textContent = words
}
