import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { takesPart } from '../../discussions/taking-part.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canSeeStanding } from '../policy.ts'
import type { Counter } from './counter.ts'

/** One thing that a counter rests on. */
export interface Source {
  at: Date
  what:
    | 'evidence'
    | 'hours'
    | 'assessment'
    | 'guide'
    | 'reading'
    | 'reflection'
    | 'quiz'
    | 'reply'
    | 'joining'
    | 'certificate'
  /** A kind of evidence, minutes, the id of a guide, a module, a post or an assessment, a badge. */
  of: string
  /** How much it counts for: less than nothing for a correction that takes off, 0 for what was taken out. */
  count: number
  /** Where it comes from: `log`, `admin`, `correction`, `vouch`, `supervisor`, `assessor`, `site`, or the name that a platform gives itself. */
  from: string
  /** The handle of who confirmed, entered, corrected or granted it. */
  by: string | null
  place: string
  /** Why, for a correction. */
  note: string
}

interface Row extends Record<string, unknown>, Omit<Source, 'at'> {
  at: string
  total: number
}

/** Sources on a page. */
export const sourcePage = 25

/**
 * What a counter of a person rests on, the latest first, with corrections and what they took out among it.
 * @param page from 1
 * @throws Forbidden
 */
export async function sourcesOf(
  db: Queryable,
  viewer: Person,
  { personId, counter, page }: { personId: number; counter: Counter; page: number },
): Promise<{ sources: Source[]; total: number }> {
  ensure(canSeeStanding(viewer, { id: personId }))
  const rows = await db.execute<Row>(sql`
    select *, count(*) over ()::int as total from (${rowsOf(counter, personId)}) as source
    order by at desc, of limit ${sourcePage} offset ${(page - 1) * sourcePage}`)
  return {
    sources: rows.map(({ total: _, at, ...row }) => ({ ...row, at: new Date(at) })),
    total: rows[0]?.total ?? 0,
  }
}

function rowsOf(counter: Counter, personId: number): SQL {
  switch (counter.kind) {
    case 'evidence':
      return evidence(personId, counter.evidence)
    case 'supervised-hours':
      return hours(personId, counter.evidence)
    case 'assessed':
      return assessments(personId, counter.checklist)
    case 'guides-completed':
      return sql`${guides(personId)} union all ${takenOut(personId, sql`guide`, sql`true`)}`
    case 'modules-read':
      return readings(personId, counter.course)
    case 'reflections-passed':
      return reflections(personId, counter.course)
    case 'quizzes-passed':
      return quizzes(personId, counter.course)
    case 'replied':
      return replies(personId, counter.course)
    case 'course-complete': {
      const { course } = counter
      const parts = [readings, reflections, quizzes].map(part => part(personId, course))
      return sql.join(parts, sql` union all `)
    }
    case 'weeks-since-joining':
      return sql`select 'joining' as what, '' as of, joined_on::timestamp at time zone 'utc' as at, 1 as count,
        'site' as "from", null as by, '' as place, '' as note from person where id = ${personId}`
    case 'weeks-holding':
      return certificates(personId, counter.badge)
  }
}

const evidence = (personId: number, kind: string) => sql`
  select 'evidence' as what, e.kind as of, e.occurred_on::timestamp at time zone 'utc' as at, e.count, e.source as "from",
    p.handle as by, e.place, case when e.source = 'correction' then e.reason else '' end as note
  from evidence e left join person p on p.id = e.decided_by_id
  where e.person_id = ${personId} and e.kind = ${kind} and e.state = 'confirmed'`

const hours = (personId: number, kind: string) => sql`
  select 'hours' as what, e.minutes::text as of, e.occurred_on::timestamp at time zone 'utc' as at, 1 as count,
    'supervisor' as "from", p.handle as by, e.place, '' as note
  from evidence e join person p on p.id = e.supervisor_id
  where e.person_id = ${personId} and e.kind = ${kind} and e.state = 'confirmed'`

const assessments = (personId: number, checklist: string) => sql`
  select 'assessment' as what, a.id::text as of, a.occurred_on::timestamp at time zone 'utc' as at, 1 as count,
    'assessor' as "from", p.handle as by, a.place, '' as note
  from assessment a join person p on p.id = a.assessor_id
  where a.person_id = ${personId} and a.checklist = ${checklist} and a.passed and a.withdrawn_at is null`

/** An admin's word that a thing was there all along, where it rests on one. */
const added = (personId: number, column: SQL, id: SQL) => sql`
  left join lateral (
    select p.handle, d.answer from fact_correction c join person p on p.id = c.by_id join dispute d on d.id = c.dispute_id
    where c.person_id = ${personId} and c.change = 'added' and c.${column} = ${id} order by c.id desc limit 1
  ) added on true`

const guides = (personId: number) => sql`
  select 'guide' as what, g.guide as of, g.at, 1 as count,
    case when v.id is not null then 'vouch' when added.handle is not null then 'correction' else 'site' end as "from",
    coalesce(m.handle, added.handle) as by, '' as place, coalesce(added.answer, '') as note
  from guide_completion g left join guide_vouch v on v.id = g.vouch_id left join person m on m.id = v.mentor_id
    ${added(personId, sql`guide`, sql`g.guide`)}
  where g.person_id = ${personId}`

const ofCourse = (column: SQL, course: string | null) =>
  course === null ? sql`true` : sql`starts_with(${column}, ${`${course}/`})`

const readings = (personId: number, course: string) => sql`
  select 'reading' as what, r.module as of, r.at, 1 as count,
    case when added.handle is not null then 'correction' else 'site' end as "from",
    added.handle as by, '' as place, coalesce(added.answer, '') as note
  from (select module, max(at) as at from reading where person_id = ${personId} and ${ofCourse(sql`module`, course)}
    group by module) r ${added(personId, sql`module`, sql`r.module`)}
  union all ${takenOut(personId, sql`module`, ofCourse(sql`module`, course))}`

/** What an admin has taken out stays in sight, and counts for nothing. */
const takenOut = (personId: number, column: SQL, which: SQL) => sql`
  select case when c.guide is null then 'reading' else 'guide' end, c.${column}, c.at, 0, 'correction', p.handle, '', d.answer
  from fact_correction c join person p on p.id = c.by_id join dispute d on d.id = c.dispute_id
  where c.person_id = ${personId} and c.change = 'voided' and c.${column} is not null and ${which}`

const reflections = (personId: number, course: string | null) => sql`
  select 'reflection' as what, s.module as of, coalesce(r.released_at, s.submitted_at) as at, 1 as count, 'site' as "from",
    p.handle as by, '' as place, '' as note
  from submission s left join lateral (
    select released_at, grade_ids from result where post_id = s.post_id and released_at is not null order by id desc limit 1
  ) r on true left join grade g on g.id = r.grade_ids[1] left join person p on p.id = g.mentor_id
  where s.author_id = ${personId} and s.state = 'passed' and ${ofCourse(sql`s.module`, course)}`

const quizzes = (personId: number, course: string | null) => sql`
  select 'quiz' as what, quiz as of, min(submitted_at) as at, 1 as count, 'site' as "from", null as by, '' as place, '' as note
  from attempt where person_id = ${personId} and passed and counts and quiz not like 'guides/%'
    and ${ofCourse(sql`quiz`, course)} group by quiz`

const replies = (personId: number, course: string | null) => sql`
  select 'reply' as what, post.id::text as of, post.created_at as at, 1 as count, 'site' as "from", null as by,
    discussion.module as place, '' as note
  from post join post thread on thread.id = post.parent_id join discussion on discussion.id = post.discussion_id
  where post.author_id = ${personId} and ${takesPart} and post.removed is null
    and ${ofCourse(sql`discussion.module`, course)}`

const certificates = (personId: number, badge: string) => sql`
  select 'certificate' as what, c.badge as of, c.granted_at as at, case when c.ended_at is null then 1 else 0 end as count,
    'site' as "from", p.handle as by, '' as place, '' as note
  from certificate c
    left join record_entry r on r.certificate_code = c.code and r.kind = 'grant'
    left join person p on p.id = r.actor_id
  where c.person_id = ${personId} and c.badge = ${badge}`
