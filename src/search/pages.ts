import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { barredBy } from '../courses/access.ts'
import type { Module } from '../courses/course.ts'
import { progressOf } from '../courses/progress.ts'
import type { Guide } from '../guides/guide.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { headline, isMarked } from './snippet.ts'

/** A module or a guide that was found. */
export type FoundPage = {
  href: string
  title: string
  /** The course, or the guide's topic. */
  where: string
  summary: string
  /** The parts in which the words stand, marked; null where there are none, or no more than the summary is told. */
  snippet: string | null
  /** The module to finish first, where this one cannot be opened yet. */
  first: { href: string; title: string } | null
}

/** The modules and guides with these words in them, the best first. */
export type PagesFound = { modules: readonly Module[]; guides: readonly Guide[] }

export async function pagesFound(db: Queryable, content: Content, words: string): Promise<PagesFound> {
  const query = sql`websearch_to_tsquery('english', ${words})`
  const rows = await db.execute<{ kind: 'module' | 'guide'; id: string }>(sql`
    select kind, id from search_page where words @@ ${query} order by ts_rank_cd(words, ${query}, 1) desc, title`)
  const idsOf = (kind: 'module' | 'guide') => rows.filter(row => row.kind === kind).map(({ id }) => id)
  // What authors have taken away since it was indexed is left out.
  return {
    modules: idsOf('module').flatMap(id => content.module(id) ?? []),
    guides: idsOf('guide').flatMap(id => content.guide(id) ?? []),
  }
}

/**
 * What to show of modules and guides that were found. Everybody may read all of them, but for a module that one has
 * not come to yet in a course that one takes: of that the title and summary are told, and what comes first.
 */
export async function describePages(
  db: Queryable,
  content: Content,
  person: Person | null,
  words: string,
  { modules, guides }: PagesFound,
): Promise<{ modules: FoundPage[]; guides: FoundPage[] }> {
  const [snippets, progress] = await Promise.all([
    snippetsOf(db, words, { modules, guides }),
    progressOf(db, modules.length > 0 ? person : null),
  ])
  const told = ({ title, summary }: Module | Guide, snippet: string | undefined) => ({
    ...{ title, summary },
    snippet: snippet !== undefined && isMarked(snippet) ? snippet : null,
  })
  return {
    modules: modules.map(module => {
      const [first] = barredBy(content, person, module, progress)
      return {
        ...told(module, first ? undefined : snippets.get(`module ${module.id}`)),
        href: `/courses/${module.id}`,
        where: found(content.course(module.course)).title,
        first: first ? { href: `/courses/${first.id}`, title: first.title } : null,
      }
    }),
    guides: guides.map(guide => ({
      ...told(guide, snippets.get(`guide ${guide.id}`)),
      href: `/guides/${guide.id}`,
      where: guide.topic,
      first: null,
    })),
  }
}

async function snippetsOf(
  db: Queryable,
  words: string,
  { modules, guides }: PagesFound,
): Promise<Map<string, string>> {
  if (modules.length + guides.length === 0) return new Map()
  const ids = (list: PagesFound[keyof PagesFound]) => sql`${sql.param(list.map(({ id }) => id))}::text[]`
  const rows = await db.execute<{ name: string; snippet: string }>(sql`
    select kind || ' ' || id as name,
      ${headline(sql`body`, sql`websearch_to_tsquery('english', ${words})`)} as snippet
    from search_page
    where (kind = 'module' and id = any(${ids(modules)})) or (kind = 'guide' and id = any(${ids(guides)}))`)
  return new Map(rows.map(({ name, snippet }) => [name, snippet]))
}
