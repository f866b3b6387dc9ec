import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'

/** How long whoever took a delivery up has for it before somebody else may: seconds; more than a try can last. */
const lease = 30

/** A delivery that was taken up, with all that it takes to send it. */
export interface Due {
  id: number
  /** The number of this try. */
  tries: number
  endpoint: {
    id: number
    url: string
    salt: string
    generation: number
    secretTrace: string
    previousUntil: Date | null
  }
  event: { id: number; name: string; type: string; at: Date; data: Record<string, unknown> }
}

interface Row extends Record<string, unknown> {
  id: string
  tries: number
  endpoint_id: string
  url: string
  salt: string
  generation: number
  secret_trace: string
  previous_until: string | null
  event_id: string
  name: string
  type: string
  at: string
  data: Record<string, unknown>
}

/**
 * Takes up what is due, a few for each endpoint, so that one that is slow keeps nobody else waiting. Another instance
 * that looks at the same time passes over these rows; should this one be killed, they are due again after the lease.
 * @param busy endpoints that have enough under way already
 * @param strange traces of secrets with which nothing can be signed here
 */
export async function takeDue(
  db: Db,
  { each, busy = [], strange = [] }: { each: number; busy?: number[]; strange?: string[] },
): Promise<Due[]> {
  const rows = await db.execute<Row>(sql`
    with due as (
      select one.id from webhook_endpoint e
      cross join lateral (
        select d.id from webhook_delivery d
        where d.endpoint_id = e.id and d.state = 'waiting' and d.next_at <= now()
        order by d.next_at, d.id limit ${each}
        for update skip locked
      ) one
      where e.removed_at is null and e.paused_at is null
        and e.id <> all(${sql.param(busy)}::bigint[]) and e.secret_trace <> all(${sql.param(strange)}::text[])
    ), taken as (
      update webhook_delivery d set next_at = now() + make_interval(secs => ${lease}), tries = d.tries + 1
      from due where d.id = due.id
      returning d.id, d.tries, d.endpoint_id, d.event_id
    )
    select taken.id, taken.tries, e.id as endpoint_id, e.url, e.salt, e.generation, e.secret_trace, e.previous_until,
      said.id as event_id, said.name, said.type, said.at, said.data
    from taken join webhook_endpoint e on e.id = taken.endpoint_id join webhook_event said on said.id = taken.event_id
    order by said.id`)
  return rows.map(dueFrom)
}

/** Puts back what was taken up and can't be sent here, as if nobody had. */
export const putBack = (db: Db, { id, tries }: Due) =>
  db.execute(sql`
    update webhook_delivery set next_at = now(), tries = tries - 1
    where id = ${id} and tries = ${tries} and state = 'waiting'`)

const dueFrom = (row: Row): Due => ({
  id: Number(row.id),
  tries: row.tries,
  endpoint: {
    id: Number(row.endpoint_id),
    ...{ url: row.url, salt: row.salt, generation: row.generation, secretTrace: row.secret_trace },
    previousUntil: row.previous_until === null ? null : new Date(row.previous_until),
  },
  event: {
    id: Number(row.event_id),
    ...{ name: row.name, type: row.type, data: row.data, at: new Date(row.at) },
  },
})
