import htmx from 'htmx.org'

/**
 * Opens a form in the post that it belongs to, where a link `data-opens` leads to the page with it, so that the rest
 * of the page stays. One listener and not attributes on each link: a page of a discussion has hundreds of them.
 */
export function openForms(): void {
  document.addEventListener('click', event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-opens]')
    if (!link?.closest('.post') || event.defaultPrevented || opensElsewhere(event)) return
    event.preventDefault()
    void openForm(link, link.href)
  })
}

/** Opens the form at `address` in the post that the link stands in; through once it is there. */
export async function openForm(link: HTMLAnchorElement, address: string): Promise<void> {
  const post = link.closest('.post')
  if (!post || link.classList.contains('htmx-request')) return
  const target = `#${post.id}`
  await htmx.ajax('GET', address, { source: link, target, select: target, swap: 'outerHTML' })
}

/** The reader asked for a new tab or window, or for the file. */
export const opensElsewhere = ({ ctrlKey, metaKey, shiftKey, altKey }: MouseEvent) =>
  ctrlKey || metaKey || shiftKey || altKey
