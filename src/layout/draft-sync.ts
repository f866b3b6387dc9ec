import type { BrowserDraft } from '../drafts/newer-words.ts'
import { draftOnShelf, shelve, shelvedDrafts } from './draft-shelf.ts'

/** So long (ms) after the last key the words go to the server. */
const pause = 1500

type Waiting = { timer: ReturnType<typeof setTimeout>; send: () => Promise<boolean> }

const waiting = new Map<string, Waiting>()
const underWay = new Map<string, AbortController>()

/** Has the server keep these words, unless more are typed in a moment. */
export function sendSoon(name: string, draft: BrowserDraft, form?: string): void {
  clearTimeout(waiting.get(name)?.timer)
  const send = () => sendNow(name, draft, form)
  waiting.set(name, { timer: setTimeout(() => void send(), pause), send })
}

/** Sends at once what would have been sent in a moment: the reader turns away. */
export function sendWaiting(): void {
  for (const { send } of waiting.values()) void send()
}

/** Sends nothing of these: they are being posted, or have been. */
export function holdBack(names: readonly string[]): void {
  for (const name of names) {
    clearTimeout(waiting.get(name)?.timer)
    waiting.delete(name)
    underWay.get(name)?.abort()
  }
}

/** Sends what never got there: it was typed offline, or just before the page was left. Answers when it is through. */
export async function sendUnsent(): Promise<void> {
  const sending: Promise<boolean>[] = []
  for (const name of shelvedDrafts()) {
    const draft = draftOnShelf(name)
    if (draft?.kept !== undefined && draft.words !== draft.kept) sending.push(sendNow(name, draft))
  }
  await Promise.all(sending)
}

/**
 * Sends a draft, quietly: what fails is tried again when more is typed, when the browser is online again, and when
 * another page is opened. Form data and not text: a long draft in another script must fit what a page may still send
 * as it closes.
 */
async function sendNow(name: string, draft: BrowserDraft, form?: string): Promise<boolean> {
  holdBack([name])
  const control = new AbortController()
  underWay.set(name, control)
  const body = new FormData()
  body.set('name', name)
  body.set('words', draft.words === draft.over ? '' : draft.words)
  body.set('ago', String(Math.min(Math.max(0, Date.now() - draft.typedAt), 7_000_000_000)))
  if (form) body.set('form', form)
  try {
    const init = {
      method: 'POST',
      headers: { prefer: 'return=minimal' },
      body,
      keepalive: true,
      redirect: 'manual',
      signal: control.signal,
    } as const
    const answer = await fetch('/?_action=drafts.keep', init)
    if (answer.ok) noteKept(name, draft)
    return answer.ok
  } catch {
    return false
  } finally {
    if (underWay.get(name) === control) underWay.delete(name)
  }
}

/** The server has these words now; more may have been typed meanwhile, or all of it posted. */
function noteKept(name: string, sent: BrowserDraft): void {
  const draft = draftOnShelf(name)
  if (!draft) return
  const kept = sent.words === sent.over ? null : sent.words
  shelve(name, { ...draft, kept })
}
