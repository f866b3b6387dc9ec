import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Facts } from './facts.ts'

interface Row extends Record<string, unknown> {
  id: string
  kind: Facts['kind']
  age_band: Facts['ageBand']
  joined_on: string
  holds: Record<string, string>
  modules_read: string[]
  reflections_passed: string[]
  replies: Record<string, number>
  quizzes_passed: string[]
  guides: string[]
  evidence: Record<string, number>
}

/** The facts of each of these people, in one query by indexes. Ids that are nobody's are left out. */
export async function loadFacts(
  db: Queryable,
  content: Content,
  personIds: number[],
): Promise<Map<number, Facts>> {
  const rows = await db.execute<Row>(sql`
    select p.id, p.kind, p.age_band, p.joined_on,
      coalesce((select jsonb_object_agg(c.badge, (c.granted_at at time zone 'utc')::date) from certificate c
        where c.person_id = p.id and c.ended_at is null
          and (c.expires_on is null or c.expires_on >= (now() at time zone 'utc')::date)), '{}') as holds,
      array(select r.module from reading r where r.person_id = p.id) as modules_read,
      array(select s.module from submission s where s.author_id = p.id and s.state = 'passed') as reflections_passed,
      coalesce((select jsonb_object_agg(t.module, t.replies) from taking_part t where t.person_id = p.id), '{}') as replies,
      array(select a.quiz from attempt a where a.person_id = p.id and a.passed and a.counts) as quizzes_passed,
      array(select g.guide from guide_completion g where g.person_id = p.id) as guides,
      coalesce((select jsonb_object_agg(e.kind, e.total) from (
        select kind, sum(count) as total from evidence where person_id = p.id and state = 'confirmed' group by kind
      ) e), '{}') as evidence
    from person p where p.id = any(${sql.param(personIds)}::bigint[])`)
  return new Map(rows.map(row => [Number(row.id), factsFrom(row, content)]))
}

const factsFrom = (row: Row, content: Content): Facts => ({
  kind: row.kind,
  ageBand: row.age_band,
  joinedOn: row.joined_on,
  holds: row.holds,
  modulesRead: new Set(row.modules_read),
  reflectionsPassed: new Set(row.reflections_passed),
  replies: row.replies,
  quizzesPassed: new Set(row.quizzes_passed.filter(quiz => !quiz.startsWith('guides/'))),
  guidesCompleted: row.guides.filter(guide => content.guides.some(({ id }) => id === guide)).length,
  evidence: row.evidence,
})

/** Today's date in UTC, by which weeks are counted and badges lapse. */
export const today = (): string => new Date().toISOString().slice(0, 10)
