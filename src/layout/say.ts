import type { Flash } from './flash.ts'

const region = () => document.getElementById('flash')

/** Shows a message in the flash, in the browser. Read out politely; stays in sight; goes with the next request. */
export function say({ kind, text, link }: Flash): void {
  const words = make('p', text)
  if (link) {
    // A new tab, so that what is half-written on this page stays where it is.
    const anchor = Object.assign(make('a', link.words), {
      href: link.href,
      target: '_blank',
      rel: 'noopener',
    })
    words.append(' ', anchor)
  }
  const notice = make('div', '')
  notice.className = `notice ${kind}`
  notice.append(words)
  region()?.replaceChildren(notice)
  keepInSight()
}

/** Takes the message away. */
export function hush(): void {
  region()?.replaceChildren()
}

export const isSaying = () => Boolean(region()?.textContent.trim())

/** A message that came without a new page follows the reader down the page. */
export function keepInSight(): void {
  region()?.classList.toggle('live', isSaying())
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, text: string): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), { textContent: text })
}
