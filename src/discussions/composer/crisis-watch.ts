import { mayBeInCrisis } from './in-crisis.ts'

/**
 * Shows helplines beside a composer while what is typed there suggests that its writer is in a crisis. All of it
 * happens in this browser: nothing is sent, stored or logged.
 */
export function watchForCrisis(): void {
  document.addEventListener('focusin', ({ target }) => void look(target))
  document.addEventListener('input', ({ target }) => void look(target))
  document.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLButtonElement && target.closest('.crisis')) putAway(target)
  })
}

/** Texts for which the helplines were put away: they stay away while this page is open, also beside the post. */
const putAwayFor = new Set<string>()

let phrases: Promise<readonly string[]> | undefined

/** Without the phrases no helplines show up, and writing goes on as ever. */
const fetchPhrases = async (): Promise<readonly string[]> => {
  try {
    const answer = await fetch('/crisis-words.json')
    return answer.ok ? ((await answer.json()) as string[]) : []
  } catch {
    phrases = undefined
    return []
  }
}

async function look(target: EventTarget | null): Promise<void> {
  if (!(target instanceof HTMLTextAreaElement)) return
  const form = target.closest('.post-form')
  if (!form?.querySelector('template[data-crisis]')) return
  phrases ??= fetchPhrases()
  const known = await phrases
  const inCrisis = mayBeInCrisis(target.value, known)
  if (inCrisis && !putAwayFor.has(nameOf(target))) show(form)
  else hide(form)
}

const nameOf = (field: HTMLTextAreaElement) => field.dataset.draft ?? field.id

function show(form: Element): void {
  const place = form.querySelector('.crisis-place')
  const template = form.querySelector<HTMLTemplateElement>('template[data-crisis]')
  if (!place || !template) return
  if (!place.querySelector('.crisis')) place.append(template.content.cloneNode(true))
  addButton(place)
  tell(form, 'Helplines are shown below what you write.')
}

function hide(form: Element): void {
  form.querySelector('.crisis-place')?.replaceChildren()
  tell(form, '')
}

/** Said once, politely; the helplines themselves are for whoever goes there. */
function tell(form: Element, words: string): void {
  const status = form.querySelector('[data-crisis-status]')
  if (status && status.textContent !== words) status.textContent = words
}

function addButton(place: Element): void {
  const panel = place.querySelector('.crisis')
  if (!panel || panel.querySelector('button')) return
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'button quiet',
    textContent: 'Put this away',
  })
  panel.append(button)
}

function putAway(button: HTMLButtonElement): void {
  const form = button.closest('.post-form')
  const field = form?.querySelector('textarea')
  if (!form || !field) return
  putAwayFor.add(nameOf(field))
  hide(form)
  field.focus()
}

/** What the server has drawn: with the way to put it away, or not at all where that was done already. */
export function tendCrisis(): void {
  for (const form of document.querySelectorAll('.post-form:has(.crisis)')) {
    const field = form.querySelector('textarea')
    if (field && putAwayFor.has(nameOf(field))) hide(form)
    else addButton(form)
  }
  if (putAwayFor.size > 0) for (const panel of document.querySelectorAll('.post > .crisis')) panel.remove()
}
