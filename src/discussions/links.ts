import { found } from '../errors.ts'

/** What of a discussion to show: which cohort's, from where on, one thread alone, with which form open. */
export type View = {
  /** Null for the cohort that is shown without asking. */
  cohort: number | null
  /** In the list, the reflection after which to go on; in a thread, the reply. */
  after: number | null
  /** In a thread, the reply that the page ends before. */
  before: number | null
  /** The reflection whose thread is shown alone. */
  thread: number | null
  /** The post to reply to. */
  reply: number | null
  /** The post whose words the reply begins with. */
  quote: number | null
  edit: number | null
  /** The post whose menu of reactions is open. */
  react: number | null
}

const idIn = (text: string | null | undefined): number | null =>
  text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null

/** The id of a thing in an address. @throws NotFound when it can be nobody's */
export const idOf = (text: string | undefined): number => found(idIn(text))

const names = {
  cohort: 'cohort',
  thread: 'replies',
  after: 'after',
  before: 'before',
  reply: 'reply',
  quote: 'quote',
  edit: 'edit',
  react: 'react',
} as const

/** What an address asks to see of a discussion. What is no number is not asked. */
export const viewOf = (query: URLSearchParams): View =>
  Object.fromEntries(Object.entries(names).map(([key, name]) => [key, idIn(query.get(name))])) as View

/** The page on which a discussion stands. */
export const pageOf = ({ id, module }: { id: number; module: string | null }): string =>
  module === null ? `/topics/${id}` : `/courses/${module}`

/** The address of a view of the discussion on `page`, at the element named `at`. */
export function discussionHref(page: string, view: Partial<View>, at = 'discussion'): string {
  const query = new URLSearchParams()
  for (const [key, name] of Object.entries(names) as [keyof View, string][])
    if (view[key]) query.set(name, String(view[key]))
  return `${page}${query.size > 0 ? `?${query}` : ''}#${at}`
}

/** The address of the same part of the discussion with something opened in it, at the element named `at`; within its page. */
export function openedHref(view: View, opened: Partial<View>, at: string): string {
  const asked = Object.entries(opened).map(([key, id]) => `${names[key as keyof View]}=${id}`)
  return `?${[...partOf(view), ...asked].join('&')}#${at}`
}

const parts = new WeakMap<View, string[]>()

/** The part of the discussion that is shown, as an address says it: put together once, for hundreds of links. */
function partOf(view: View): string[] {
  const known = parts.get(view)
  if (known) return known
  const { cohort, thread, after, before } = view
  const part = discussionHref('', { cohort, thread, after, before }, '').replace(/^\?|#$/g, '')
  const told = part ? [part] : []
  parts.set(view, told)
  return told
}
