import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { edits } from '../authoring/nearest.ts'
import { matching, queryOf, type Sight } from './posts.ts'

/** With more words than this that nothing has, it is no slip of the finger. */
const mostSlips = 3

/** Neighbours of a word that are looked up, those of them that are tried, and searches made with them. */
const neighbours = { found: 20, tried: 6, readings: 3 } as const

/**
 * What somebody may have meant by words for which they found nothing, the likeliest first: each word that they can find
 * nowhere, replaced by a near one that stands in something they may read. What other people's posts say changes nothing
 * in it: whether a word is one that can't be found, and what is tried for it, is asked of what this reader sees.
 * @param sight null for a guest
 */
export async function corrections(db: Queryable, sight: Sight | null, words: string): Promise<string[]> {
  const typed = wordsToCorrect(words)
  const readable = await whichOf(
    db,
    typed.map(word => isFound(sight, word)),
  )
  const slips = typed.filter((_, place) => !readable[place])
  if (slips.length === 0 || slips.length > mostSlips) return []

  const meant = new Map<string, string[]>()
  for (const slip of slips) {
    const near = await neighboursOf(db, slip)
    const there = await whichOf(
      db,
      near.map(word => stands(sight, word)),
    )
    meant.set(
      slip,
      near.filter((_, place) => there[place]),
    )
  }
  const readings = Array.from({ length: neighbours.readings }, (_, choice) =>
    words.replace(wordPattern, word => {
      const choices = meant.get(word.toLowerCase()) ?? []
      return choices[choice] ?? choices[0] ?? word
    }),
  )
  return [...new Set(readings)].filter(reading => reading !== words)
}

const wordPattern = /[\p{L}\p{M}]{4,30}/gu

/** The words of a search that may be slips, in small letters, each once: long enough to have a neighbour. */
function wordsToCorrect(words: string): string[] {
  const all = words.match(wordPattern) ?? []
  return all.length > 12 ? [] : [...new Set(all.map(word => word.toLowerCase()))]
}

/** Which of these conditions hold, in one statement that plans each by itself. */
async function whichOf(db: Queryable, conditions: SQL[]): Promise<boolean[]> {
  if (conditions.length === 0) return []
  const [row] = await db.execute<{ held: boolean[] }>(
    sql`select array[${sql.join(conditions, sql`, `)}] as held`,
  )
  return row?.held ?? []
}

/** That the reader finds something by a word; so common a word that it is left out of searches is no slip. */
const isFound = (sight: Sight | null, word: string): SQL => {
  const query = queryOf(word)
  return sql`(numnode(${query}) = 0
    or exists (select from search_page where words @@ ${query})
    ${sight ? sql`or exists (${matching(sight, query)})` : sql.empty()})`
}

/** That a word stands, letter for letter, in something that the reader may read. */
const stands = (sight: Sight | null, word: string): SQL => {
  const query = queryOf(word)
  const pattern = `\\m${word}\\M`
  return sql`(
    exists (select from search_page where words @@ ${query} and lower(title || ' ' || body) ~ ${pattern})
    ${sight ? sql`or exists (${matching(sight, query)} and lower(post.markdown) ~ ${pattern})` : sql.empty()})`
}

/**
 * Known words that are spelled much like this one, or that begin with it, the nearest first. Trigrams find them by
 * an index; the edits between the two tell which is nearest.
 */
async function neighboursOf(db: Queryable, slip: string): Promise<string[]> {
  const rows = await db.execute<{ word: string }>(sql`
    select word from search_word where (word % ${slip} or word like ${`${slip}%`}) and word <> ${slip}
    order by similarity(word, ${slip}) desc, word limit ${neighbours.found}`)
  const limit = Math.floor(slip.length / 3) + 1
  return rows
    .map(({ word }) => ({ word, distance: word.startsWith(slip) ? limit - 0.5 : edits(slip, word, limit) }))
    .filter(({ distance }) => distance < limit)
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, neighbours.tried)
    .map(({ word }) => word)
}
