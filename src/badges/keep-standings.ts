import { type SQL, sql } from 'drizzle-orm'
import { today } from './load-facts.ts'

/**
 * The statement that keeps standings (`person_id`, `badge`, `met_on`) as they were just judged. Whoever met the criteria
 * and meets them still has done so since then, though more evidence may make it last longer.
 */
export const keepStandings = (judged: SQL): SQL => sql`
  insert into standing (person_id, badge, met_on) ${judged}
  on conflict (person_id, badge) do update set met_on = excluded.met_on,
    updated_at = case when standing.met_on @> ${today()}::date and excluded.met_on @> ${today()}::date
      then standing.updated_at else now() end`
