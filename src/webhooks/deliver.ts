import type { Db } from '../../db/client.ts'
import type { Due } from './due.ts'
import { bodyOf } from './events.ts'
import { post, type Way } from './post.ts'
import { secretsAt } from './secret.ts'
import { settle } from './settle.ts'
import { signatureHeaders } from './sign.ts'

/** Who says that they send. */
const agent = 'Trellis-Webhooks/1'

/** Sends one delivery, signed for this very moment, and writes down what came of it. */
export async function deliver(db: Db, due: Due, way: Way): Promise<void> {
  const at = new Date()
  const body = bodyOf(due.event)
  const headers = {
    'user-agent': agent,
    ...signatureHeaders(due.event.name, body, secretsAt(due.endpoint, at), at),
  }
  const outcome = await post(due.endpoint.url, headers, body, way)
  // The site stops: whether it came through is not known, so it is tried again.
  if (way.signal?.aborted && outcome.status === null) return
  await db.transaction(tx => settle(tx, due, outcome, new Date()))
}
