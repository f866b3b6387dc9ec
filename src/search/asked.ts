/** What one can look for. */
export const kinds = ['posts', 'modules', 'guides'] as const
export type Kind = (typeof kinds)[number]

/** What an address asks for. */
export type Asked = {
  /** As it was typed, without what no text has. */
  words: string
  kind: Kind | 'all'
  /** How many of the results to leave out: those of the pages before. */
  after: number
  /** The words are meant as they stand. */
  exact: boolean
}

/** The longest search, in characters. */
export const longest = 200

/** Results on a page of one kind, and those of each kind where all are shown. */
export const pageSize = { one: 20, all: { posts: 8, modules: 4, guides: 4 } } as const

/** The newest so many posts that fit are ranked; whoever looks for an older one adds a word. */
export const mostPosts = 200

/** What an address asks for; what makes no sense is not asked. */
export function askedBy(query: URLSearchParams): Asked {
  const kind = kinds.find(one => one === query.get('in')) ?? 'all'
  const after = Number(/^\d{1,4}$/.exec(query.get('after') ?? '')?.[0] ?? 0)
  return { words: wordsIn(query.get('q') ?? ''), kind, after, exact: query.has('exact') }
}

const wordsIn = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()

/** Why nothing can be looked for by these words, as a sentence; null where something can. */
export function trouble(words: string): string | null {
  if (words.length > longest)
    return `That is more than a search can take in. Please use the few words that matter, ${longest} characters at most.`
  if (!/[\p{L}\p{N}]/u.test(words)) return 'Please type a word to look for.'
  // One sign is a whole word in Chinese, and a letter in most other scripts.
  if (!/[\p{L}\p{N}]{2}|\p{Lo}/u.test(words)) return 'Please type at least two letters.'
  return null
}

/** The address of a search. */
export function searchHref({ words, kind, after, exact }: Partial<Asked>): string {
  const query = new URLSearchParams()
  if (words) query.set('q', words)
  if (kind && kind !== 'all') query.set('in', kind)
  if (after) query.set('after', String(after))
  if (exact) query.set('exact', '1')
  return query.size > 0 ? `/search?${query}` : '/search'
}
