import type { Tx } from '../../db/client.ts'
import { enqueue, type Mail } from '../../db/queue.ts'

/** Sends a letter once the transaction has committed, and tries again while the mail server is away. */
export const sendMail = (tx: Tx, mail: Mail) => enqueue(tx, 'mail', mail)
