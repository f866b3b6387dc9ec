import { openForm } from '../../layout/open.ts'
import { quoteOf } from './quote.ts'

/** What was selected last, and in which post: pressing a link takes the selection away. */
let selected: { post: Element; words: string } | null = null

/**
 * With words of a post selected, its link to quote it puts those into the reply and no others: at the cursor where a
 * reply is being written, else in a form that it opens.
 */
export function quoteSelections(): void {
  remember()
  document.addEventListener('selectionchange', remember)
  // Before the listener that opens forms.
  document.addEventListener('click', quote, { capture: true })
}

function remember(): void {
  const selection = getSelection()
  if (!selection || selection.isCollapsed) return
  const [from, to] = [proseAt(selection.anchorNode), proseAt(selection.focusNode)]
  const post = from?.closest('.post')
  const words = selection.toString().trim()
  selected = post && from === to && words !== '' ? { post, words } : null
}

const proseAt = (node: Node | null) =>
  (node instanceof Element ? node : node?.parentElement)?.closest('.post > .prose, .post > .noted > .prose')

function quote(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-quote]')
  const post = link?.closest('.post')
  if (!link || !post || post !== selected?.post || event.ctrlKey || event.metaKey || event.shiftKey) return
  const words = quoteOf({
    id: Number(link.dataset.quote),
    author: { handle: post.querySelector('.handle')?.textContent.replace(/^@/, '') ?? '' },
    markdown: selected.words,
    contentNote: null,
  })
  event.preventDefault()
  event.stopPropagation()
  selected = null
  const field = replyField()
  if (field) insert(field, words)
  else void openAndInsert(link, words)
}

/** The reply that is being written on this page; there is one at most. */
const replyField = () => document.querySelector<HTMLTextAreaElement>('.post-form[id^="reply-"] textarea')

async function openAndInsert(link: HTMLAnchorElement, words: string): Promise<void> {
  const address = new URL(link.href)
  address.searchParams.delete('quote')
  await openForm(link, address.href)
  const field = replyField()
  if (!field) return
  field.setSelectionRange(field.value.length, field.value.length)
  insert(field, words)
}

/** At the cursor, with a blank line before it, as a quote needs one. */
function insert(field: HTMLTextAreaElement, words: string): void {
  const { selectionStart: at, selectionEnd: to, value } = field
  const before = value.slice(0, at)
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  field.setRangeText(gap + words, at, to, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.focus()
  field.scrollIntoView({ block: 'nearest' })
}
