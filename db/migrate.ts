import { fileURLToPath } from 'node:url'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { connect } from './client.ts'

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Any number that every instance agrees on: it names the lock under which migrations run. */
const migrationLock = 7_455_310

/**
 * Brings the database at `url` up to this version's tables. Instances that start at once wait for each other.
 * @throws what PostgreSQL says when it can't be reached or a migration fails; nothing is then half-applied.
 */
export async function migrate(url: string): Promise<void> {
  const db = connect(url, { max: 1 })
  try {
    await db.$client`select pg_advisory_lock(${migrationLock})`
    await applyMigrations(db, { migrationsFolder })
  } finally {
    await db.$client.end()
  }
}
