import type { Db } from '../../db/client.ts'
import { logger } from '../logger.ts'
import { deliver } from './deliver.ts'
import { type Due, putBack, takeDue } from './due.ts'
import type { Way } from './post.ts'
import { canSign } from './secret.ts'

/** So many tries go on at once for one endpoint, about. */
const each = 4

/** Sends whatever is due whenever it is told to look, until it is stopped. */
export function postman(db: Db, way: Omit<Way, 'signal'>) {
  const stopping = new AbortController()
  const underWay = new Map<number, number>()
  const strange = new Set<string>()
  const running = new Set<Promise<unknown>>()
  let looking: Promise<void> | null = null
  let lookAgain = false

  const count = (endpoint: number, change: number) => {
    underWay.set(endpoint, (underWay.get(endpoint) ?? 0) + change)
  }
  const busy = () => [...underWay].filter(([, tries]) => tries >= each).map(([endpoint]) => endpoint)

  function begin(due: Due): void {
    count(due.endpoint.id, 1)
    const one = deliver(db, due, { ...way, signal: stopping.signal })
      .catch(warn)
      .finally(() => {
        count(due.endpoint.id, -1)
        running.delete(one)
        look()
      })
    running.add(one)
  }

  /** Another instance may have the secret that this one lacks: it is left to that one from now on. */
  async function leave(due: Due): Promise<void> {
    strange.add(due.endpoint.secretTrace)
    logger.error(
      { endpoint: due.endpoint.id },
      'SECRET is not the one that this webhook’s secret was made from, so that nothing can be signed for it here',
    )
    await putBack(db, due)
  }

  async function lookThrough(): Promise<void> {
    while (lookAgain && !stopping.signal.aborted) {
      lookAgain = false
      const found = await takeDue(db, { each, busy: busy(), strange: [...strange] })
      for (const due of found)
        if (canSign(due.endpoint)) begin(due)
        else await leave(due)
      if (found.length > 0) lookAgain = true
    }
  }

  function look(): void {
    lookAgain = true
    looking ??= lookThrough()
      .catch(warn)
      .finally(() => {
        looking = null
      })
  }

  return {
    look,
    /** Cuts off what is under way: it is due again a little later, for whoever runs then. */
    stop: async () => {
      stopping.abort()
      await looking
      await Promise.all(running)
    },
  }
}

const warn = (error: unknown) => {
  logger.warn({ error: String(error) }, 'what waits for webhooks will be looked at again')
}
