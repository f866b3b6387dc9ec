import htmx from 'htmx.org'

/**
 * A reaction changes only the reactions of its post: a half-typed reply beside it stays. Without a script the button
 * sends the page's one form for them.
 */
export function takeReactions(): void {
  document.addEventListener('click', event => {
    const pressed = event.target as Element
    closeMenus(pressed)
    const button = pressed.closest<HTMLButtonElement>('.reactions button')
    if (!button?.form) return
    event.preventDefault()
    if (!button.classList.contains('htmx-request')) void send(button)
  })
  document.addEventListener('keydown', ({ key, target }) => {
    const menu = key === 'Escape' ? (target as Element).closest<HTMLDetailsElement>(openMenu) : null
    if (!menu) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
}

const openMenu = '.reactions details[open]'

function closeMenus(pressed: Element): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(openMenu))
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
