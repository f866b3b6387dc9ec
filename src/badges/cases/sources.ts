import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'

/** Rows of one kind and source that count towards badges, or do not yet. */
export interface Source {
  /** A kind of evidence, or what is done on this site: `guide`, `module`, `reflection`, `quiz`, `assessment`. */
  kind: string
  /** As the platform names itself; `log` for a person's own, `admin`, and `here` for what is done on this site. */
  source: string
  state: 'logged' | 'confirmed' | 'declined'
  /** How many rows there are, and what they come to. */
  rows: number
  count: number
  /** How many minutes of it somebody stood by. */
  minutes: number
  /** ISO day (UTC) of the latest. */
  latest: string
}

/** What stands behind a person's counters: by kind, state and source, with the latest of each. @throws Forbidden */
export async function sourcesOf(db: Queryable, admin: Person, personId: number): Promise<Source[]> {
  ensure(canRunProgramme(admin))
  const rows = await db.execute<Source & Record<string, unknown>>(sql`
    select kind, source, state, count(*)::int as rows, sum(count)::int as count,
        coalesce(sum(minutes) filter (where supervisor_id is not null), 0)::int as minutes, max(occurred_on) as latest
      from evidence where person_id = ${personId} group by kind, source, state
    union all
    select 'guide', 'here', 'confirmed', count(*)::int, count(*)::int, 0, max((at at time zone 'utc')::date)
      from guide_completion where person_id = ${personId} having count(*) > 0
    union all
    select 'module', 'here', 'confirmed', count(*)::int, count(distinct module)::int, 0, max((at at time zone 'utc')::date)
      from reading where person_id = ${personId} having count(*) > 0
    union all
    select 'reflection', 'here', 'confirmed', count(*)::int, count(distinct module)::int, 0,
        max((submitted_at at time zone 'utc')::date)
      from submission where author_id = ${personId} and state = 'passed' having count(*) > 0
    union all
    select 'quiz', 'here', 'confirmed', count(*)::int, count(distinct quiz)::int, 0,
        max((submitted_at at time zone 'utc')::date)
      from attempt where person_id = ${personId} and passed and counts having count(*) > 0
    union all
    select 'assessment', 'here', 'confirmed', count(*)::int, count(*)::int, 0, max(occurred_on)
      from assessment where person_id = ${personId} and passed and withdrawn_at is null having count(*) > 0
    order by 1, 3, 2`)
  return [...rows]
}
