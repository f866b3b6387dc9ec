import { type SQL, sql } from 'drizzle-orm'
import { DAY } from '../day.ts'

/** An ISO day (UTC), meaning its end, or a moment. */
export type AsOf = string | Date

/** The ISO day (UTC) on which it is told. */
export const dayOf = (asOf: AsOf): string =>
  typeof asOf === 'string' ? asOf : asOf.toISOString().slice(0, 10)

/**
 * The tables that facts are read from, as they stood for some people at the end of a day or before a moment: a `with` under whose
 * names the query of facts finds them, so that there is one query for today and for every day before. What somebody did
 * counts from the moment when the record knew of it, such as the confirmation of practice, and so does a correction.
 *
 * What is not kept stays as it is today: who somebody is (kind and age band never change), since when they belong to the
 * community, and replies that were made topics of their own since.
 */
export function asItStood(personIds: readonly number[], asOf: AsOf): SQL {
  const before = typeof asOf === 'string' ? new Date(Date.parse(asOf) + DAY) : asOf
  const end = sql`${before.toISOString()}::timestamptz`
  const theirs = (column: SQL) => sql`${column} = any(${sql.param([...personIds])}::bigint[])`
  const ended = (moment: SQL) => sql`case when ${moment} < ${end} then ${moment} end`
  return sql`
    with ${certificates(theirs, end, dayOf(asOf))}, reading as not materialized (
      select person_id, module, version, at from reading where ${theirs(sql`person_id`)} and at < ${end}
      ${voided(sql`module`, theirs, end, sql`person_id, module, (before.was ->> 'version')::int, (before.was ->> 'at')::timestamptz`)}
    ), ${submissions(theirs, end)}, ${attempts(theirs, end)}, ${repliesOf(theirs, end)}, enrolment as not materialized (
      select person_id, course, ${ended(sql`finished_at`)} as finished_at from enrolment where ${theirs(sql`person_id`)}
    ), guide_completion as not materialized (
      select person_id, guide, at from guide_completion where ${theirs(sql`person_id`)} and at < ${end}
      -- A mentor's word that was taken back since, with the completion that stood on it.
      union all select person_id, guide, at from guide_vouch
        where ${theirs(sql`person_id`)} and at < ${end} and revoked_at >= ${end}
      ${voided(sql`guide`, theirs, end, sql`person_id, guide, (before.was ->> 'at')::timestamptz`)}
    ), ${tracks(theirs, end)}, application as not materialized (
      -- What a decision closed was open when it was decided, and it may say so a moment before the record does.
      select person_id, badge, case when ended_at < ${end} and (ended_by is null or ended_by = 'withdrawal'
        or ended_at < ${end} - interval '${sql.raw(decidedWithin)}') then ended_at end as ended_at from application
      where ${theirs(sql`person_id`)} and at < ${end}
    ), endorsement as not materialized (
      select person_id, badge, as_badge, ${ended(sql`withdrawn_at`)} as withdrawn_at from endorsement
      where ${theirs(sql`person_id`)} and at < ${end}
    ), assessment as not materialized (
      select id, person_id, checklist, occurred_on, passed, ${ended(sql`withdrawn_at`)} as withdrawn_at from assessment
      where ${theirs(sql`person_id`)} and at < ${end}
    ), evidence as not materialized (
      select * from evidence where ${theirs(sql`person_id`)} and coalesce(decided_at, created_at) < ${end}
    )`
}

/** How long the transaction of a decision may take. */
const decidedWithin = '10 seconds'

type Theirs = (column: SQL) => SQL

/** What an admin has taken out since, with how it was before. */
const voided = (what: SQL, theirs: Theirs, end: SQL, columns: SQL) => sql`
  union all select ${columns} from fact_correction c, lateral jsonb_array_elements(c.was) as before (was)
    where change = 'voided' and ${what} is not null and ${theirs(sql`person_id`)} and c.at >= ${end}
      and (before.was ->> 'at')::timestamptz < ${end}`

/**
 * The certificates that were in force, and nothing else: by what the certification record had of them by then, where it
 * has anything.
 */
const certificates = (theirs: Theirs, end: SQL, day: string) => sql`
  certificate as not materialized (
    select c.person_id, c.badge, c.granted_at, "then".expires_on from certificate c
      left join lateral (${lastEntry(end, sql`'grant', 'renewal'`)}) said on true
      left join lateral (${lastEntry(end, sql`'suspension', 'reinstatement'`)}) state on true
      cross join lateral (select case when said.kind is null then c.expires_on
        else (said.criteria ->> 'expiresOn')::date end as expires_on) "then"
    where ${theirs(sql`c.person_id`)} and c.granted_at < ${end} and (c.ended_at is null or c.ended_at >= ${end})
      and ("then".expires_on is null or "then".expires_on >= ${day}::date) and state.kind is distinct from 'suspension'
      and (state.kind is not null or c.suspended_at is null or c.suspended_at >= ${end})
  )`

/** What the record said last of the certificate `c`, of some kinds of entries. */
const lastEntry = (end: SQL, kinds: SQL) => sql`
  select r.kind, r.criteria from record_entry r
  where r.certificate_code = c.code and r.kind in (${kinds}) and r.at < ${end} order by r.seq desc limit 1`

/**
 * The reflections that had passed: by the latest result that their author knew of their latest try. Rows without any
 * result are taken as they are.
 */
const submissions = (theirs: Theirs, end: SQL) => sql`
  submission as not materialized (
    select author_id, module, submitted_at, 'passed' as state from (
      select distinct on (r.post_id) r.author_id, r.module, r.submitted_at, r.outcome
      from post p join result r on r.post_id = p.id
      where p.kind = 'reflection' and ${theirs(sql`p.author_id`)} and r.released_at < ${end}
        and not exists (select from marking m where m.post_id = r.post_id and m.try > r.try and m.opened_at < ${end})
      order by r.post_id, r.released_at desc, r.id desc
    ) told where outcome <> 'return'
    union all select author_id, module, submitted_at, state from submission s
      where ${theirs(sql`author_id`)} and submitted_at < ${end}
        and not exists (select from result r where r.post_id = s.post_id)
  )`

/** As they were marked then, and counted where no later try had taken their place yet. */
const attempts = (theirs: Theirs, end: SQL) => sql`
  attempt as not materialized (
    select a.person_id, a.quiz, a.submitted_at,
      coalesce((select m.passed_before from remark m join remarking g on g.id = m.remarking_id
        where m.attempt_id = a.id and g.at >= ${end} order by g.id limit 1), a.passed) as passed,
      a.counts or (exists (${laterTry} and later.submitted_at >= ${end})
        and not exists (${laterTry} and later.submitted_at < ${end})) as counts
    from attempt a where ${theirs(sql`a.person_id`)} and a.submitted_at < ${end}
  )`

const laterTry = sql`
  select from attempt later where later.person_id = a.person_id and later.quiz = a.quiz and later.number > a.number
    and later.rules ->> 'counts' = 'last'`

/** Replies to others' reflections that stood there then, neither deleted nor hidden. */
const repliesOf = (theirs: Theirs, end: SQL) => sql`
  taking_part as not materialized (
    select reply.author_id as person_id, discussion.module, count(*)::int as replies
    from post reply join post thread on thread.id = reply.parent_id and thread.kind = 'reflection'
      join discussion on discussion.id = reply.discussion_id
    where ${theirs(sql`reply.author_id`)} and reply.kind = 'reply' and thread.author_id <> reply.author_id
      and discussion.module is not null and reply.created_at < ${end}
      and (reply.removed is null or reply.removed_at >= ${end})
      and (select a.action from audit_entry a
        where a.subject_id = reply.author_id and a.action in ('post.hidden', 'post.shown') and a.at < ${end}
          and a.details ->> 'post' = reply.id::text order by a.id desc limit 1) is distinct from 'post.hidden'
    group by reply.author_id, discussion.module
  )`

/** What was chosen last by then, as the audit log has it where somebody has changed their mind since. */
const tracks = (theirs: Theirs, end: SQL) => sql`
  track_choice as not materialized (
    select distinct on (person_id, badge) person_id, badge, track from (
      select person_id, badge, track, at from track_choice where ${theirs(sql`person_id`)} and at < ${end}
      union all select actor_id, details ->> 'badge', details ->> 'track', at from audit_entry
        where action = 'track.chosen' and ${theirs(sql`actor_id`)} and at < ${end}
    ) chosen order by person_id, badge, at desc
  )`
