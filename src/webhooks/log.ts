import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { ensureAdmin } from './endpoints.ts'
import { bodyOf } from './events.ts'
import { canSign } from './secret.ts'

const pageSize = 25

/** What of the log is shown. */
export const views = ['all', 'waiting', 'failed'] as const
export type View = (typeof views)[number]

interface EndpointRow extends Record<string, unknown> {
  id: string
  name: string
  url: string
  events: string[]
  salt: string
  generation: number
  secret_trace: string
  previous_until: string | null
  created_at: string
  by: string | null
  paused_at: string | null
  paused_by: string | null
  paused_for: 'asked' | 'gone' | null
  failing_since: string | null
  waiting: number
  failed: number
  delivered_at: string | null
}

/** An endpoint, and how it fares. */
export type EndpointState = ReturnType<typeof endpointFrom>

/** Every endpoint there is, for admins and the operator (null). @throws Forbidden */
export async function endpoints(db: Queryable, by: Person | null): Promise<EndpointState[]> {
  ensureAdmin(by)
  const rows = await db.execute<EndpointRow>(sql`${endpointQuery} order by e.id`)
  return rows.map(endpointFrom)
}

/** One of them. @throws Forbidden, NotFound */
export async function endpointOf(db: Queryable, by: Person | null, id: number): Promise<EndpointState> {
  ensureAdmin(by)
  const [row] = await db.execute<EndpointRow>(sql`${endpointQuery} and e.id = ${id}`)
  return endpointFrom(found(row))
}

/** Counts stop where they say no more than “many”. */
const endpointQuery = sql`
  select e.*, maker.handle as by, pauser.handle as paused_by,
    (select count(*)::int from (select from webhook_delivery d
      where d.endpoint_id = e.id and d.state = 'waiting' limit 1000) few) as waiting,
    (select count(*)::int from (select from webhook_delivery d
      where d.endpoint_id = e.id and d.state = 'failed' limit 1000) few) as failed,
    (select d.settled_at from webhook_delivery d
      where d.endpoint_id = e.id and d.state = 'delivered' order by d.event_id desc limit 1) as delivered_at
  from webhook_endpoint e
  left join person maker on maker.id = e.by_id
  left join person pauser on pauser.id = e.paused_by_id
  where e.removed_at is null`

const endpointFrom = (row: EndpointRow) => ({
  id: Number(row.id),
  ...{ name: row.name, url: row.url, events: row.events, by: row.by },
  createdAt: new Date(row.created_at),
  paused:
    row.paused_at === null ? null : { at: new Date(row.paused_at), by: row.paused_by, for: row.paused_for },
  failingSince: momentOf(row.failing_since),
  previousUntil: momentOf(row.previous_until),
  deliveredAt: momentOf(row.delivered_at),
  waiting: row.waiting,
  failed: row.failed,
  /** Whether the site still has the secret that the endpoint's was made from. */
  signs: canSign({ salt: row.salt, generation: row.generation, secretTrace: row.secret_trace }),
})

const momentOf = (text: string | null) => (text === null ? null : new Date(text))

interface DeliveryRow extends Record<string, unknown> {
  id: string
  state: 'waiting' | 'delivered' | 'failed'
  tries: number
  next_at: string
  event_id: string
  name: string
  type: string
  at: string
  data: Record<string, unknown>
  handle: string | null
  attempts: { id: number; at: string; took: number; status: number | null; answer: string; problem: string }[]
}

/** The tries of one delivery that are shown, the last first. */
const mostAttempts = 12

/** What an endpoint was told, the newest first, a page of it. @throws Forbidden, NotFound */
export async function deliveries(
  db: Queryable,
  by: Person,
  { endpoint, view = 'all', before }: { endpoint: number; view?: View; before?: number | undefined },
) {
  ensureAdmin(by)
  const rows = await db.execute<DeliveryRow>(sql`
    select d.id, d.state, d.tries, d.next_at, said.id as event_id, said.name, said.type, said.at, said.data, p.handle,
      (select coalesce(jsonb_agg(to_jsonb(a) order by a.id desc), '[]') from (
        select id, at, took, status, answer, problem from webhook_attempt
        where delivery_id = d.id order by id desc limit ${mostAttempts}) a) as attempts
    from webhook_delivery d
    join webhook_event said on said.id = d.event_id
    left join person p on p.id = said.person_id
    where d.endpoint_id = ${endpoint}
      ${view === 'all' ? sql`` : sql.raw(`and d.state = '${view}'`)}
      ${before === undefined ? sql`` : sql`and d.event_id < ${before}`}
    order by d.event_id desc limit ${pageSize + 1}`)
  const shown = rows.slice(0, pageSize).map(deliveryFrom)
  return { shown, next: rows.length > pageSize ? shown.at(-1)!.event.id : null }
}
export type LoggedDelivery = Awaited<ReturnType<typeof deliveries>>['shown'][number]

function deliveryFrom(row: DeliveryRow) {
  const event = { id: Number(row.event_id), type: row.type, at: new Date(row.at), data: row.data }
  return {
    id: Number(row.id),
    ...{ state: row.state, tries: row.tries, nextAt: new Date(row.next_at), handle: row.handle },
    event: { ...event, name: row.name },
    body: JSON.stringify(JSON.parse(bodyOf(event)), null, 2),
    attempts: row.attempts.map(attempt => ({ ...attempt, at: new Date(attempt.at) })),
  }
}
