import type { BrowserDraft } from '../drafts/newer-words.ts'
import { shelf } from './shelves.ts'

/** Drafts on the browser's shelf: each under its person and its name. */
const prefix = () => `draft:${document.documentElement.dataset.person ?? ''}:`

/** What is kept of this person's draft, or null. */
export function draftOnShelf(name: string): BrowserDraft | null {
  const kept = shelf?.getItem(prefix() + name)
  return kept ? ({ typedAt: 0, ...JSON.parse(kept) } as BrowserDraft) : null
}

/** Puts a draft on the shelf, or takes it off where there is nothing to keep any more. */
export function shelve(name: string, draft: BrowserDraft | null): void {
  try {
    if (draft && isWorthKeeping(draft)) shelf?.setItem(prefix() + name, JSON.stringify(draft))
    else shelf?.removeItem(prefix() + name)
  } catch {
    // The shelf is full: the words are still in the field.
  }
}

/** That the words are gone is kept as well, until the server knows it. */
const isWorthKeeping = ({ words, over, kept, other }: BrowserDraft) =>
  words !== over || Boolean(kept) || other !== undefined

/** Names of this person's drafts on the shelf. */
export const shelvedDrafts = (): string[] =>
  Object.keys(shelf ?? {})
    .filter(key => key.startsWith(prefix()))
    .map(key => key.slice(prefix().length))
