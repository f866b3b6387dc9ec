import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Happening } from './events.ts'

/** By which instances are told that something waits. */
export const wakeUp = 'webhooks'

export const newEventName = () => `evt_${randomBytes(16).toString('base64url')}`

/**
 * Writes down that something happened, and puts it on its way to every endpoint that hears of such things, in the
 * transaction of what it tells of: both are there, or neither. What follows one person is announced while their row is
 * held, so that the later of two events has the higher number.
 */
export async function announce(
  tx: Tx,
  { type, data }: Happening,
  { personId = null, at = new Date() }: { personId?: number | null; at?: Date } = {},
): Promise<void> {
  await tx.execute(sql`
    with said as (
      insert into webhook_event (name, type, at, person_id, data)
      values (${newEventName()}, ${type}, ${at.toISOString()}::timestamptz, ${personId}::bigint,
        ${JSON.stringify(data)}::text::jsonb)
      returning id
    ), sent as (
      insert into webhook_delivery (event_id, endpoint_id)
      select said.id, e.id from said, webhook_endpoint e
      where e.removed_at is null and ${type} = any(e.events)
      returning id
    )
    select pg_notify(${wakeUp}, '') where exists (select from sent)`)
}
