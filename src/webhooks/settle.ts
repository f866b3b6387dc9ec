import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { webhookAttempt, webhookDelivery, webhookEndpoint } from '../../db/schema/webhooks.ts'
import { audit } from '../record/audit.ts'
import type { Outcome } from './post.ts'
import { telling, waitAfter } from './schedule.ts'
import { tellAdmins } from './tell-admins.ts'

type Tried = { id: number; tries: number; endpoint: { id: number } }

/** Whether the endpoint has taken it in. */
export const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300

/** Says of a try what came of it: delivered, tried again later, or given up; and what that says of the endpoint. */
export async function settle(tx: Tx, tried: Tried, outcome: Outcome, at: Date): Promise<void> {
  const { took, status, answer, problem } = outcome
  await tx.insert(webhookAttempt).values({ deliveryId: tried.id, at, took, status, answer, problem })
  if (isTaken(status)) await delivered(tx, tried, at)
  else if (status === 410) await gone(tx, tried, at)
  else await failed(tx, tried, at)
}

async function delivered(tx: Tx, tried: Tried, at: Date): Promise<void> {
  await become(tx, tried, { state: 'delivered', settledAt: at })
  await tx
    .update(webhookEndpoint)
    .set({ failingSince: null, toldAt: null })
    .where(and(eq(webhookEndpoint.id, tried.endpoint.id), sql`${webhookEndpoint.failingSince} is not null`))
}

/** Its owner wants to hear nothing any more: all else waits, in case that was a mistake. */
async function gone(tx: Tx, tried: Tried, at: Date): Promise<void> {
  await become(tx, tried, { state: 'failed', settledAt: at })
  const [paused] = await tx
    .update(webhookEndpoint)
    .set({ pausedAt: at, pausedById: null, pausedFor: 'gone' })
    .where(and(eq(webhookEndpoint.id, tried.endpoint.id), isNull(webhookEndpoint.pausedAt)))
    .returning()
  if (!paused) return
  await audit(tx, null, 'webhook.paused', { webhook: paused.id, name: paused.name, answer: '410 Gone' })
  await tellAdmins(
    tx,
    paused,
    `The webhook “${paused.name}” is paused: its address answered that it is gone.`,
  )
}

async function failed(tx: Tx, tried: Tried, at: Date): Promise<void> {
  const wait = waitAfter(tried.tries)
  await become(
    tx,
    tried,
    wait === null ? { state: 'failed', settledAt: at } : { nextAt: new Date(at.getTime() + wait) },
  )
  const [endpoint] = await tx
    .update(webhookEndpoint)
    .set({ failingSince: sql`coalesce(${webhookEndpoint.failingSince}, ${at.toISOString()}::timestamptz)` })
    .where(eq(webhookEndpoint.id, tried.endpoint.id))
    .returning()
  if (!endpoint || endpoint.toldAt || tried.tries < telling) return
  await tx.update(webhookEndpoint).set({ toldAt: at }).where(eq(webhookEndpoint.id, endpoint.id))
  await tellAdmins(
    tx,
    endpoint,
    `Nothing reaches the webhook “${endpoint.name}”: rooms may not follow when a badge changes.`,
  )
}

/** Unless somebody else has taken it up meanwhile, or has sent it on its way again: then theirs is the word. */
const become = (tx: Tx, { id, tries }: Tried, state: Partial<typeof webhookDelivery.$inferInsert>) =>
  tx
    .update(webhookDelivery)
    .set(state)
    .where(
      and(eq(webhookDelivery.id, id), eq(webhookDelivery.tries, tries), eq(webhookDelivery.state, 'waiting')),
    )
