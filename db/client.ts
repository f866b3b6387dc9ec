import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { databaseUrl } from '../src/env.ts'
import * as schema from './schema/index.ts'

export type Db = PostgresJsDatabase<typeof schema> & { $client: postgres.Sql }
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
/** What a read takes: the pool, or a transaction when it must see what that transaction wrote. */
export type Queryable = Db | Tx

/** Opens a pool on `url`. Close it with `db.$client.end()`. */
export function connect(url: string, options: postgres.Options<Record<string, never>> = {}): Db {
  const client = postgres(url, { max: 10, onnotice: () => {}, ...options })
  return drizzle(client, { schema, casing: 'snake_case' })
}

let pool: Db | undefined

/** This process's pool, opened at first use on the database of the settings. */
export function db(): Db {
  pool ??= connect(databaseUrl())
  return pool
}

/** Closes this process's pool, if it was opened. */
export async function closeDb(): Promise<void> {
  const open = pool
  pool = undefined
  await open?.$client.end({ timeout: 5 })
}

/** Holds the named lock until the transaction ends; a second taker of the same name waits. */
export const lock = (tx: Tx, name: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)

const dialect = new PgDialect({ casing: 'snake_case' })

/**
 * Runs the query of a page that is asked for often as a statement that the server prepares once per connection:
 * planning such a query costs more than running it. Rows come as the driver reads them: bigints and times as text.
 */
export async function hot<T>(db: Queryable, query: SQL): Promise<T[]> {
  if (!('$client' in db)) return (await db.execute(query)) as unknown as T[]
  const { sql: text, params } = dialect.sqlToQuery(query)
  const rows = await db.$client.unsafe(text, params as postgres.ParameterOrJSON<never>[], { prepare: true })
  return rows as unknown as T[]
}
