import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Facts } from './facts.ts'
import { loadFacts } from './load-facts.ts'
import { standingOn } from './standing-of.ts'

/** A standing that is kept otherwise than the facts say; `undefined` where none is kept, or no such badge is left. */
export interface Difference {
  personId: number
  badge: string
  kept: string | null | undefined
  judged: string | null | undefined
}

const batch = 2000

/** Judges everybody anew and compares with what is kept, changing nothing. */
export async function compareStandings(db: Db, content: Content): Promise<Difference[]> {
  const differences: Difference[] = []
  for (let after = 0; ;) {
    // One snapshot of facts and standings, so that a write between the two is not taken for a difference.
    const kept = await db.transaction(
      async tx => {
        const standings = await keptStandings(tx, after)
        const facts = await loadFacts(tx, content, [...standings.keys()])
        for (const [personId, days] of standings)
          differences.push(...differencesBetween(personId, days, judgedDays(content, facts.get(personId)!)))
        return standings
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    )
    if (kept.size === 0) return differences
    after = [...kept.keys()].at(-1)!
  }
}

/** Badge to the day from which it is met. */
type Days = Record<string, string | null | undefined>

/** What is kept of the next people after this id, by theirs. */
async function keptStandings(tx: Tx, after: number): Promise<Map<number, Days>> {
  const rows = await tx.execute<{ id: string; kept: Days }>(sql`
    select p.id, coalesce(jsonb_object_agg(s.badge, s.met_from) filter (where s.badge is not null), '{}') as kept
    from (select id from person where id > ${after} order by id limit ${batch}) p
    left join standing s on s.person_id = p.id group by p.id order by p.id`)
  return new Map(rows.map(({ id, kept }) => [Number(id), kept]))
}

const judgedDays = (content: Content, facts: Facts): Days =>
  Object.fromEntries(content.badges.map(badge => [badge.id, standingOn(content, badge, facts).metFrom]))

const differencesBetween = (personId: number, kept: Days, judged: Days): Difference[] =>
  [...new Set([...Object.keys(kept), ...Object.keys(judged)])]
    .filter(badge => kept[badge] !== judged[badge])
    .map(badge => ({ personId, badge, kept: kept[badge], judged: judged[badge] }))
