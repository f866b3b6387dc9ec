import { shelf } from '../../../layout/shelves.ts'
import { keyPressed, typesText } from './key-pressed.ts'
import { keysOfList } from './keys-of-list.ts'
import { keysOfMarking, tendCriteria } from './keys-of-marking.ts'

/** What a key does; nothing where there is nothing for it to do. */
export type Keys = Readonly<Record<string, () => void>>

const shelved = 'desk-keys'
const dialog = () => document.getElementById('keys') as HTMLDialogElement | null
const areOn = () => shelf?.getItem(shelved) !== 'off'

/** Lets a mentor work with keys alone: single keys that do nothing while one types, and that one can turn off. */
export function tendKeys(): void {
  const button = document.getElementById('show-keys')
  const box = document.getElementById('use-keys') as HTMLInputElement | null
  if (!button || !box) return
  button.hidden = false
  button.onclick = showKeys
  box.checked = areOn()
  box.onchange = () => {
    shelf?.setItem(shelved, box.checked ? 'on' : 'off')
    showWhetherOn()
  }
  showWhetherOn()
}

export const listenToKeys = () => {
  document.addEventListener('keydown', press)
}

/** A stylesheet shows the numbers of levels only where they do something. */
function showWhetherOn(): void {
  document.documentElement.classList.toggle('keys-on', areOn() && dialog() !== null)
  tendCriteria()
}

function press(event: KeyboardEvent): void {
  const key = keyPressed(event)
  const here = dialog()
  if (!key || !here || here.open || !areOn()) return
  if (typesText(event.target)) {
    if (key === 'Escape') leaveField(event.target as HTMLElement)
    return
  }
  const keys = here.dataset.where === 'list' ? keysOfList : keysOfMarking
  const does = { ...keys, ...everywhere }[key]
  if (!does) return
  event.preventDefault()
  // A key that is held down moves, and does nothing else again and again.
  if (!event.repeat || key === 'j' || key === 'k') does()
}

const everywhere: Keys = {
  '?': showKeys,
  n: () => {
    const next = document.getElementById('claim-next')
    if (next instanceof HTMLFormElement) next.requestSubmit()
  },
}

/** The browser keeps the focus in the dialog, closes it on Esc, and puts the focus back. */
function showKeys(): void {
  dialog()?.showModal()
  document.getElementById('keys-title')?.focus()
}

/** To where the field stands, so that Tab goes on from there. */
function leaveField(field: HTMLElement): void {
  field.blur()
  const place = document.getElementById('grading')
  if (!place) return
  place.tabIndex = -1
  place.focus({ preventScroll: true })
}
