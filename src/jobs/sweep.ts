import { sql } from 'drizzle-orm'
import { db } from '../../db/client.ts'
import { logger } from '../logger.ts'
import { sweepSessions } from '../people/session.ts'
import { sweepEvents } from '../webhooks/sweep-events.ts'

/** Deletes what has had its time: sessions, windows of rate limits, keys of old writes, old drafts, what webhooks were told. */
export async function sweep(): Promise<void> {
  try {
    await sweepSessions()
    await db().execute(sql`delete from rate_limit where resets_at < now()`)
    await db().execute(sql`delete from idempotency_key where created_at < now() - interval '2 days'`)
    await db().execute(sql`delete from draft where updated_at < now() - interval '90 days'`)
    await db().execute(sql`delete from password_reset where expires_at < now() - interval '7 days'`)
    await sweepEvents(db())
  } catch (error) {
    logger.warn({ error: String(error) }, 'the hourly sweep will be tried again')
  }
}
