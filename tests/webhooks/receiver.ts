import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

/** What came in, as it came. */
export interface Received {
  at: number
  headers: Record<string, string>
  body: string
  /** What the outside verifier makes of it: the event, or null where it does not trust it. */
  event: Told | null
}

export interface Told {
  type: string
  timestamp: string
  data: {
    sequence: number
    person: { id: string; handle: string }
    unlocks: Record<'now' | 'gained' | 'lost', { kind: string; id: string }[]>
    [more: string]: unknown
  }
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A chat platform that is told things: it verifies each by the library of Standard Webhooks, which had no part in signing. */
export class Receiver {
  readonly received: Received[] = []
  /** The secret that it was given. */
  secret = ''
  /** How it answers from now on. */
  answer: Answer = (_, response) => response.end('Thank you.')
  readonly #server = createServer((request, response) => void this.#take(request, response))

  async open(port = 0): Promise<this> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks?from=trellis`
  }

  /** The names of what came in, in the order in which it came. */
  get names(): (string | undefined)[] {
    return this.received.map(({ headers }) => headers['webhook-id'])
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    const headers = request.headers as Record<string, string>
    this.received.push({ at: Date.now(), headers, body, event: this.trusted(headers, body) })
    this.answer(request, response)
  }

  /** The event, if it was signed with the secret. */
  trusted(headers: Record<string, string>, body: string, secret = this.secret): Told | null {
    try {
      return new Webhook(secret).verify(body, headers) as Told
    } catch {
      return null
    }
  }
}

/** Answers always the same. */
export const answering =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(body)
