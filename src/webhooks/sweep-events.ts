import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'

/** How long it is kept what webhooks were told, and what they answered: days. */
export const keptFor = 90

/** Deletes what webhooks were told long ago, with its deliveries and tries: it names people, and has had its time. */
export const sweepEvents = (db: Db) =>
  db.execute(sql`delete from webhook_event where at < now() - make_interval(days => ${keptFor})`)
