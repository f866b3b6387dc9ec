import { sql } from 'drizzle-orm'
import { makeToken } from '../../../src/api/tokens.ts'
import { addEndpoint, pauseEndpoint } from '../../../src/webhooks/endpoints.ts'
import { eventTypes } from '../../../src/webhooks/events.ts'
import type { Outcome } from '../../../src/webhooks/post.ts'
import { mostTries, waitAfter } from '../../../src/webhooks/schedule.ts'
import { settle } from '../../../src/webhooks/settle.ts'
import { chance } from './chance.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

const HOUR = 60 * 60_000

interface Waiting extends Record<string, unknown> {
  id: string
  at: string
  type: string
}

/**
 * The chat platform as it is told of badges: it works for weeks, is away for a few evenings, refuses one thing for good,
 * and is paused at the end, so that the demonstration never sends anything anywhere. It takes its chances by itself, so
 * that nobody else's life goes another way for it.
 */
export async function* connects(world: World): Life {
  const own = chance(4242)
  const night = (daysAgo: number) => new Date(world.present.getTime() - (daysAgo * 24 - 23) * HOUR)
  yield night(80)
  const admin = await world.person('demo-admin')
  const endpoint = await connect(world)
  for (let day = 79; day > 1; day--) {
    yield night(day)
    const away = day > 20 && day < 30
    for (const { id, at, type } of await waiting(world)) {
      const delivery = { id: Number(id), endpoint, at: new Date(at) }
      const fine = came(own.between(35, 240), 200, '{"ok":true}')
      if (type === 'badge.revoked') await tries(world, delivery, Array(mostTries).fill(refusal) as Outcome[])
      else await tries(world, delivery, away ? [maintenance, fine] : [fine])
    }
  }
  yield night(1.5)
  await pauseEndpoint(world.tx, admin, endpoint)
}

async function connect(world: World): Promise<number> {
  const { tx } = world
  const admin = await world.person('demo-admin')
  await makeToken(tx, admin, { name: 'Rooms of the chat platform', scopes: ['badges:read'], lasts: '90' })
  const url = 'https://chat.willow.example/hooks/trellis'
  const values = { name: 'Chat platform', url, events: [...eventTypes] }
  return (await addEndpoint(tx, admin, values, { inner: false })).id
}

const came = (took: number, status: number, answer: string): Outcome => ({
  took,
  status,
  answer,
  problem: '',
})
const maintenance = came(212, 503, 'Down for maintenance. Back at nine.')
const refusal = came(64, 422, '{"error":"No member goes by this handle. لا يوجد عضو بهذا الاسم 🤷"}')

const waiting = ({ tx }: World) =>
  tx.execute<Waiting>(sql`
    select d.id, said.at, said.type from webhook_delivery d join webhook_event said on said.id = d.event_id
    where d.state = 'waiting' and d.tries = 0 order by said.id`)

/** Has a delivery tried with these outcomes, one after another as they come. */
async function tries(
  { tx }: World,
  { id, endpoint, at }: { id: number; endpoint: number; at: Date },
  outcomes: readonly Outcome[],
): Promise<void> {
  let moment = at
  for (const [index, outcome] of outcomes.entries()) {
    const number = index + 1
    await tx.execute(sql`update webhook_delivery set tries = ${number} where id = ${id}`)
    await settle(tx, { id, tries: number, endpoint: { id: endpoint } }, outcome, moment)
    moment = new Date(moment.getTime() + (waitAfter(number, 0.7) ?? 0))
  }
}
