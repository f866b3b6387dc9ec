import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { answerCounts, isNewSince, passCounts, type Reading, readingCounts } from '../courses/completion.ts'
import { firstDeeds } from '../courses/first-deeds.ts'
import { inForce } from '../people/in-force.ts'
import { type AsOf, asItStood, dayOf } from './as-of/as-it-stood.ts'
import { contentOn } from './as-of/content-on.ts'
import type { Facts } from './facts.ts'

interface Row extends Record<string, unknown> {
  id: string
  kind: Facts['kind']
  age_band: Facts['ageBand']
  joined_on: string
  holds: Facts['holds']
  readings: Record<string, { version: number; first: string }>
  reflections_passed: Record<string, string>
  replies: Record<string, number>
  quizzes_passed: Record<string, string>
  finished: Record<string, string>
  guides: Record<string, string>
  tracks: Record<string, string>
  applied: string[]
  endorsed: Facts['endorsed']
  evidence: Record<string, number>
  evidence_on: Facts['evidenceOn']
  supervised: Facts['supervised']
  assessed: Facts['assessed']
}

/**
 * The facts of each of these people, in one query by indexes, and one more where some have finished a course with
 * modules in it that they did not read before. Ids that are nobody's are left out.
 * @param asOf a day or a moment in the past: what the record would have said on that evening, or before that moment
 */
export async function loadFacts(
  db: Queryable,
  content: Content,
  personIds: number[],
  { asOf }: { asOf?: AsOf | undefined } = {},
): Promise<Map<number, Facts>> {
  const dated = content.outline.dated.evidence
  const asked = asOf === undefined ? content : contentOn(content, dayOf(asOf))
  const rows = await db.execute<Row>(sql`
    ${asOf === undefined ? sql`` : asItStood(personIds, asOf)}
    select p.id, p.kind, p.age_band, p.joined_on,
      coalesce((select jsonb_object_agg(c.badge, jsonb_build_object(
          'since', (c.granted_at at time zone 'utc')::date, 'until', c.expires_on + 1)) from certificate c
        where c.person_id = p.id and ${asOf === undefined ? inForce : sql`true`}), '{}') as holds,
      coalesce((select jsonb_object_agg(r.module, jsonb_build_object('version', r.version, 'first', r.first)) from (
        select module, max(version) as version, min(at) as first from reading where person_id = p.id group by module
      ) r), '{}') as readings,
      coalesce((select jsonb_object_agg(s.module, s.last) from (
        select module, max(submitted_at) as last from submission
        where author_id = p.id and state = 'passed' group by module
      ) s), '{}') as reflections_passed,
      coalesce((select jsonb_object_agg(t.module, t.replies) from taking_part t where t.person_id = p.id), '{}') as replies,
      coalesce((select jsonb_object_agg(a.quiz, a.last) from (
        select quiz, max(submitted_at) as last from attempt where person_id = p.id and passed and counts group by quiz
      ) a), '{}') as quizzes_passed,
      coalesce((select jsonb_object_agg(e.course, e.first) from (
        select course, min(finished_at) as first from enrolment
        where person_id = p.id and finished_at is not null group by course
      ) e), '{}') as finished,
      coalesce((select jsonb_object_agg(g.guide, (g.at at time zone 'utc')::date)
        from guide_completion g where g.person_id = p.id), '{}') as guides,
      coalesce((select jsonb_object_agg(t.badge, t.track) from track_choice t where t.person_id = p.id), '{}') as tracks,
      array(select a.badge from application a where a.person_id = p.id and a.ended_at is null) as applied,
      coalesce((select jsonb_object_agg(e.badge, e.by) from (
        select badge, jsonb_object_agg(as_badge, endorsers) as by from (
          select badge, as_badge, count(*) as endorsers from endorsement
          where person_id = p.id and withdrawn_at is null group by badge, as_badge
        ) g group by badge
      ) e), '{}') as endorsed,
      coalesce((select jsonb_object_agg(e.kind, e.total) from (
        select kind, sum(count) as total from evidence where person_id = p.id and state = 'confirmed' group by kind
      ) e), '{}') as evidence,
      ${dated.length === 0 ? sql`'{}'::jsonb` : evidenceByDay(dated)} as evidence_on,
      coalesce((select jsonb_object_agg(e.kind, e.days) from (
        select kind, jsonb_agg(jsonb_build_array(occurred_on, minutes) order by occurred_on, id) as days from evidence
        where person_id = p.id and state = 'confirmed' and supervisor_id is not null group by kind
      ) e), '{}') as supervised,
      coalesce((select jsonb_object_agg(a.checklist, a.days) from (
        select checklist, jsonb_agg(jsonb_build_array(occurred_on, 1) order by occurred_on, id) as days from assessment
        where person_id = p.id and passed and withdrawn_at is null group by checklist
      ) a), '{}') as assessed
    from person p where p.id = any(${sql.param(personIds)}::bigint[])`)
  const begun = await begunBy(
    db,
    rows.filter(row => hasUnread(row, content)).map(({ id }) => Number(id)),
  )
  return new Map(rows.map(row => [Number(row.id), factsFrom(row, asked, begun.get(row.id) ?? null)]))
}

/** How much evidence of these kinds came in on which day. */
const evidenceByDay = (kinds: readonly string[]) => sql`
  coalesce((select jsonb_object_agg(e.kind, e.days) from (
    select kind, jsonb_agg(jsonb_build_array(day, total) order by day) as days from (
      select kind, occurred_on as day, sum(count) as total from evidence
      where person_id = p.id and state = 'confirmed' and kind = any(${sql.param(kinds)}::text[]) group by kind, occurred_on
    ) d group by kind
  ) e), '{}')`

/** Whether they have finished a course with a module in it that they had not read by then. */
const hasUnread = ({ finished, readings }: Row, content: Content): boolean =>
  Object.entries(finished).some(([course, at]) =>
    content.course(course)?.modules.some(({ id }) => {
      const first = readings[id]?.first
      return first === undefined || new Date(first) > new Date(at)
    }),
  )

/** When each of these people first did anything in a module. */
async function begunBy(db: Queryable, personIds: number[]): Promise<Map<string, Begun>> {
  if (personIds.length === 0) return new Map()
  const rows = await db.execute<{ id: string; begun: Begun }>(sql`
    select p.id, coalesce(${firstDeeds(sql`p.id`)}, '{}') as begun
    from person p where p.id = any(${sql.param(personIds)}::bigint[])`)
  return new Map(rows.map(({ id, begun }) => [id, begun]))
}

/** Moments by module. */
type Begun = Readonly<Record<string, string>>

/** @param begun null for whoever had read all of what they finished */
function factsFrom(row: Row, content: Content, begun: Begun | null): Facts {
  const readings = Object.entries(row.readings)
  const passes = Object.entries(row.quizzes_passed).filter(([quiz, at]) =>
    counts(content, quiz, new Date(at)),
  )
  const answers = Object.entries(row.reflections_passed).filter(([module, at]) =>
    answerCounts(content.module(module) ?? { reflectionSince: null }, new Date(at)),
  )
  const guides = Object.entries(row.guides).filter(([id]) => content.guide(id))
  return {
    kind: row.kind,
    ageBand: row.age_band,
    joinedOn: row.joined_on,
    holds: row.holds,
    modulesRead: new Set(readings.flatMap(([id, one]) => (isRead(content, id, one) ? [id] : []))),
    reflectionsPassed: new Set(answers.map(([module]) => module)),
    replies: row.replies,
    quizzesPassed: new Set(passes.map(([quiz]) => quiz)),
    guidesCompleted: guides.length,
    guidesCompletedOn: content.outline.dated.guides ? guides.map(([, day]) => [day, 1]) : [],
    guidesDone: new Set(guides.map(([id]) => id)),
    finished: new Set(Object.keys(row.finished)),
    spared: begun ? sparedBy(content, row.finished, begun) : new Set(),
    tracks: row.tracks,
    applied: new Set(row.applied),
    endorsed: row.endorsed,
    evidence: row.evidence,
    evidenceOn: row.evidence_on,
    supervised: row.supervised,
    assessed: row.assessed,
  }
}

/** What is no longer in the content was done all the same. */
const isRead = (content: Content, id: string, reading: Reading) => {
  const module = content.module(id)
  return module === undefined || readingCounts(module, reading)
}

const counts = (content: Content, quiz: string, at: Date) =>
  !quiz.startsWith('guides/') && passCounts(content.module(quiz) ?? { quizSince: null }, at)

const sparedBy = (content: Content, finished: Row['finished'], begun: Begun) =>
  new Set(
    Object.entries(finished).flatMap(([course, at]) =>
      (content.course(course)?.modules ?? []).flatMap(({ id }) =>
        isNewSince(new Date(at), begun[id] === undefined ? undefined : new Date(begun[id])) ? [id] : [],
      ),
    ),
  )

/** Today's date in UTC, by which weeks are counted and badges lapse. */
export const today = (): string => new Date().toISOString().slice(0, 10)
