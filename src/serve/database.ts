import postgres from 'postgres'
import { closeDb } from '../../db/client.ts'
import { joinEmbedded } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import { env, givenDatabaseUrl, provideDatabaseUrl } from '../env.ts'
import { settle } from './settle.ts'

type Say = (line: string) => void

/** The database can't be used. The message is the sentence to show, without a stack. */
export class NoDatabase extends Error {
  override name = 'NoDatabase'
}

/**
 * Reaches the database that the settings name, or starts the embedded one and makes it this process's; migrates,
 * and settles what the rooms need there.
 * @returns what ends this process's use of it, and stops the embedded one when nobody else uses it
 * @throws NoDatabase
 */
export async function openDatabase(say: Say = () => {}): Promise<() => Promise<void>> {
  const given = givenDatabaseUrl()
  const leave = given ? await reach(given) : await startEmbedded(say)
  try {
    await migrate(givenDatabaseUrl() ?? '')
    await settle(say)
  } catch (error) {
    await closeDb()
    await leave()
    throw error
  }
  return async () => {
    await closeDb()
    await leave()
  }
}

async function startEmbedded(say: Say): Promise<() => Promise<void>> {
  try {
    const { url, leave } = await joinEmbedded(env.DATA_DIR, { say })
    provideDatabaseUrl(url)
    return leave
  } catch (error) {
    throw new NoDatabase((error as Error).message, { cause: error })
  }
}

async function reach(url: string): Promise<() => Promise<void>> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    await sql`select 1`
    return async () => {}
  } catch (error) {
    const { host, pathname } = new URL(url)
    const { message, code } = error as NodeJS.ErrnoException
    throw new NoDatabase(
      `The database ${pathname.slice(1)} at ${host} can't be reached (${message || code}). Check DATABASE_URL.`,
      { cause: error },
    )
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Does `work` with the database open, beside a running site or without one; what the command line does. */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  const close = await openDatabase()
  const interrupted = () => void close().finally(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    return await work()
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await close()
  }
}
