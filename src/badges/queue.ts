import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { ensure } from '../errors.ts'
import { running } from '../people/in-force.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { today } from './load-facts.ts'

/** Somebody who meets a badge's criteria and does not hold it. */
export interface Waiting {
  personId: number
  handle: string
  displayName: string
  badge: string
  /** ISO day (UTC) since when. */
  since: string
}

interface Row extends Record<string, unknown> {
  person_id: string
  handle: string
  display_name: string
  badge: string
  since: string
}

const pageSize = 50

/**
 * Who waits for a decision: a row of `standing` with today among its days, without a certificate, of somebody who is not
 * suspended. After a decline or a revocation they rest until the day they were told, whatever changes meanwhile; who has
 * appealed against it is found among the appeals.
 * @param people the ids of those who are looked at; everybody when left out
 */
const waiting = (content: Content, badge: string | undefined, people?: readonly number[]) => sql`
  select s.person_id, p.handle, p.display_name, s.badge,
    greatest((select lower(run) from unnest(s.met_on) run where run @> ${today()}::date),
      (s.updated_at at time zone 'utc')::date) as since
  from standing s join person p on p.id = s.person_id
  where not isempty(s.met_on) and s.met_on @> ${today()}::date
    and s.badge = any(${sql.param(badge === undefined ? content.badges.map(({ id }) => id) : [badge])}::text[])
    and ${people === undefined ? sql`true` : sql`s.person_id = any(${sql.param([...people])}::bigint[])`}
    and not exists (select from certificate c
      where c.person_id = s.person_id and c.badge = s.badge and ${running})
    and not exists (select from rest r
      where r.person_id = s.person_id and r.badge = s.badge and r.ended_at is null and r.until > ${today()}::date)
    and not exists (select from suspension x where x.person_id = s.person_id and x.ended_at is null)`

/**
 * A page of those who wait for a decision, the longest wait first.
 * @param after the last one of the page before, as `keyOf` names it
 * @throws Forbidden
 */
export async function queue(
  db: Queryable,
  content: Content,
  admin: Person,
  { badge, after }: { badge?: string | undefined; after?: string | null } = {},
): Promise<{ waiting: Waiting[]; next: string | null }> {
  ensure(canRunProgramme(admin))
  const { since, person, badge: last } = keyFrom(after ?? '')
  const rows = await db.execute<Row>(sql`
    select * from (${waiting(content, badge)}) as waiting
    where (since, person_id, badge) > (${since}::date, ${person}::bigint, ${last}::text)
    order by since, person_id, badge limit ${pageSize + 1}`)
  const page = rows.slice(0, pageSize).map(waitingFrom)
  return { waiting: page, next: rows.length > pageSize ? keyOf(page.at(-1)!) : null }
}

/** Those of these people who wait for a decision, on whatever badge. @throws Forbidden */
export async function waitingAmong(
  db: Queryable,
  content: Content,
  admin: Person,
  people: readonly number[],
): Promise<Waiting[]> {
  ensure(canRunProgramme(admin))
  const rows = await db.execute<Row>(waiting(content, undefined, people))
  return rows.map(waitingFrom)
}

const waitingFrom = ({ person_id, display_name, ...row }: Row): Waiting => ({
  ...row,
  personId: Number(person_id),
  displayName: display_name,
})

const keyOf = ({ since, personId, badge }: Waiting) => `${since}.${personId}.${badge}`

/** The key in an address, or the one before every other when somebody has meddled with it. */
function keyFrom(key: string) {
  const [since, person, badge] = key.split('.')
  const whole =
    z.iso.date().safeParse(since).success && /^\d{1,15}$/.test(person ?? '') && badge !== undefined
  return whole ? { since, person, badge } : { since: '0001-01-01', person: '0', badge: '' }
}

/** How many wait for a decision, by badge. @throws Forbidden */
export async function queueCounts(
  db: Queryable,
  content: Content,
  admin: Person,
): Promise<Map<string, number>> {
  ensure(canRunProgramme(admin))
  const rows = await db.execute<{ badge: string; count: number }>(
    sql`select badge, count(*)::int as count from (${waiting(content, undefined)}) as waiting group by badge`,
  )
  return new Map(rows.map(({ badge, count }) => [badge, count]))
}
