import { z } from 'zod'
import { env } from '../env.ts'
import { replay, sendAgain, sendTest } from '../webhooks/again.ts'
import {
  addEndpoint,
  changeEndpoint,
  changeInput,
  endpointInput,
  pauseEndpoint,
  removeEndpoint,
  renewSecret,
  resumeEndpoint,
} from '../webhooks/endpoints.ts'
import { formAction } from './form-action.ts'
import { showOnce } from './shown-once.ts'

const id = z.coerce.number().int().positive()
const endpoint = z.object({ id })
const inner = { inner: env.WEBHOOK_PRIVATE }

const hour = 60 * 60_000
/** From when on everything can be sent again, in hours before now. */
const replayed = { hours: ['1', '6', '24', '168', '720', '2160'] } as const

/** Endpoints of webhooks and what they are told; every one of these is an admin's. */
export const webhooks = {
  add: formAction(endpointInput, async (tx, by, values, context) => {
    const { id, secret } = await addEndpoint(tx, by, values, inner)
    showOnce(context, `/admin/webhooks/${id}`, secret)
    return { redirect: `/admin/webhooks/${id}` }
  }),

  change: formAction(changeInput, async (tx, by, values) => {
    await changeEndpoint(tx, by, values, inner)
    return { flash: 'Saved.' }
  }),

  pause: formAction(endpoint, async (tx, by, { id }) => {
    await pauseEndpoint(tx, by, id)
    return { flash: 'Paused. What happens meanwhile waits here.' }
  }),

  resume: formAction(endpoint, async (tx, by, { id }) => {
    await resumeEndpoint(tx, by, id)
    return { flash: 'It is told again, what has waited first.' }
  }),

  renewSecret: formAction(endpoint, async (tx, by, { id }, context) => {
    showOnce(context, `/admin/webhooks/${id}`, await renewSecret(tx, by, id))
    return { redirect: `/admin/webhooks/${id}` }
  }),

  remove: formAction(endpoint, async (tx, by, { id }) => {
    await removeEndpoint(tx, by, id)
    return { redirect: '/admin/webhooks', flash: 'Removed. Nothing is sent there any more.' }
  }),

  test: formAction(endpoint, async (tx, by, { id }) => {
    await sendTest(tx, by, id)
    return { flash: 'A test is on its way. Look here again in a moment.' }
  }),

  sendAgain: formAction(z.object({ delivery: id }), async (tx, by, { delivery }) => {
    await sendAgain(tx, by, delivery)
    return { flash: 'On its way again.' }
  }),

  replay: formAction(
    z.object({ id, since: z.enum(replayed.hours) }),
    async (tx, by, { id, since: hours }) => {
      const sent = await replay(tx, by, { id, since: new Date(Date.now() - Number(hours) * hour) })
      return {
        flash: sent === 1 ? 'One event is on its way again.' : `${sent} events are on their way again.`,
      }
    },
  ),
}
