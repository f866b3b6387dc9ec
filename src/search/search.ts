import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { type Named, peopleNamed } from '../people/named.ts'
import type { Person } from '../people/person.ts'
import { limit } from '../people/rate-limit.ts'
import { type Asked, type Kind, kinds, pageSize } from './asked.ts'
import { corrections } from './correct.ts'
import { describePages, type FoundPage, pagesFound } from './pages.ts'
import { type PostsFound, noPosts, postsFound, type Sight, sightOf } from './posts.ts'

/** All that was found for one person. */
export type Found = {
  /** What was looked for in the end. */
  words: string
  /** What had been typed, where nothing was found for it and other words were looked for instead. */
  typed: string | null
  people: readonly Named[]
  posts: PostsFound
  modules: { list: readonly FoundPage[]; count: number }
  guides: { list: readonly FoundPage[]; count: number }
}

/** Nothing can be looked for by these words: there are none but very common ones, or only some to leave out. */
export type NoQuery = 'common' | 'only-without'

/**
 * Looks for what somebody typed, among the modules and guides, and for whoever is signed in among the posts that they
 * may see. Where nothing is found, the nearest words are tried that find something for this reader.
 * @throws TooMany
 */
export async function search(
  db: Db,
  content: Content,
  person: Person | null,
  asked: Asked,
): Promise<Found | NoQuery> {
  const nothing = await whyNoQuery(db, asked.words)
  if (nothing) return nothing
  if (person) await limit('search', String(person.id))
  const [sight, people] = person
    ? await Promise.all([sightOf(db, content, person), peopleNamed(db, asked.words)])
    : [null, []]
  const asTyped = await lookFor(db, content, person, sight, asked)
  if (asked.exact || countOf(asTyped) > 0) return { ...asTyped, typed: null, people }

  for (const words of await corrections(db, sight, asked.words)) {
    const corrected = await lookFor(db, content, person, sight, { ...asked, words })
    if (countOf(corrected) > 0) return { ...corrected, typed: asked.words, people }
  }
  return { ...asTyped, typed: null, people }
}

async function whyNoQuery(db: Db, words: string): Promise<NoQuery | null> {
  const [row] = await db.execute<{ nodes: number; tree: string }>(sql`
    select numnode(query) as nodes, querytree(query) as tree
    from websearch_to_tsquery('english', ${words}) query`)
  if (row?.nodes === 0) return 'common'
  // An index can't be asked for all that is without a word.
  return row?.tree === '' || row?.tree === 'T' ? 'only-without' : null
}

async function lookFor(
  db: Db,
  content: Content,
  person: Person | null,
  sight: Sight | null,
  { words, kind, after }: Asked,
): Promise<Omit<Found, 'typed' | 'people'>> {
  const part = (one: Kind) =>
    kind === 'all' ? { after: 0, size: pageSize.all[one] } : { after, size: kind === one ? pageSize.one : 0 }
  const [pages, posts] = await Promise.all([
    pagesFound(db, content, words),
    sight ? postsFound(db, sight, words, part('posts')) : noPosts,
  ])
  const cut = <T>(list: readonly T[], { after, size }: { after: number; size: number }) =>
    list.slice(after, after + size)
  const shown = await describePages(db, content, person, words, {
    modules: cut(pages.modules, part('modules')),
    guides: cut(pages.guides, part('guides')),
  })
  return {
    words,
    posts,
    modules: { list: shown.modules, count: pages.modules.length },
    guides: { list: shown.guides, count: pages.guides.length },
  }
}

/** How many results there are of all kinds. */
export const countOf = (found: Pick<Found, Kind>): number =>
  kinds.reduce((sum, kind) => sum + found[kind].count, 0)
