import type { Choice } from '../drafts/newer-words.ts'

type Field = HTMLTextAreaElement | HTMLInputElement

/** Says above a field whose words they are, and what else can be done: drawn by the server where it brought them. */
export function draftNote(field: Field, { from, other }: Choice, shows: boolean): void {
  if (!shows && other === null) return
  const note = field.parentElement?.querySelector('.kept') ?? newNote(field)
  if (shows) {
    if (!note.querySelector('[data-discard]')) note.append(button('Discard them', 'data-discard'))
  } else
    note.replaceChildren('You began something here on this device, and it is no longer a draft elsewhere. ')
  if (other === null) return
  const words = from === 'server' && shows ? 'Use the words from this device instead' : 'Use your other words'
  note.append(button(shows ? words : 'Use the words from this device', 'data-other'))
}

/** After a button of the note was pressed, says what it did and how to undo it. The button stays where the focus is. */
export function noteAt(field: Field, pressed: HTMLButtonElement, before: string): void {
  const note = field.parentElement?.querySelector('.kept')
  const discarded = pressed.hasAttribute('data-discard')
  if (discarded) {
    const back = button('Put them back', 'data-words')
    back.dataset.words = before
    note?.replaceChildren('Discarded. Nothing of it was posted. ', back)
    back.focus()
    return
  }
  const ours = [newWords, button('Discard them', 'data-discard')]
  if (pressed.hasAttribute('data-other') && before) ours.push(button('Use your other words', 'data-other'))
  note?.replaceChildren(...ours)
  field.focus()
}

const newWords = 'These are your own words from before. They have not been posted yet. '

function newNote(field: Field): HTMLElement {
  const note = Object.assign(document.createElement('p'), {
    className: 'kept',
    id: `${field.id}-kept`,
    textContent: newWords,
  })
  field.setAttribute('aria-describedby', `${note.id} ${field.getAttribute('aria-describedby') ?? ''}`.trim())
  field.before(note)
  return note
}

function button(words: string, mark: string): HTMLButtonElement {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: words })
  made.setAttribute(mark, '')
  return made
}
