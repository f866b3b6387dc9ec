import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { asMultirange } from './days-met.ts'
import type { Facts } from './facts.ts'
import { type KeptStandings, keptStandings } from './kept-standings.ts'
import { loadFacts } from './load-facts.ts'
import { standingOn } from './standing-of.ts'

/** A standing that is kept otherwise than the facts say; `undefined` where none is kept, or no such badge is left. */
export interface Difference {
  personId: number
  badge: string
  kept: string | undefined
  judged: string | undefined
}

const batch = 2000

/** Judges everybody anew and compares with what is kept, changing nothing. */
export async function compareStandings(db: Db, content: Content): Promise<Difference[]> {
  const differences: Difference[] = []
  for (let after = 0; ;) {
    // One snapshot of facts and standings, so that a write between the two is not taken for a difference.
    const people = await db.transaction(
      async tx => {
        const ids = await peopleAfter(tx, after)
        const kept = await keptStandings(tx, ids)
        for (const [id, facts] of await loadFacts(tx, content, ids))
          differences.push(...differencesBetween(id, kept.get(id) ?? {}, judgedDays(content, facts)))
        return ids
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    )
    if (people.length === 0) return differences
    after = people.at(-1)!
  }
}

/** The ids of the next people after this one. */
async function peopleAfter(tx: Tx, after: number): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from person where id > ${after} and left_at is null order by id limit ${batch}`,
  )
  return rows.map(({ id }) => Number(id))
}

const judgedDays = (content: Content, facts: Facts): KeptStandings =>
  Object.fromEntries(
    content.badges.map(badge => [badge.id, asMultirange(standingOn(content, badge, facts).metOn)]),
  )

const differencesBetween = (personId: number, kept: KeptStandings, judged: KeptStandings): Difference[] =>
  [...new Set([...Object.keys(kept), ...Object.keys(judged)])]
    .filter(badge => kept[badge] !== judged[badge])
    .map(badge => ({ personId, badge, kept: kept[badge], judged: judged[badge] }))
