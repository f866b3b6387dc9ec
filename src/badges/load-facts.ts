import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { isNewSince, passCounts, type Reading, readingCounts } from '../courses/completion.ts'
import type { Facts } from './facts.ts'

interface Row extends Record<string, unknown> {
  id: string
  kind: Facts['kind']
  age_band: Facts['ageBand']
  joined_on: string
  holds: Record<string, string>
  readings: Record<string, { version: number; first: string }>
  reflections_passed: string[]
  replies: Record<string, number>
  quizzes_passed: Record<string, string>
  finished: Record<string, string>
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
      coalesce((select jsonb_object_agg(r.module, jsonb_build_object('version', r.version, 'first', r.first)) from (
        select module, max(version) as version, min(at) as first from reading where person_id = p.id group by module
      ) r), '{}') as readings,
      array(select s.module from submission s where s.author_id = p.id and s.state = 'passed') as reflections_passed,
      coalesce((select jsonb_object_agg(t.module, t.replies) from taking_part t where t.person_id = p.id), '{}') as replies,
      coalesce((select jsonb_object_agg(a.quiz, a.last) from (
        select quiz, max(submitted_at) as last from attempt where person_id = p.id and passed and counts group by quiz
      ) a), '{}') as quizzes_passed,
      coalesce((select jsonb_object_agg(e.course, e.first) from (
        select course, min(finished_at) as first from enrolment
        where person_id = p.id and finished_at is not null group by course
      ) e), '{}') as finished,
      array(select g.guide from guide_completion g where g.person_id = p.id) as guides,
      coalesce((select jsonb_object_agg(e.kind, e.total) from (
        select kind, sum(count) as total from evidence where person_id = p.id and state = 'confirmed' group by kind
      ) e), '{}') as evidence
    from person p where p.id = any(${sql.param(personIds)}::bigint[])`)
  return new Map(rows.map(row => [Number(row.id), factsFrom(row, content)]))
}

function factsFrom(row: Row, content: Content): Facts {
  const readings = new Map(
    Object.entries(row.readings).map(([id, { version, first }]): [string, Reading] => [
      id,
      { version, first: new Date(first) },
    ]),
  )
  const passes = Object.entries(row.quizzes_passed).filter(([quiz, at]) =>
    counts(content, quiz, new Date(at)),
  )
  const guides = row.guides.filter(id => content.guide(id))
  return {
    kind: row.kind,
    ageBand: row.age_band,
    joinedOn: row.joined_on,
    holds: row.holds,
    modulesRead: new Set([...readings].flatMap(([id, one]) => (isRead(content, id, one) ? [id] : []))),
    reflectionsPassed: new Set(row.reflections_passed),
    replies: row.replies,
    quizzesPassed: new Set(passes.map(([quiz]) => quiz)),
    guidesCompleted: guides.length,
    guidesDone: new Set(guides),
    finished: new Set(Object.keys(row.finished)),
    spared: sparedBy(content, row.finished, readings),
    evidence: row.evidence,
  }
}

/** What is no longer in the content was done all the same. */
const isRead = (content: Content, id: string, reading: Reading) => {
  const module = content.module(id)
  return module === undefined || readingCounts(module, reading)
}

const counts = (content: Content, quiz: string, at: Date) =>
  !quiz.startsWith('guides/') && passCounts(content.module(quiz) ?? { quizSince: null }, at)

const sparedBy = (content: Content, finished: Row['finished'], readings: ReadonlyMap<string, Reading>) =>
  new Set(
    Object.entries(finished).flatMap(([course, at]) =>
      (content.course(course)?.modules ?? []).flatMap(({ id }) =>
        isNewSince(new Date(at), readings.get(id)) ? [id] : [],
      ),
    ),
  )

/** Today's date in UTC, by which weeks are counted and badges lapse. */
export const today = (): string => new Date().toISOString().slice(0, 10)
