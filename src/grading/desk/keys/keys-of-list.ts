import type { Keys } from './keys.ts'

const links = () => [...document.querySelectorAll<HTMLElement>('.waiting h2 a')]

/** From the row that has the focus, or to the first; Enter opens it as it opens every link. */
function step(by: 1 | -1): void {
  const all = links()
  const row = document.activeElement?.closest('.waiting')
  const at = all.findIndex(link => link.closest('.waiting') === row)
  const to = all[at === -1 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]
  to?.focus()
  to?.closest('.waiting')?.scrollIntoView({ block: 'nearest' })
}

export const keysOfList: Keys = {
  j: () => step(1),
  k: () => step(-1),
}
