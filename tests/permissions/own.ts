import { eq } from 'drizzle-orm'
import { person, session } from '../../db/schema/people.ts'
import { planToLeave, stay } from '../../src/own/leaving.ts'
import { addAdmin, password } from '../support/cast.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { Role, World } from './world.ts'

/** Nobody has asked to leave; or whoever asks has. */
async function asked({ db, people }: World, role: Role, leaves: boolean): Promise<void> {
  if (role === 'guest') return
  // The last one of them can't go.
  if (role === 'admin') await addAdmin(db)
  await db.transaction(tx => stay(tx, people[role])).catch(() => {})
  if (leaves) await db.transaction(tx => planToLeave(tx, people[role], 'nothing'))
}

export const routeRows: Record<string, RouteRow> = {
  '/account/copy': { path: '/account/copy', answers: signedIn(200) },
  '/account/erasure': { path: '/account/erasure', answers: signedIn(200) },
  '/account/everything.zip': {
    path: async ({ db }) => {
      await db.update(session).set({ confirmedAt: new Date() })
      return '/account/everything.zip'
    },
    answers: signedIn(200),
  },
  '/people/[handle]': {
    path: async ({ db, people }) => {
      await db.update(person).set({ publicPage: false }).where(eq(person.id, people.trainee.id))
      return '/people/tansy'
    },
    answers: signedIn(200),
  },
}

export const actionRows: Record<string, ActionRow> = {
  'own.choosePage': {
    page: '/helplines',
    fields: () => ({ about: 'Evenings mostly.', publicPage: 'on' }),
    answers: signedIn('done'),
  },
  'own.confirmCopy': {
    page: '/helplines',
    fields: () => ({ password }),
    answers: signedIn('done'),
  },
  'own.leave': {
    page: '/helplines',
    fields: async (world, role) => {
      await asked(world, role, false)
      const handle = role === 'guest' ? 'nobody' : world.people[role].handle
      return { keeps: 'nothing', handle, password }
    },
    answers: signedIn('done'),
  },
  'own.stay': {
    page: '/helplines',
    fields: async (world, role) => {
      await asked(world, role, true)
      return {}
    },
    answers: signedIn('done'),
  },
}
