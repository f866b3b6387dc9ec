import { type SQL, sql } from 'drizzle-orm'
import { readingNeeded } from '../../authoring/revisions.ts'
import type { Content } from '../../authoring/content.ts'
import { inForce } from '../../people/in-force.ts'

/** Which people: a condition on a column that holds their id. */
export type Whom = (personId: SQL) => SQL

/**
 * The facts of many people at once, as `f`, one row each, told by set-based SQL from the same tables as `loadFacts`
 * reads them for one: `with ${factsOfEverybody(…)} select … from f`.
 */
export function factsOfEverybody(content: Content, whom: Whom): SQL {
  const { dated } = content.outline
  return sql`
    held as (
      select person_id, jsonb_object_agg(badge, jsonb_build_array((granted_at at time zone 'utc')::date, expires_on + 1)) as holds
      from certificate c where ${inForce} and ${whom(sql`person_id`)}
      group by person_id
    ), read_page as (
      select person_id, module, max(version) as version, min(at) as first from reading
      where ${whom(sql`person_id`)} group by person_id, module
    ), have_read as (
      select r.person_id, array_agg(r.module) as modules
      from read_page r left join ${readingsNeeded(content)} on n.module = r.module
      where n.version is null or r.version >= n.version group by r.person_id
    ), have_reflected as (
      select author_id as person_id, array_agg(s.module) as modules from (
        select author_id, module, max(submitted_at) as last from submission
        where state = 'passed' and ${whom(sql`author_id`)} group by author_id, module
      ) s left join ${countsSince(content, 'reflectionSince')} on n.id = s.module
      where n.day is null or (s.last at time zone 'utc')::date >= n.day group by author_id
    ), have_replied as (
      select person_id, jsonb_object_agg(module, replies) as replies, sum(replies) as total from taking_part
      where ${whom(sql`person_id`)} group by person_id
    ), have_passed as (
      select person_id, array_agg(a.quiz) as quizzes from (
        select person_id, quiz, max(submitted_at) as last from attempt
        where passed and counts and quiz not like 'guides/%' and ${whom(sql`person_id`)} group by person_id, quiz
      ) a left join ${countsSince(content, 'quizSince')} on n.id = a.quiz
      where n.day is null or (a.last at time zone 'utc')::date >= n.day group by person_id
    ), have_learned as (
      select person_id, array_agg(guide) as guides, jsonb_agg(jsonb_build_array((at at time zone 'utc')::date, 1)) as days
      from guide_completion
      where guide = any(${sql.param(content.guides.map(({ id }) => id))}::text[]) and ${whom(sql`person_id`)}
      group by person_id
    ), have_practised as (
      select person_id, jsonb_object_agg(kind, total) as evidence from (
        select person_id, kind, sum(count) as total from evidence
        where state = 'confirmed' and ${whom(sql`person_id`)} group by person_id, kind
      ) e group by person_id
    ), have_practised_on as (
      select person_id, jsonb_object_agg(kind, days) as evidence_on from (
        select person_id, kind, jsonb_agg(jsonb_build_array(occurred_on, count)) as days from evidence
        where state = 'confirmed' and kind = any(${sql.param(dated.evidence)}::text[]) and ${whom(sql`person_id`)}
        group by person_id, kind
      ) e group by person_id
    ), were_supervised as (
      select person_id, jsonb_object_agg(kind, days) as supervised from (
        select person_id, kind, jsonb_agg(jsonb_build_array(occurred_on, minutes)) as days from evidence
        where state = 'confirmed' and supervisor_id is not null and ${whom(sql`person_id`)} group by person_id, kind
      ) e group by person_id
    ), were_assessed as (
      select person_id, jsonb_object_agg(checklist, days) as assessed from (
        select person_id, checklist, jsonb_agg(jsonb_build_array(occurred_on, 1)) as days from assessment
        where passed and withdrawn_at is null and ${whom(sql`person_id`)} group by person_id, checklist
      ) a group by person_id
    ), have_chosen as (
      select person_id, jsonb_object_agg(badge, track) as tracks from track_choice
      where ${whom(sql`person_id`)} group by person_id
    ), have_applied as (
      select person_id, array_agg(badge) as badges from application
      where ended_at is null and ${whom(sql`person_id`)} group by person_id
    ), are_endorsed as (
      select person_id, jsonb_object_agg(badge, by) as endorsed from (
        select person_id, badge, jsonb_object_agg(as_badge, endorsers) as by from (
          select person_id, badge, as_badge, count(*) as endorsers from endorsement
          where withdrawn_at is null and ${whom(sql`person_id`)} group by person_id, badge, as_badge
        ) g group by person_id, badge
      ) e group by person_id
    ), finish as (
      select person_id, course, min(finished_at) as first from enrolment
      where finished_at is not null and ${whom(sql`person_id`)} group by person_id, course
    ), have_finished as (
      select person_id, array_agg(course) as courses from finish group by person_id
    ), ${spared(content)}, f as (
      select p.id as person_id, p.kind, p.age_band, p.joined_on,
        coalesce(held.holds, '{}') as holds,
        coalesce(have_read.modules, '{}') as modules_read,
        coalesce(have_reflected.modules, '{}') as reflections_passed,
        coalesce(have_replied.replies, '{}') as replies, coalesce(have_replied.total, 0) as replies_in_all,
        coalesce(have_passed.quizzes, '{}') as quizzes_passed,
        coalesce(have_learned.guides, '{}') as guides, coalesce(have_learned.days, '[]') as guides_on,
        coalesce(have_practised.evidence, '{}') as evidence,
        coalesce(have_practised_on.evidence_on, '{}') as evidence_on,
        coalesce(were_supervised.supervised, '{}') as supervised,
        coalesce(were_assessed.assessed, '{}') as assessed,
        coalesce(have_chosen.tracks, '{}') as tracks,
        coalesce(have_applied.badges, '{}') as applied,
        coalesce(are_endorsed.endorsed, '{}') as endorsed,
        coalesce(have_finished.courses, '{}') as finished,
        coalesce(spared.modules, '{}') as spared
      from person p
      left join held on held.person_id = p.id left join have_read on have_read.person_id = p.id
      left join have_reflected on have_reflected.person_id = p.id
      left join have_replied on have_replied.person_id = p.id
      left join have_passed on have_passed.person_id = p.id
      left join have_learned on have_learned.person_id = p.id
      left join have_practised on have_practised.person_id = p.id
      left join have_practised_on on have_practised_on.person_id = p.id
      left join were_supervised on were_supervised.person_id = p.id
      left join were_assessed on were_assessed.person_id = p.id
      left join have_chosen on have_chosen.person_id = p.id
      left join have_applied on have_applied.person_id = p.id
      left join are_endorsed on are_endorsed.person_id = p.id
      left join have_finished on have_finished.person_id = p.id
      left join spared on spared.person_id = p.id
      where ${whom(sql`p.id`)}
    )`
}

/** The modules whose reading counts only from some version on, with that version. */
function readingsNeeded({ courses }: Content): SQL {
  const newer = courses.flatMap(({ modules }) => modules.filter(module => readingNeeded(module) > 1))
  return sql`unnest(${sql.param(newer.map(({ id }) => id))}::text[], ${sql.param(newer.map(readingNeeded))}::int[]) as n (module, version)`
}

/** The modules whose question or quiz was asked anew, with the day from which it counts. */
function countsSince({ courses }: Content, what: 'reflectionSince' | 'quizSince'): SQL {
  const anew = courses.flatMap(({ modules }) => modules.filter(module => module[what] !== null))
  return sql`unnest(${sql.param(anew.map(({ id }) => id))}::text[], ${sql.param(anew.map(module => module[what]))}::text[]::date[]) as n (id, day)`
}

/**
 * What came into a course after people had finished it and was not begun before, as `isNewSince` has it. Most who have
 * finished a course had read all of it by then, so that nothing more has to be looked for.
 */
function spared({ courses }: Content): SQL {
  const modules = courses.flatMap(course => course.modules.map(({ id }) => ({ course: course.id, id })))
  return sql`
    unread as (
      select h.person_id, m.module, h.first as finished_at from finish h
      join unnest(${sql.param(modules.map(({ course }) => course))}::text[], ${sql.param(modules.map(({ id }) => id))}::text[])
        as m (course, module) on m.course = h.course
      left join read_page r on r.person_id = h.person_id and r.module = m.module
      where r.first is null or r.first > h.first
    ), spared as (
      select u.person_id, array_agg(u.module) as modules from unread u
      where not exists (select from attempt a
          where a.person_id = u.person_id and a.quiz = u.module and a.started_at <= u.finished_at)
        and not exists (select from submission s join post written on written.id = s.post_id
          where s.author_id = u.person_id and s.module = u.module and written.created_at <= u.finished_at)
      group by u.person_id
    )`
}
