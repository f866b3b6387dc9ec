import { createHmac } from 'node:crypto'

/**
 * The headers that say who sent a body, by https://www.standardwebhooks.com: HMAC-SHA-256 over the id, the moment and the
 * body, once for each secret that is good at present.
 * @param name the event's id, the same in every delivery of it
 * @param at when it is sent, which receivers hold against their own clock
 */
export function signatureHeaders(name: string, body: string, secrets: readonly string[], at: Date) {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    'webhook-id': name,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets
      .map(secret => `v1,${sign(secret, `${name}.${timestamp}.${body}`)}`)
      .join(' '),
  }
}

const sign = (secret: string, text: string) =>
  createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(text)
    .digest('base64')
