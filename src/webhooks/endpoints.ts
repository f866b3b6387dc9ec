import { randomBytes } from 'node:crypto'
import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { lock, type Tx } from '../../db/client.ts'
import { webhookEndpoint } from '../../db/schema/webhooks.ts'
import { Conflict, ensure, found, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { audit, type AuditAction } from '../record/audit.ts'
import { problemWith } from './address.ts'
import { wakeUp } from './announce.ts'
import { eventTypes } from './events.ts'
import { overlap, secretOf, traceOf } from './secret.ts'

/** Nobody needs more, and each is looked at whenever something happens. */
const most = 20

export const endpointInput = z.object({
  name: z.string().trim().min(1).max(80),
  url: z.string().trim().min(1).max(2000),
  events: z
    .array(z.enum(eventTypes))
    .min(1, { error: 'Please choose what it hears of.' })
    .max(eventTypes.length),
})
export type EndpointInput = z.output<typeof endpointInput>

export const changeInput = endpointInput.extend({ id: z.coerce.number().int().positive() })

export type Endpoint = typeof webhookEndpoint.$inferSelect

/** An admin, or null where the operator's command line asks. */
type By = Person | null

/**
 * Adds an address that is told of what happens.
 * @param inner whether the operator allows this machine and the inner network
 * @returns the endpoint, and its secret, which is told this once
 * @throws Forbidden, Invalid for an address that nothing is sent to, Conflict when there are too many
 */
export async function addEndpoint(
  tx: Tx,
  by: By,
  values: EndpointInput,
  { inner }: { inner: boolean },
): Promise<{ id: number; secret: string }> {
  ensureAdmin(by)
  ensureAddress(values.url, inner)
  await lock(tx, 'webhook-endpoints')
  const [row] = await tx
    .select({ there: count() })
    .from(webhookEndpoint)
    .where(isNull(webhookEndpoint.removedAt))
  if ((row?.there ?? 0) >= most) throw new Conflict(`There can be ${most} webhooks. Remove one first.`)
  const salt = randomBytes(16).toString('base64url')
  const secret = secretOf({ salt, generation: 1 })
  const [made] = await tx
    .insert(webhookEndpoint)
    .values({ ...values, salt, secretTrace: traceOf(secret), byId: by?.id ?? null })
    .returning()
  await note(tx, by, 'webhook.added', made!, { url: values.url, events: values.events.join(' ') })
  return { id: made!.id, secret }
}

/** Changes what an endpoint is called, where it is and what it hears of. @throws Forbidden, Invalid, NotFound */
export async function changeEndpoint(
  tx: Tx,
  by: By,
  { id, ...values }: z.output<typeof changeInput>,
  { inner }: { inner: boolean },
): Promise<void> {
  ensureAdmin(by)
  ensureAddress(values.url, inner)
  const changed = await change(tx, id, values)
  await note(tx, by, 'webhook.changed', changed, { url: values.url, events: values.events.join(' ') })
}

/** Holds back what an endpoint would be told, until it is resumed. @throws Forbidden, NotFound */
export async function pauseEndpoint(tx: Tx, by: By, id: number): Promise<void> {
  ensureAdmin(by)
  const paused = await change(
    tx,
    id,
    { pausedAt: new Date(), pausedById: by?.id ?? null, pausedFor: 'asked' },
    isNull(webhookEndpoint.pausedAt),
  )
  await note(tx, by, 'webhook.paused', paused)
}

/** Sends it what has waited, and all that follows. @throws Forbidden, NotFound */
export async function resumeEndpoint(tx: Tx, by: By, id: number): Promise<void> {
  ensureAdmin(by)
  const resumed = await change(
    tx,
    id,
    { pausedAt: null, pausedById: null, pausedFor: null },
    sql`${webhookEndpoint.pausedAt} is not null`,
  )
  await note(tx, by, 'webhook.resumed', resumed)
  await tx.execute(sql`select pg_notify(${wakeUp}, '')`)
}

/**
 * Gives an endpoint a new secret. For a day the one before signs as well, so that whoever receives has time to change it.
 * @returns the new secret, which is told this once
 * @throws Forbidden, NotFound
 */
export async function renewSecret(tx: Tx, by: By, id: number): Promise<string> {
  ensureAdmin(by)
  const [now] = await tx
    .select()
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.id, id), isNull(webhookEndpoint.removedAt)))
    .for('update')
  const { salt, generation: before } = found(now)
  const generation = before + 1
  const secret = secretOf({ salt, generation })
  const previousUntil = new Date(Date.now() + overlap)
  const renewed = await change(tx, id, { generation, secretTrace: traceOf(secret), previousUntil })
  await note(tx, by, 'webhook.secret_renewed', renewed)
  return secret
}

/** Tells an endpoint nothing any more, for good; what has waited for it is not sent. @throws Forbidden, NotFound */
export async function removeEndpoint(tx: Tx, by: By, id: number): Promise<void> {
  ensureAdmin(by)
  const removed = await change(tx, id, { removedAt: new Date(), removedById: by?.id ?? null })
  await note(tx, by, 'webhook.removed', removed)
}

/** Webhooks are the admins', and the operator's. @throws Forbidden */
export function ensureAdmin(by: By): void {
  ensure(by === null || canRunProgramme(by))
}

function ensureAddress(url: string, inner: boolean): void {
  const wrong = problemWith(url, inner)
  if (wrong) throw new Invalid({ url: wrong })
}

async function change(
  tx: Tx,
  id: number,
  values: Partial<typeof webhookEndpoint.$inferInsert>,
  where: ReturnType<typeof sql> = sql`true`,
): Promise<Endpoint> {
  const [row] = await tx
    .update(webhookEndpoint)
    .set(values)
    .where(and(eq(webhookEndpoint.id, id), isNull(webhookEndpoint.removedAt), where))
    .returning()
  return found(row)
}

const note = (
  tx: Tx,
  by: By,
  action: AuditAction,
  { id, name }: { id: number; name: string },
  more: Record<string, unknown> = {},
) => audit(tx, by, action, { webhook: id, name, ...more })
