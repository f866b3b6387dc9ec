import { note } from '../../../live/note.ts'
import { sourceOf } from '../../../live/source.ts'
import { changesInWords, isOnPage, newInWords } from './desk-changes.ts'
import type { DeskTold, MarkingNow, Opened } from './desk-told.ts'
import { freshState } from './fresh-state.ts'

/** Changes are said once it has been calm for so long, and not more often than this: milliseconds. */
const calm = 2_500
const seldom = 20_000

/** Up to which marking this page has heard of what was opened. */
let since = ''
const waiting = new Set<number>()
/** How each row was when it was last said, so that what came and went again is not. */
const said = new Map<number, string>()
let saidAt = 0
let saying: number | undefined

const source = sourceOf(address, (data, lastId) => {
  since = lastId
  const { now, opened } = JSON.parse(data) as DeskTold
  for (const marking of now) hear(marking)
  for (const one of opened) hearOpened(one)
  sayLater()
})

/** Keeps the list up to date of who is at work on what, and a page that waits for another's claim of its end. */
export function listenToDesks(): void {
  for (const row of rows()) said.set(idOf(row), stateOf(row))
  source.connect()
}

const queue = () => document.getElementById('queue')
const rows = () => [...document.querySelectorAll<HTMLElement>('.waiting[data-marking]')]
const awaited = () => document.querySelector<HTMLElement>('[data-waits-for]')
const idOf = (row: HTMLElement) => Number(row.dataset.marking)

/** The list, whatever stands on it, or a marking that somebody else is at work on; other pages listen to nothing. */
function address(): string | undefined {
  const one = awaited()?.dataset.waitsFor
  if (!queue() && !one) return undefined
  const query = new URLSearchParams(location.search)
  query.delete('after')
  query.set('of', one ?? rows().map(idOf).join(','))
  if (since) query.set('since', since)
  return `/desk/events?${query}`
}

function hear(marking: MarkingNow): void {
  const row = rows().find(one => idOf(one) === marking.id)
  if (row) draw(row, marking)
  const waits = awaited()
  if (Number(waits?.dataset.waitsFor) === marking.id) void freshState(marking, waits!)
}

/** What is on the row's own line changes; nothing moves. */
function draw(row: HTMLElement, { by, closed }: MarkingNow): void {
  const mine = by !== null && by === queue()?.dataset.viewer
  const state = closed ? 'done' : by === null ? 'free' : mine ? 'mine' : 'taken'
  if (row.dataset.state === state && row.dataset.by === (by ?? '')) return
  const hadFocus = row.querySelector('form')?.contains(document.activeElement)
  row.dataset.state = state
  row.dataset.by = by ?? ''
  const words = row.querySelector('.claimed > span')
  if (words)
    words.textContent = closed
      ? 'Done.'
      : mine
        ? 'You are at work on it.'
        : by
          ? `@${by} is at work on it.`
          : ''
  const verb = row.querySelector('.verb')
  if (verb) verb.textContent = mine ? 'Go on' : 'Grade'
  if (hadFocus && (closed || state === 'taken')) row.querySelector<HTMLElement>('h2 a')?.focus()
}

function hearOpened({ id, at }: Opened): void {
  const list = queue()
  if (!list || rows().some(row => idOf(row) === id)) return
  if (!isOnPage(at, new URLSearchParams(location.search).get('after'), list.dataset.next ?? null)) return
  waiting.add(id)
  note('desk-news', newInWords(waiting.size), () => {
    location.reload()
  })
}

function sayLater(): void {
  window.clearTimeout(saying)
  saying = window.setTimeout(sayChanges, Math.max(calm, saidAt + seldom - Date.now()))
}

const stateOf = ({ dataset: { state = 'free', by = '' } }: HTMLElement) => `${state} ${by}`

/** One's own doing needs no telling. */
function sayChanges(): void {
  const changed = rows().filter(row => said.get(idOf(row)) !== stateOf(row))
  for (const row of changed) said.set(idOf(row), stateOf(row))
  const others = changed.filter(({ dataset }) => dataset.state !== 'mine')
  const region = document.getElementById('desk-said')
  if (!region || others.length === 0) return
  saidAt = Date.now()
  region.textContent = changesInWords(
    others.map(row => ({
      title: row.dataset.title ?? '',
      by: row.dataset.by || null,
      closed: row.dataset.state === 'done',
    })),
  )
}
