import { sendTest } from '../../src/webhooks/again.ts'
import { addEndpoint, pauseEndpoint } from '../../src/webhooks/endpoints.ts'
import { deliveries } from '../../src/webhooks/log.ts'
import { type ActionRow, all, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

const values = { name: 'Chat', url: 'https://chat.invalid/hooks', events: ['badge.revoked' as const] }
let last: number | undefined

/** One that is paused, so that nothing is sent from here. The one before goes, for there can only be so many. */
async function anEndpoint({ db, people }: World): Promise<number> {
  if (last !== undefined) await db.$client`update webhook_endpoint set removed_at = now() where id = ${last}`
  return db.transaction(async tx => {
    const { id } = await addEndpoint(tx, people.admin, values, { inner: false })
    await pauseEndpoint(tx, people.admin, id)
    return (last = id)
  })
}

async function aDelivery(world: World): Promise<string> {
  const { db, people } = world
  const id = await anEndpoint(world)
  await db.transaction(tx => sendTest(tx, people.admin, id))
  return String((await deliveries(db, people.admin, { endpoint: id })).shown[0]!.id)
}

const adminOnly = signedIn(404, { admin: 200 })
const adminDoes = signedIn(403, { admin: 'done' })

export const routeRows: Record<string, RouteRow> = {
  '/admin/webhooks': { path: '/admin/webhooks', answers: adminOnly },
  '/admin/webhooks/[endpoint]': {
    path: async world => `/admin/webhooks/${await anEndpoint(world)}`,
    answers: adminOnly,
  },
  // A session opens nothing here, whoever's it is.
  '/api/v1/people/[handle]/badges': { path: '/api/v1/people/tansy/badges', answers: all(401) },
  '/api/v1/people/[handle]/unlocks': { path: '/api/v1/people/tansy/unlocks', answers: all(401) },
  '/api/v1/unlocks': { path: '/api/v1/unlocks?room=support-rooms', answers: all(401) },
}

/** Something done to an endpoint. */
const row = (fields: Record<string, string | string[]> = {}): ActionRow => ({
  page: '/path',
  fields: async world => ({ id: String(await anEndpoint(world)), ...fields }),
  answers: adminDoes,
})

export const actionRows: Record<string, ActionRow> = {
  'webhooks.add': {
    page: '/path',
    fields: async ({ db }) => {
      await db.$client`update webhook_endpoint set removed_at = now()`
      return { ...values, events: [...values.events] }
    },
    answers: adminDoes,
  },
  'webhooks.change': row({ ...values, name: 'Rooms' }),
  'webhooks.pause': {
    page: '/path',
    fields: async world => {
      const id = await anEndpoint(world)
      await world.db.$client`update webhook_endpoint set paused_at = null where id = ${id}`
      return { id: String(id) }
    },
    answers: adminDoes,
  },
  'webhooks.resume': row(),
  'webhooks.renewSecret': row(),
  'webhooks.remove': row(),
  'webhooks.test': row(),
  'webhooks.replay': row({ since: '1' }),
  'webhooks.sendAgain': {
    page: '/path',
    fields: async world => ({ delivery: await aDelivery(world) }),
    answers: adminDoes,
  },
}
