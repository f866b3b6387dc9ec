import { request } from '@playwright/test'
import { password } from '../../db/seed/demo/password.ts'
import { startTrellis } from './start.ts'

/** Who signs in on the demonstration before the tests begin. */
export const roles = [
  ...(['demo-trainee', 'demo-mentor', 'demo-admin', 'demo-new'] as const),
  // Has left a quiz half answered.
  'the-one-with-the-longest-name',
  'aiko',
] as const
export type Role = (typeof roles)[number]

/**
 * One site with the demonstration for the whole end-to-end run: `baseURL`. Tests that change what others look at
 * start a site of their own. Everybody's cookies are in TRELLIS_SESSIONS.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const site = await startTrellis({}, '--demo')
  process.env.TRELLIS_SITE = site.origin
  const sessions = await Promise.all(roles.map(async role => [role, await signIn(site.origin, role)]))
  process.env.TRELLIS_SESSIONS = JSON.stringify(Object.fromEntries(sessions))
  return () => site.stop()
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
