import { sql } from 'drizzle-orm'
import { type Db, lock } from '../../db/client.ts'

const name = 'post up to which words are learned'

/** Posts looked through in one transaction: a second's work at most. */
const batch = 5000

/**
 * Learns the words of posts that came since the last time, so that whoever types one of them wrongly is led to it.
 * Not in the transaction that posts: there, two people who use the same new word at the same moment would wait for
 * each other, and each post would write to the largest index of the search, for a word that somebody may mistype
 * in an hour at the earliest.
 */
export async function learnWords(db: Db): Promise<void> {
  while (await learnBatch(db));
}

/** @returns whether there may be more */
const learnBatch = (db: Db): Promise<boolean> =>
  db.transaction(async tx => {
    await lock(tx, name)
    const [range] = await tx.execute<{ after: string; upto: string | null; posts: number }>(sql`
      with fact as (select coalesce((select value from site_fact where name = ${name}), '0')::bigint as after)
      select fact.after, max(fresh.id) as upto, count(fresh.id)::int as posts
      from fact left join lateral (
        -- A post whose transaction is still under way may get a lower id than one that is through: wait for it.
        select id from post where id > fact.after and created_at < now() - interval '1 minute'
        order by id limit ${batch}
      ) fresh on true
      group by fact.after`)
    if (!range?.upto) return false
    const [after, upto] = [Number(range.after), Number(range.upto)]
    const posts = `select to_tsvector('simple', markdown) from post where id > ${after} and id <= ${upto} and removed is null`
    await tx.execute(sql`
      insert into search_word (word)
      select word from ts_stat(${posts}) where word ~ '^[[:alpha:]]{3,30}$' order by word
      on conflict do nothing`)
    await tx.execute(sql`
      insert into site_fact (name, value) values (${name}, ${String(upto)})
      on conflict (name) do update set value = excluded.value`)
    return range.posts === batch
  })
