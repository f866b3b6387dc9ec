import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
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
    // One snapshot for both, so that a write between them is not taken for a difference.
    const ids = await db.transaction(
      async tx => {
        const rows = await tx.execute<{ id: string; kept: Record<string, string | null> }>(sql`
          select p.id, coalesce(jsonb_object_agg(s.badge, s.met_from) filter (where s.badge is not null), '{}') as kept
          from (select id from person where id > ${after} order by id limit ${batch}) p
          left join standing s on s.person_id = p.id group by p.id order by p.id`)
        const people = new Map(rows.map(({ id, kept }) => [Number(id), kept]))
        const facts = await loadFacts(tx, content, [...people.keys()])
        for (const [personId, kept] of people) {
          const theirs = facts.get(personId)!
          const judged = Object.fromEntries(
            content.badges.map(badge => [badge.id, standingOn(content, badge, theirs).metFrom]),
          )
          differences.push(...differencesBetween(personId, kept, judged))
        }
        return [...people.keys()]
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    )
    if (ids.length === 0) return differences
    after = ids.at(-1)!
  }
}

type Days = Record<string, string | null | undefined>

const differencesBetween = (personId: number, kept: Days, judged: Days): Difference[] =>
  [...new Set([...Object.keys(kept), ...Object.keys(judged)])]
    .filter(badge => kept[badge] !== judged[badge])
    .map(badge => ({ personId, badge, kept: kept[badge], judged: judged[badge] }))
