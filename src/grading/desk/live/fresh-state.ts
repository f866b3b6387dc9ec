import type { MarkingNow } from './desk-told.ts'

/**
 * Draws anew how a marking stands that this page waits for, when that has changed, and says so. What one reads, and
 * words that were given back, stay as they are.
 */
export async function freshState({ by, closed }: MarkingNow, place: HTMLElement): Promise<void> {
  const state = closed ? 'closed' : (by ?? '')
  if (place.dataset.state === state) return
  place.dataset.state = state
  const answer = await fetch(location.pathname + location.search).catch(() => null)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.getElementById('marking-state')
  // Told of another change meanwhile, which brings its own.
  if (!fresh || !place.isConnected || place.dataset.state !== state) return
  place.replaceChildren(...[...fresh.childNodes].map(node => document.importNode(node, true)))
  if (closed) delete place.dataset.waitsFor
  place.dispatchEvent(new CustomEvent('trellis:fresh', { bubbles: true }))
  const region = document.getElementById('state-said')
  if (region)
    region.textContent = closed ? 'It has been marked now.' : by ? `@${by} has it now.` : 'It is free now.'
}
