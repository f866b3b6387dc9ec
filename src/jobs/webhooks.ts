import { db } from '../../db/client.ts'
import { env } from '../env.ts'
import { wakeUp } from '../webhooks/announce.ts'
import { postman } from '../webhooks/postman.ts'

/** How often is looked for what waits, besides when somebody says that something does: milliseconds. */
const often = 2_000

/** Starts sending what waits for webhooks: at once when it is announced, later when it is to be tried again. */
export function startWebhooks(): () => Promise<void> {
  const sender = postman(db(), { inner: env.WEBHOOK_PRIVATE })
  // The driver comes back by itself when the connection breaks; what was told meanwhile is found at the next look.
  const listening = db()
    .$client.listen(wakeUp, sender.look, sender.look)
    .catch(() => null)
  const timer = setInterval(sender.look, often)
  return async () => {
    clearInterval(timer)
    await (await listening)?.unlisten()
    await sender.stop()
  }
}
