import { say } from '../../../layout/say.ts'
import { openComments } from '../../comments/picker.ts'
import type { Keys } from './keys.ts'

const form = () => document.getElementById('grade') as HTMLFormElement | null
const field = (name: string) => form()?.querySelector<HTMLTextAreaElement>(`textarea[name="${name}"]`) ?? null
const criteria = () =>
  [...(form()?.querySelectorAll('fieldset') ?? [])].filter(one => levelsOf(one).length > 0)
const levelsOf = (criterion: Element) => [
  ...criterion.querySelectorAll<HTMLInputElement>('input[type=radio]'),
]
const isChosen = (criterion: Element) => levelsOf(criterion).some(({ checked }) => checked)
const titleOf = (criterion: Element) => criterion.querySelector('legend')?.textContent.trim() ?? ''
const current = () => criteria().find(one => one.getAttribute('aria-current') === 'true')

/** Marks the first criterion without a level as the one that the number keys are for, and follows the focus. */
export function tendCriteria(): void {
  const on = document.documentElement.classList.contains('keys-on')
  const all = criteria()
  if (!on) for (const one of all) one.removeAttribute('aria-current')
  else if (!current()) mark(all.find(one => !isChosen(one)) ?? all[0])
}

/** One that is pressed or tabbed to is the current one from then on. */
export function followFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    const criterion = (target as Element).closest('fieldset')
    if (criterion && current() && criteria().includes(criterion)) mark(criterion)
  })
}

function mark(criterion: Element | undefined): void {
  for (const one of criteria())
    if (one === criterion) one.setAttribute('aria-current', 'true')
    else one.removeAttribute('aria-current')
}

/** To a criterion: a screen reader says its name. */
function goTo(criterion: HTMLElement | undefined): void {
  if (!criterion) return
  mark(criterion)
  criterion.tabIndex = -1
  criterion.focus({ preventScroll: true })
  bringInSight(criterion)
}

/** Where the form scrolls by itself beside the text, the text stays where it is. */
function bringInSight(part: HTMLElement): void {
  const side = document.getElementById('grading')
  const scrolls = side !== null && side.scrollHeight > side.clientHeight
  if (!scrolls) {
    part.scrollIntoView({ block: 'nearest' })
    return
  }
  const { top, bottom } = part.getBoundingClientRect()
  const seen = side.getBoundingClientRect()
  if (top < seen.top || bottom > Math.min(seen.bottom, innerHeight)) side.scrollTop += top - seen.top
}

function step(by: 1 | -1): void {
  const all = criteria()
  const at = all.findIndex(one => one === current())
  goTo(all[Math.min(Math.max(at + by, 0), all.length - 1)])
}

/** Chooses a level of the current criterion, and goes to the one after it. */
function choose(number: number): void {
  const criterion = current()
  const level = criterion && levelsOf(criterion)[number - 1]
  if (!level) return
  level.checked = true
  level.dispatchEvent(new Event('input', { bubbles: true }))
  level.dispatchEvent(new Event('change', { bubbles: true }))
  tell(`${titleOf(criterion)}: ${nameOf(level)}.`)
  const all = criteria()
  goTo(all[all.indexOf(criterion) + 1] ?? criterion)
}

/** The words of a level without what explains them. */
const nameOf = (level: HTMLInputElement) =>
  [...(level.labels?.[0]?.querySelector('span')?.childNodes ?? [])]
    .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    .map(({ textContent }) => textContent?.trim())
    .join('')

function tell(words: string): void {
  const region = document.getElementById('keys-said')
  if (region) region.textContent = words
}

let sent = false

/** Sends the grade, if nothing is missing; otherwise goes to what is, and says so. */
function decide(outcome: 'pass' | 'distinction' | 'return'): void {
  const button = form()?.querySelector<HTMLButtonElement>(`button[name=outcome][value=${outcome}]`)
  if (!button || sent) return
  const open = criteria().find(one => !isChosen(one))
  const empty = ['feedback', ...(outcome === 'return' ? ['toChange'] : [])].find(
    name => !field(name)?.value.trim(),
  )
  if (open) {
    goTo(open)
    say({ kind: 'attention', text: `Please choose a level for “${titleOf(open)}” first.` })
  } else if (empty) {
    field(empty)?.focus()
    const what = empty === 'feedback' ? 'a few words of feedback' : 'what to change'
    say({ kind: 'attention', text: `Please write ${what} first.` })
  } else {
    sent = true
    form()?.requestSubmit(button)
  }
}

// A page that comes back from the browser's own memory can send again.
window.addEventListener('pageshow', () => (sent = false))

function toggleHold(): void {
  const box = form()?.querySelector<HTMLInputElement>('input[name=hold]')
  if (!box) return
  box.checked = !box.checked
  box.dispatchEvent(new Event('change', { bubbles: true }))
  const choice = box.closest('fieldset')
  if (choice) bringInSight(choice)
  tell(box.checked ? 'The answer will be held.' : 'The answer goes out at once.')
}

function putBack(): void {
  const release = document.getElementById('release')
  if (release instanceof HTMLFormElement) release.requestSubmit()
}

function toggleQuestion(): void {
  const question = document.querySelector<HTMLDetailsElement>('details.question')
  if (!question) return
  question.open = !question.open
  tell(question.open ? 'The question is open.' : 'The question is closed.')
  if (question.open) question.scrollIntoView({ block: 'nearest' })
}

const digits = Object.fromEntries(
  Array.from({ length: 9 }, (_, index) => [String(index + 1), () => choose(index + 1)]),
)

export const keysOfMarking: Keys = {
  ...digits,
  j: () => step(1),
  k: () => step(-1),
  f: () => field('feedback')?.focus(),
  c: () => field('toChange')?.focus(),
  t: openComments,
  p: () => decide('pass'),
  d: () => decide('distinction'),
  r: () => decide('return'),
  h: toggleHold,
  b: putBack,
  o: toggleQuestion,
}
