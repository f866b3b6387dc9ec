import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { inForce } from '../../people/in-force.ts'
import { isAway, type Pace } from './pace.ts'

/** Somebody who may grade at this moment, and how much they have before them and behind them. */
export interface MentorNow extends Pace {
  id: number
  handle: string
  displayName: string
  away: boolean
  /** Handed out to them and open. */
  open: number
  /** Marked by them in the last 7 days, and in the last 28. */
  done7: number
  done28: number
}

interface Row extends Record<string, unknown> {
  id: string
  handle: string
  display_name: string
  time_zone: string
  weekly: number | null
  away_from: string | null
  away_until: string | null
  open: number
  done7: number
  done28: number
}

/** All who hold the right to grade and are not suspended, by handle. */
export async function mentorsNow(db: Queryable, content: Content): Promise<MentorNow[]> {
  const badges = content.badges.filter(({ unlocks }) => unlocks.includes('grade')).map(({ id }) => id)
  const rows = await db.execute<Row>(sql`
    select p.id, p.handle, p.display_name, p.time_zone, pace.weekly, pace.away_from, pace.away_until,
      (select count(*)::int from marking m where m.handed_to_id = p.id and m.closed_at is null) as open,
      done.done7, done.done28
    from person p
      left join mentor_pace pace on pace.mentor_id = p.id
      cross join lateral (
        select count(*) filter (where m.closed_at > now() - interval '7 days')::int as done7, count(*)::int as done28
        from marking m where m.done_by_id = p.id and m.closed_at > now() - interval '28 days') done
    where p.id in (
        select c.person_id from certificate c
        where c.badge = any(${sql.param(badges)}::text[]) and ${inForce})
      and not exists (select from suspension s where s.person_id = p.id and s.ended_at is null)
    order by lower(p.handle)`)
  return rows.map(mentorFrom)
}

function mentorFrom({ id, display_name, time_zone, away_from, away_until, ...row }: Row): MentorNow {
  const pace = { weekly: row.weekly, awayFrom: away_from, awayUntil: away_until }
  return {
    ...{ id: Number(id), handle: row.handle, displayName: display_name, ...pace },
    ...{ away: isAway(pace, time_zone), open: row.open, done7: row.done7, done28: row.done28 },
  }
}
