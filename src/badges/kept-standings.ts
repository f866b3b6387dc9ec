import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'

/** By badge, the days on which its criteria are kept as met, as PostgreSQL writes them; undefined where none are kept. */
export type KeptStandings = Readonly<Record<string, string>>

/** What is kept of the standings of these people. Who has none at all is left out. */
export async function keptStandings(db: Queryable, personIds: number[]): Promise<Map<number, KeptStandings>> {
  const rows = await db.execute<{ id: string; kept: KeptStandings }>(sql`
    select person_id as id, jsonb_object_agg(badge, met_on::text) as kept
    from standing where person_id = any(${sql.param(personIds)}::bigint[]) group by person_id`)
  return new Map(rows.map(({ id, kept }) => [Number(id), kept]))
}
