import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import type { Leaver } from './erase.ts'

/** What lies about of a person where no column leads to them: counts of tries, letters on their way or just sent. */
export async function eraseElsewhere(tx: Tx, { id, handle, email }: Leaver): Promise<void> {
  const names = [String(id), handle.toLowerCase(), email.toLowerCase()]
  await tx.execute(sql`
    delete from rate_limit where substr(key, strpos(key, ':') + 1) = any(${sql.param(names)}::text[])`)
  const [queue] = await tx.execute<{ there: boolean }>(
    sql`select to_regclass('pgboss.job') is not null as there`,
  )
  if (queue?.there)
    await tx.execute(sql`
      delete from pgboss.job where name = 'mail' and lower(data ->> 'to') = ${email.toLowerCase()}`)
}

/** The words of somebody's posts and of their handle, as the search has learned them. */
export async function wordsOf(tx: Tx, { id, handle }: Leaver): Promise<string[]> {
  const posts = `select to_tsvector('simple', markdown) from post where author_id = ${id}`
  const rows = await tx.execute<{ word: string }>(sql`
    select word from (
      select word from ts_stat(${posts}) union select unnest(tsvector_to_array(to_tsvector('simple', ${handle})))
    ) theirs (word) join search_word using (word)`)
  return rows.map(({ word }) => word)
}

/**
 * Has the search forget words that nobody else uses: a name, a place. Of a common word it looks at a few posts only:
 * the index would gather all of them before it said that there is one.
 */
export async function forgetWords(tx: Tx, words: readonly string[]): Promise<void> {
  if (words.length === 0) return
  await tx.execute(sql`set local gin_fuzzy_search_limit = 1000`)
  await tx.execute(sql`
    delete from search_word w using (
      select word, plainto_tsquery('english', word) as asked from unnest(${sql.param(words)}::text[]) as word) theirs
    where theirs.word = w.word and numnode(theirs.asked) > 0
      and not exists (select from post where post.words @@ theirs.asked and removed is distinct from 'deleted')
      and not exists (select from search_page p where p.words @@ theirs.asked)`)
  await tx.execute(sql`set local gin_fuzzy_search_limit = 0`)
}
