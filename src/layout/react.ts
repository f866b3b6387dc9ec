import htmx from 'htmx.org'
import { opensElsewhere } from './open.ts'

/**
 * A reaction changes only the reactions of its post: a half-typed reply beside it stays. Without a script the button
 * sends the page's one form for them.
 */
export function takeReactions(): void {
  document.addEventListener('click', event => {
    const pressed = event.target as Element
    closeMenus(pressed)
    const link = pressed.closest<HTMLAnchorElement>('a[data-react]')
    if (link && !opensElsewhere(event)) {
      event.preventDefault()
      openMenu(link)
    }
    const button = pressed.closest<HTMLButtonElement>('.reactions button')
    if (!button?.form) return
    event.preventDefault()
    if (!button.classList.contains('htmx-request')) void send(button)
  })
  document.addEventListener('keydown', ({ key, target }) => {
    const menu = key === 'Escape' ? (target as Element).closest<HTMLDetailsElement>(opened) : null
    if (!menu) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
}

const opened = '.reactions details[open]'

/** The page holds one menu for all posts; what this one was given already has a button of its own beside it. */
function openMenu(link: HTMLAnchorElement): void {
  const menu = document.querySelector<HTMLTemplateElement>('template#reactions')?.content.cloneNode(true)
  if (!(menu instanceof DocumentFragment)) return
  for (const button of menu.querySelectorAll('button')) {
    const [, reaction] = button.value.split(' ')
    if (link.parentElement?.querySelector(`button[value*=" ${reaction} "]`)) button.remove()
    else button.value = `${link.dataset.react} ${reaction} on`
  }
  const summary = menu.querySelector('summary')
  link.replaceWith(menu)
  summary?.focus()
}

function closeMenus(pressed: Element): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(opened))
    if (!menu.contains(pressed)) menu.open = false
}

async function send(button: HTMLButtonElement): Promise<void> {
  const target = `#${button.closest('.reactions')?.id}`
  const [post, reaction] = button.value.split(' ')
  await htmx.ajax('POST', button.form?.getAttribute('action') ?? '', {
    ...{ source: button, target, select: target, swap: 'outerHTML', selectOOB: '#flash:innerHTML' },
  })
  document.querySelector<HTMLElement>(`${target} [value^="${post} ${reaction} "]`)?.focus()
}
