import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { webhookDelivery, webhookEndpoint, webhookEvent } from '../../db/schema/webhooks.ts'
import { found, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { newEventName, wakeUp } from './announce.ts'
import { ensureAdmin } from './endpoints.ts'
import { testEvent } from './events.ts'

/** So many events can be sent again at once; who has missed more reads what holds now (`GET /api/v1/unlocks`). */
export const mostReplayed = 10_000

/** Sends one delivery again, under the same name, whatever became of it. @throws Forbidden, NotFound */
export async function sendAgain(tx: Tx, by: Person | null, id: number): Promise<void> {
  ensureAdmin(by)
  const [row] = await tx
    .update(webhookDelivery)
    .set({ state: 'waiting', tries: 0, nextAt: sql`now()`, settledAt: null })
    .from(webhookEndpoint)
    .where(
      and(
        eq(webhookDelivery.id, id),
        eq(webhookEndpoint.id, webhookDelivery.endpointId),
        isNull(webhookEndpoint.removedAt),
      ),
    )
    .returning({ webhook: webhookEndpoint.id, name: webhookEndpoint.name, event: webhookDelivery.eventId })
  await audit(tx, by, 'webhook.sent_again', { ...found(row) })
  await wake(tx)
}

/** Sends an endpoint something that means nothing, to see whether it arrives. @throws Forbidden, NotFound */
export async function sendTest(tx: Tx, by: Person | null, id: number): Promise<void> {
  ensureAdmin(by)
  const { name } = await endpointNamed(tx, id)
  const [said] = await tx
    .insert(webhookEvent)
    .values({ name: newEventName(), type: testEvent, data: { words: 'Hello from Trellis.' } })
    .returning()
  await tx.insert(webhookDelivery).values({ endpointId: id, eventId: said!.id })
  await audit(tx, by, 'webhook.tested', { webhook: id, name })
  await wake(tx)
}

/**
 * Sends an endpoint everything again that has happened since a moment and that it hears of, what it was never sent
 * included. What comes again has the name it had.
 * @returns how many events that are
 * @throws Forbidden, NotFound, Invalid when they are too many
 */
export async function replay(
  tx: Tx,
  by: Person | null,
  { id, since }: { id: number; since: Date },
): Promise<number> {
  ensureAdmin(by)
  const { name } = await endpointNamed(tx, id)
  const sent = await tx.execute(sql`
    insert into webhook_delivery (endpoint_id, event_id)
    select e.id, said.id from webhook_endpoint e join webhook_event said on said.type = any(e.events)
    where e.id = ${id} and said.at >= ${since.toISOString()}::timestamptz
    order by said.id limit ${mostReplayed + 1}
    on conflict (endpoint_id, event_id) do update
      set state = 'waiting', tries = 0, next_at = now(), settled_at = null
    returning 1`)
  if (sent.length > mostReplayed)
    throw new Invalid({
      since: `More than ${mostReplayed.toLocaleString('en-GB')} things have happened since. Choose a later moment, and have the platform read what holds now.`,
    })
  await audit(tx, by, 'webhook.replayed', {
    webhook: id,
    name,
    since: since.toISOString(),
    events: sent.length,
  })
  await wake(tx)
  return sent.length
}

async function endpointNamed(tx: Tx, id: number): Promise<{ name: string }> {
  const [row] = await tx
    .select({ name: webhookEndpoint.name })
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.id, id), isNull(webhookEndpoint.removedAt)))
  return found(row)
}

const wake = (tx: Tx) => tx.execute(sql`select pg_notify(${wakeUp}, '')`)
