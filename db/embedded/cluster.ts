import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Account, type Place, shortHash } from './place.ts'

/** An address of one of the cluster's databases, as DATABASE_URL. */
export type AddressOf = (database: string) => string

export type Cluster = Place & { native: string; addressOf: AddressOf; listen: string[] }

const onWindows = process.platform === 'win32'

/** PostgreSQL may run under another account, and our environment holds secrets. */
const environment = onWindows ? undefined : {}

/** The longest path that every system takes for a socket is 103 bytes, its name included. */
const longestSocketFolder = 103 - '/.s.PGSQL.5432'.length

/** Modest in memory (the site and its database share 300 MB), strict about what was acknowledged. */
const modest = {
  shared_buffers: '32MB',
  max_connections: '40',
  max_worker_processes: '2',
  max_logical_replication_workers: '0',
  max_wal_senders: '0',
  wal_level: 'minimal',
  max_wal_size: '256MB',
  autovacuum_max_workers: '1',
  autovacuum_worker_slots: '2',
  io_method: 'sync',
  jit: 'off',
  huge_pages: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
}

/**
 * Makes the cluster at `place` when there is none, and says how to reach it.
 * Made aside and then renamed: of two processes that get here at once, the second one finds the name taken.
 */
export function prepareCluster(place: Place, native: string, options: { durable: boolean }): Cluster {
  if (!existsSync(place.data)) makeCluster(place, native, options)
  if (!onWindows) return { ...place, native, ...throughSocket(place) }
  const [port = '', password = ''] = readFileSync(join(place.folder, 'postgres.door'), 'utf8').split('\n')
  return {
    ...place,
    native,
    addressOf: database => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`,
    listen: ['-c', 'listen_addresses=127.0.0.1', '-p', port],
  }
}

function makeCluster(place: Place, native: string, { durable }: { durable: boolean }): void {
  const draft = makeOwnFolder(`${place.data}.${process.pid}`, place.account)
  const login = onWindows ? ['--auth=scram-sha-256', `--pwfile=${makeDoor(place)}`] : ['--auth=trust']
  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      ...['-D', draft, '-U', 'postgres', '--encoding=UTF8', '--no-instructions'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      ...(durable ? login : [...login, '--no-sync']),
    ],
    { ...place.account, cwd: draft, encoding: 'utf8', env: environment },
  )
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new Error(
      `The database could not be made in ${place.folder}: ${made.error?.message ?? made.stderr.trim()}`,
    )
  }
  try {
    renameSync(draft, place.data)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(place.data)) throw error
  }
}

/** Windows has no socket files that a folder's rights would guard: a port of its own and a password stand in. */
function makeDoor({ folder }: Place): string {
  const password = randomBytes(24).toString('hex')
  writeFileSync(join(folder, 'postgres.door'), `${randomInt(20_000, 40_000)}\n${password}\n`, { mode: 0o600 })
  const passwordFile = join(folder, 'postgres.password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  return passwordFile
}

/**
 * The folder is ours alone, so nobody else on the machine can knock; there is no password to keep.
 * Its name ends in a comma because postgres.js takes a socket out of an address only where it expects several
 * hosts; so one plain address serves every driver and every process.
 */
function throughSocket(place: Place): Pick<Cluster, 'addressOf' | 'listen'> {
  const beside = join(place.folder, 'socket,')
  const fits = Buffer.byteLength(beside) <= longestSocketFolder
  const short = join(
    Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp',
    `trellis-${shortHash(place.data)},`,
  )
  const folder = makeOwnFolder(fits ? beside : short, place.account)
  return {
    addressOf: database => `postgres://postgres@${encodeURIComponent(folder)}/${database}`,
    listen: ['-c', 'listen_addresses=', '-c', `unix_socket_directories="${folder}"`],
  }
}

/** @throws Error when the folder is there already and is not `account`'s alone */
function makeOwnFolder(folder: string, account: Account): string {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    if (account) chownSync(folder, account.uid, account.gid)
  }
  const { uid, mode } = lstatSync(folder)
  const owner = account ? account.uid : process.getuid?.()
  if (onWindows || (uid === owner && (mode & 0o077) === 0)) return folder
  throw new Error(`${folder} must belong to the account that runs the database, and to it alone.`)
}

/** Starts the server, in a session of its own so that Ctrl-C reaches us and not the database under us. */
export function startServer(cluster: Cluster, settings: Record<string, string>): ChildProcess {
  const log = openSync(cluster.log, 'a', 0o600)
  const given = Object.entries({ ...modest, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const server = spawn(
    join(cluster.native, 'bin', 'postgres'),
    ['-D', cluster.data, ...cluster.listen, ...given],
    {
      ...cluster.account,
      cwd: cluster.data,
      detached: true,
      stdio: ['ignore', log, log],
      env: environment,
    },
  )
  closeSync(log)
  server.unref()
  return server
}

/** Stops the server, whoever started it, and waits until it has; clients are cut off, nothing committed is lost. */
export async function stopServer({ native, data }: Cluster): Promise<void> {
  const pid = lockedBy(data)
  if (!isServer(pid)) return
  if (onWindows) spawnSync(join(native, 'bin', 'pg_ctl'), ['kill', 'INT', String(pid)])
  else process.kill(pid, 'SIGINT')
  const deadline = Date.now() + 30_000
  while (isServer(pid) && Date.now() < deadline) await wait(10)
}

/**
 * Whether a server holds the data. A lock file left by a killed one is taken away when its number has since gone
 * to something else, which PostgreSQL by itself could not tell; else it is left, and PostgreSQL copes.
 */
export function serverRuns({ data }: Cluster): boolean {
  const pid = lockedBy(data)
  if (isServer(pid)) return true
  if (exists(pid)) rmSync(join(data, 'postmaster.pid'), { force: true })
  return false
}

/** The number of the process that the data's lock file names, or NaN when there is none. */
function lockedBy(data: string): number {
  const file = join(data, 'postmaster.pid')
  return Number.parseInt(existsSync(file) ? readFileSync(file, 'utf8') : '', 10)
}

/** On Linux one can tell a PostgreSQL from another program, and from a zombie, which holds a number and nothing else. */
function isServer(pid: number): boolean {
  if (process.platform !== 'linux') return exists(pid)
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ''
  return /\(postgres\) [^ZX]/.test(stat)
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
