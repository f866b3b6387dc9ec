/**
 * Lets things be put in order by moving them up and down, in place of numbers: the numbers follow by themselves and are
 * what is posted. Moving keeps the focus on the button, and says the new place.
 */
export function tendOrdering(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-ordering]:not([data-tended])')) {
    list.dataset.tended = ''
    const rows = rowsOf(list)
    // What is posted is told by its place in the form: the numbers stay where they are, out of sight.
    const numbers = document.createElement('div')
    numbers.hidden = true
    for (const row of rows) {
      const number = row.querySelector('select')!
      numberOf.set(row, number)
      numbers.append(number)
      row.append(buttonsFor(row, list))
    }
    list.append(...rows.toSorted((a, b) => place(a) - place(b)), numbers)
    nameButtons(list)
  }
}

const numberOf = new WeakMap<HTMLElement, HTMLSelectElement>()
const place = (row: HTMLElement) => Number(numberOf.get(row)?.value) || Infinity
const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>('.part')]

function buttonsFor(row: HTMLElement, list: HTMLElement): HTMLElement {
  const buttons = document.createElement('span')
  buttons.className = 'moves'
  for (const [by, sign] of [
    [-1, '↑'],
    [1, '↓'],
  ] as const) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button quiet'
    button.textContent = sign
    button.dataset.by = String(by)
    button.addEventListener('click', () => move(row, by, list))
    buttons.append(button)
  }
  return buttons
}

/** A first move, be it one that leads nowhere, says that the order is meant as it stands. */
function move(row: HTMLElement, by: -1 | 1, list: HTMLElement): void {
  const rows = rowsOf(list)
  const other = rows[rows.indexOf(row) + by]
  if (other) other[by < 0 ? 'before' : 'after'](row)
  rowsOf(list).forEach((one, index) => {
    const number = numberOf.get(one)
    if (number) number.value = String(index + 1)
  })
  nameButtons(list)
  row.querySelector<HTMLElement>(`[data-by="${by}"]`)?.focus()
  numberOf.get(row)?.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Each button says what it moves, and where that stands now. */
function nameButtons(list: HTMLElement): void {
  const rows = rowsOf(list)
  rows.forEach((row, index) => {
    const what = row.querySelector('.item')?.textContent.trim() ?? ''
    for (const button of row.querySelectorAll<HTMLElement>('button[data-by]'))
      button.setAttribute(
        'aria-label',
        `Move ${button.dataset.by === '-1' ? 'up' : 'down'}: ${what}. Now ${index + 1} of ${rows.length}`,
      )
  })
}
