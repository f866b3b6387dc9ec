import { found } from '../errors.ts'

/** What of a discussion to show: which cohort's, from where on, one thread alone, with which form open. */
export type View = {
  /** Null for the cohort that is shown without asking. */
  cohort: number | null
  /** In the list, the reflection after which to go on; in a thread, the reply. */
  after: number | null
  /** The reflection whose thread is shown alone. */
  thread: number | null
  reply: number | null
  edit: number | null
}

const idIn = (text: string | null | undefined): number | null =>
  text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null

const number = (query: URLSearchParams, name: string) => idIn(query.get(name))

/** The id of a post in an address. @throws NotFound when it can be nobody's */
export const idOf = (text: string | undefined): number => found(idIn(text))

/** What an address asks to see of a discussion. What is no number is not asked. */
export const viewOf = (query: URLSearchParams): View => ({
  cohort: number(query, 'cohort'),
  after: number(query, 'after'),
  thread: number(query, 'replies'),
  reply: number(query, 'reply'),
  edit: number(query, 'edit'),
})

/** The address of a view of the discussion on a module's page, at the element named `at`. */
export function discussionHref(moduleId: string, view: Partial<View>, at = 'discussion'): string {
  const query = new URLSearchParams()
  const names = { cohort: 'cohort', thread: 'replies', after: 'after', reply: 'reply', edit: 'edit' } as const
  for (const [key, name] of Object.entries(names) as [keyof View, string][])
    if (view[key]) query.set(name, String(view[key]))
  return `/courses/${moduleId}${query.size > 0 ? `?${query}` : ''}#${at}`
}
