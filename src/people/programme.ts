import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { ensure } from '../errors.ts'
import { running } from './in-force.ts'
import type { Person } from './person.ts'
import { canRunProgramme } from './policy.ts'

/** The programme at a glance: what waits for somebody. */
export interface Glance {
  people: number
  /** Invitations that can still be used. */
  invitations: number
  /** People in no cohort, who are neither admins nor suspended. */
  withoutCohort: number
  /** Reflections that wait for a mentor, and since when the first of them. */
  reflections: number
  oldestReflection: Date | null
  /** Posts that somebody has reported and nobody looked at yet, and whether a worry about a person is among them. */
  reportedPosts: number
  worries: boolean
  /** Logs of practice that wait to be confirmed. */
  logs: number
  /** Appeals about badges that nobody has answered, and overrides that want a second admin. */
  badgeAppeals: number
  overrides: number
  /** Changes of what a badge takes that wait to be put into force. */
  rules: number
  /** What people say is counted wrongly, and nobody has answered. */
  disputes: number
  /** Duties whose day is over and which are not done. */
  dutiesOverdue: number
}

interface Row extends Record<string, unknown>, Omit<Glance, 'oldestReflection'> {
  oldestReflection: string | null
}

/** What waits, in one query. @throws Forbidden */
export async function programmeAtAGlance(db: Queryable, admin: Person): Promise<Glance> {
  ensure(canRunProgramme(admin))
  const [row] = await db.execute<Row>(sql`
    select (select count(*)::int from person where left_at is null) as people,
      (select count(*)::int from invitation
        where accepted_at is null and withdrawn_at is null and expires_at > now()) as invitations,
      (select count(*)::int from person p
        where not exists (select from enrolment e where e.person_id = p.id and e.ended_at is null)
          and not exists (select from admin_appointment a where a.person_id = p.id and a.ended_at is null)
          and not exists (select from suspension s where s.person_id = p.id and s.ended_at is null)) as "withoutCohort",
      (select count(*)::int from submission where state = 'submitted') as reflections,
      (select min(submitted_at) from submission where state = 'submitted') as "oldestReflection",
      (select count(distinct post_id)::int from report where handled_at is null) as "reportedPosts",
      exists (select from report where handled_at is null and concern) as worries,
      (select count(*)::int from evidence where state = 'logged') as logs,
      (select count(*)::int from badge_appeal where ended_at is null) as "badgeAppeals",
      (select count(*)::int from override_proposal o where o.ended_at is null and o.at > now() - interval '14 days'
        and not exists (select from standing s where s.person_id = o.person_id and s.badge = o.badge
          and s.met_on @> (now() at time zone 'utc')::date)) as overrides,
      (select count(*)::int from badge_version where in_force_from is null and withdrawn_at is null) as rules,
      (select count(*)::int from dispute where ended_at is null) as disputes,
      (select count(*)::int from duty d join certificate c on c.id = d.certificate_id
        where d.done_at is null and d.let_go_at is null and ${running}
          and d.due_on < (now() at time zone 'utc')::date) as "dutiesOverdue"`)
  const oldest = row!.oldestReflection
  return { ...row!, oldestReflection: oldest === null ? null : new Date(oldest) }
}
