import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { binaries } from './embedded/binaries.ts'
import {
  type AddressOf,
  type Cluster,
  prepareCluster,
  serverRuns,
  startServer,
  stopServer,
} from './embedded/cluster.ts'
import { placeFor } from './embedded/place.ts'

/** A PostgreSQL of our own that this process uses. */
export type Embedded = {
  /** The address of Trellis's own database there. */
  url: string
  addressOf: AddressOf
  /** Ends this process's use of it. Whoever leaves last stops the server; until then it runs on. */
  leave: () => Promise<void>
}

type Options = {
  say?: (line: string) => void
  /** Settings of PostgreSQL that differ from ours. */
  settings?: Record<string, string>
  /** False for data that nobody will miss. */
  durable?: boolean
}

/** How long a start, or the recovery after a crash, may take: milliseconds. */
const patience = 30_000

/** Any number that every version agrees on: it names the lock that stands for being present. */
const presence = 7_455_311

/**
 * Joins the PostgreSQL whose data is in `dataDir`, and starts it when it is not running; the data is made at
 * first use. When it dies, it is started again, until one leaves.
 *
 * Any number of processes may join. Each holds one connection with a shared lock, its presence, which ends with
 * the process however that ends. The one that leaves and can then take the lock for itself was the last, and
 * stops the server; whoever comes at that moment waits for the lock, is cut off, and starts it anew. So it does
 * not matter who started the server, and a `kill -9` leaves no trace that would have to be cleaned up.
 * @throws Error in a sentence when it does not come up
 */
export async function joinEmbedded(dataDir: string, options: Options = {}): Promise<Embedded> {
  const { say = () => {}, settings = {}, durable = true } = options
  const place = placeFor(dataDir, say)
  const cluster = prepareCluster(place, binaries(place.account), { durable })
  let leaving = false
  let present = await enter(cluster, settings, onLost)
  await makeDatabase(present)

  function onLost() {
    if (leaving) return
    say('The database stopped. Starting it again.')
    void comeBack()
  }

  async function comeBack(): Promise<void> {
    try {
      present = await enter(cluster, settings, onLost)
      say('The database is back.')
    } catch (error) {
      say((error as Error).message)
      if (!leaving) void comeBack()
    }
  }

  return {
    url: cluster.addressOf('trellis'),
    addressOf: cluster.addressOf,
    leave: async () => {
      leaving = true
      if (await isLast(present)) await stopServer(cluster)
      await present.end({ timeout: 1 })
    },
  }
}

/** Knocks until the server lets us in, and starts it whenever nobody is there to answer. */
async function enter(
  cluster: Cluster,
  settings: Record<string, string>,
  onLost: () => void,
): Promise<postgres.Sql> {
  const deadline = Date.now() + patience
  let server: ChildProcess | undefined
  for (;;) {
    try {
      return await takePresence(cluster, onLost)
    } catch (error) {
      if (!passes(error)) throw error
      if (Date.now() > deadline)
        throw new Error(`The database does not start; the reason is at the end of ${cluster.log}.`)
    }
    if (server && !isAlive(server)) await wait(200)
    if (!serverRuns(cluster) && !isAlive(server)) {
      server = startServer(cluster, settings)
      await Promise.race([once(server, 'spawn'), wait(1000)])
    }
    await wait(25)
  }
}

function isAlive(server: ChildProcess | undefined): boolean {
  return server?.exitCode === null && server.signalCode === null
}

/** One connection for good, holding the lock that says we are here. `onLost` hears when it breaks. */
async function takePresence(cluster: Cluster, onLost: () => void): Promise<postgres.Sql> {
  let inside = false
  const sql = postgres(cluster.addressOf('postgres'), {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    fetch_types: false,
    connection: { application_name: 'trellis presence' },
    onclose: () => {
      if (inside) onLost()
      inside = false
    },
  })
  try {
    await sql`select pg_advisory_lock_shared(${presence})`
  } catch (error) {
    await sql.end({ timeout: 0 })
    throw error
  }
  inside = true
  return sql
}

const passing = [
  ...[
    'ENOENT',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'CONNECTION_CLOSED',
    'CONNECTION_ENDED',
    'CONNECT_TIMEOUT',
  ],
  // The server is shutting down, was shut down, crashed, or is starting up.
  ...['57P01', '57P02', '57P03'],
]

/** Whether it is worth knocking again. */
function passes(error: unknown): boolean {
  return passing.includes((error as { code?: string }).code ?? '')
}

/** Two processes may find it missing at once; the slower one is content. */
async function makeDatabase(sql: postgres.Sql): Promise<void> {
  const [found] = await sql`select from pg_database where datname = 'trellis'`
  if (found) return
  try {
    await sql`create database trellis`
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  }
}

/** A server that is no longer there needs no stopping. */
async function isLast(sql: postgres.Sql): Promise<boolean> {
  try {
    await sql`select pg_advisory_unlock_shared(${presence})`
    const [row] = await sql<{ last: boolean }[]>`select pg_try_advisory_lock(${presence}) as last`
    return row?.last ?? false
  } catch (error) {
    if (passes(error)) return false
    throw error
  }
}
