import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { isBuddy } from '../grading/barred.ts'
import type { Person } from '../people/person.ts'
import { canSeeGuides, type Nearness } from './policy.ts'

/** What `viewer` is to somebody. A mentor serves the cohorts they are assigned to, and every self-paced one. */
export async function nearnessTo(db: Queryable, viewer: Person, personId: number): Promise<Nearness> {
  const [row] = await db.execute<Omit<Nearness, 'personId'>>(sql`select ${nearness(viewer, personId)}`)
  return { mentored: false, buddies: false, ...row, personId }
}

const nearness = (viewer: Person, personId: number): SQL => sql`
  (${viewer.rights.grade}::boolean and exists (
    select from enrolment e join cohort c on c.id = e.cohort_id
    where e.person_id = ${personId} and e.ended_at is null
      and (c.self_paced or c.id = any(${sql.param(viewer.cohortsMentored)}::bigint[])))) as mentored,
  ${isBuddy(sql`${viewer.id}::bigint`, sql`${personId}::bigint`)} as buddies`

/** A guide that somebody has completed, as their mentor sees it. */
export type GuideDone = {
  readonly guide: string
  readonly at: Date
  /** Null where they passed its check. */
  readonly vouch: {
    readonly id: number
    readonly mentorId: number
    readonly handle: string
    readonly note: string
  } | null
}

interface Row extends Record<string, unknown> {
  mentored: boolean
  buddies: boolean
  done: { guide: string; at: string; vouch: GuideDone['vouch'] }[] | null
}

/**
 * The guides that somebody has completed, the latest first, for their mentors and for admins, in one query; null for
 * everybody else.
 */
export async function guidesOf(
  db: Queryable,
  viewer: Person,
  personId: number,
): Promise<{ nearness: Nearness; done: GuideDone[] } | null> {
  if (viewer.id === personId || !(viewer.rights.grade || viewer.rights.admin)) return null
  const [row] = await db.execute<Row>(sql`
    select ${nearness(viewer, personId)},
      (select jsonb_agg(jsonb_build_object('guide', g.guide, 'at', g.at, 'vouch',
          case when v.id is not null then jsonb_build_object('id', v.id, 'mentorId', v.mentor_id,
            'handle', m.handle, 'note', v.note) end) order by g.at desc)
        from guide_completion g
          left join guide_vouch v on v.id = g.vouch_id left join person m on m.id = v.mentor_id
        where g.person_id = ${personId}) as done`)
  if (!row) return null
  const near = { personId, mentored: row.mentored, buddies: row.buddies }
  if (!canSeeGuides(viewer, near)) return null
  return { nearness: near, done: (row.done ?? []).map(one => ({ ...one, at: new Date(one.at) })) }
}
