import { randomUUID } from 'node:crypto'
import { request } from '@playwright/test'
import postgres from 'postgres'
import { password } from '../../db/seed/demo/password.ts'
import { databaseAt, ownServer } from './cluster.ts'
import { startTrellis } from './start.ts'

/** Who signs in on the demonstration before the tests begin. */
export const roles = [
  ...(['demo-trainee', 'demo-mentor', 'demo-admin', 'demo-new'] as const),
  // Has left a quiz half answered.
  'the-one-with-the-longest-name',
  'aiko',
] as const
export type Role = (typeof roles)[number]

/** Databases that a site has started on once: with nobody in it, and with the demonstration. */
export type Made = 'empty' | 'demonstration'

/** Two sites at a time for each of two workers, and the one that they share. */
const roomForAll = { max_connections: '120' }

/**
 * One server for the whole end-to-end run, and one site with the demonstration: `baseURL`. Tests that change what others
 * look at start a site of their own, on a copy. Everybody's cookies are in TRELLIS_SESSIONS.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const { server, stop } = await ownServer(roomForAll)
  process.env.TRELLIS_SERVER = server
  await make(server, 'empty')
  await make(server, 'demonstration', '--demo')
  const site = await startTrellis({ DATABASE_URL: await copyOf('demonstration') })
  process.env.TRELLIS_SITE = site.origin
  const sessions = await Promise.all(roles.map(async role => [role, await signIn(site.origin, role)]))
  process.env.TRELLIS_SESSIONS = JSON.stringify(Object.fromEntries(sessions))
  return async () => {
    await site.stop()
    await stop()
  }
}

async function make(server: string, name: Made, ...args: string[]): Promise<void> {
  await create(server, name)
  const site = await startTrellis({ DATABASE_URL: databaseAt(server, name) }, ...args)
  await site.stop()
}

/** A database of one's own, by its address: a copy, made in a moment. */
export async function copyOf(made: Made): Promise<string> {
  const server = process.env.TRELLIS_SERVER ?? ''
  const name = `own_${randomUUID().slice(0, 8)}`
  await create(server, name, made)
  return databaseAt(server, name)
}

async function create(server: string, name: string, template = 'template1'): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} })
  await sql`create database ${sql(name)} template ${sql(template)}`
  await sql.end()
}

async function signIn(origin: string, name: Role) {
  const browser = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } })
  await browser.post('/sign-in?_action=people.signIn', { form: { name, password } })
  const state = await browser.storageState()
  await browser.dispose()
  return state
}

type State = Awaited<ReturnType<typeof signIn>>

/** A browser's memory in which this role is signed in to the demonstration, or nobody. */
export function sessionOf(role: Role | null): State {
  const sessions = JSON.parse(process.env.TRELLIS_SESSIONS ?? '{}') as Record<Role, State>
  return role ? sessions[role] : { cookies: [], origins: [] }
}
