import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { joinEmbedded } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Any database of the tests' server; the path is to be replaced. */
    server: string
  }
}

/** The migrated database that every test file gets a copy of. */
export const template = 'trellis_template'

/** Nobody misses this data, so nothing waits for a disk. */
const hurried = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Before the run: one server (TEST_DATABASE_URL, or our own in a temporary folder) with a migrated template. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const { server, stop } = given ? { server: given, stop: async () => {} } : await ownServer()
  await makeTemplate(server)
  provide('server', server)
  return stop
}

/** A server in a temporary folder. */
export async function ownServer(settings: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-tests-'))
  // As root, the server runs under another account, which must get in.
  await chmod(folder, 0o755)
  const embedded = await joinEmbedded(folder, { settings: { ...hurried, ...settings }, durable: false })
  const stop = async () => {
    await embedded.leave()
    await rm(folder, { recursive: true, force: true })
  }
  return { server: embedded.url, stop }
}

async function makeTemplate(server: string): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} })
  await sql`drop database if exists ${sql(template)} with (force)`
  await sql`create database ${sql(template)}`
  await sql.end()
  await migrate(databaseAt(server, template))
}

/** The address of another database on the same server. */
export function databaseAt(server: string, name: string): string {
  const address = new URL(server)
  address.pathname = `/${name}`
  return address.href
}
