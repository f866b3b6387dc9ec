import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import { databaseUrl } from '../src/env.ts'
import type { Tx } from './client.ts'

/** A letter to be sent. */
export interface Mail {
  to: string
  subject: string
  text: string
}

/** Every kind of job, and what it is told. */
export interface Jobs {
  mail: Mail
}

let sender: Promise<PgBoss> | undefined

/** Opened when the first job is queued: most processes never queue one. */
async function openSender(): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: databaseUrl(), max: 1, supervise: false, schedule: false })
  boss.on('error', () => {}) // A lost connection fails the write that needs it, which is told there.
  await boss.start()
  await ensureQueues(boss)
  return boss
}

/** Makes the queues that are missing. Letters are tried for about a day. */
export const ensureQueues = (boss: PgBoss) =>
  boss.createQueue('mail', { retryLimit: 10, retryDelay: 60, retryBackoff: true })

/** Queues a job in the transaction of the row that it follows: both are there, or neither. */
export async function enqueue<K extends keyof Jobs>(tx: Tx, job: K, data: Jobs[K]): Promise<void> {
  sender ??= openSender()
  const boss = await sender.catch((error: unknown) => {
    sender = undefined
    throw error
  })
  await boss.send(job, data, { db: fromDrizzle(tx, sql) })
}

/** Lets go of the connection that `enqueue` opened, if it did. */
export async function closeQueue(): Promise<void> {
  const open = sender
  sender = undefined
  await (await open)?.stop({ graceful: false })
}
