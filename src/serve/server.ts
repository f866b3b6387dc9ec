import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { constants } from 'node:zlib'
import compression from 'compression'
import sirv from 'sirv'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const dist = new URL('../../dist/', import.meta.url)

/** How long requests may go on after the site was asked to stop: milliseconds. */
const grace = 5_000

/** The site can't listen where it was told to. The message is the sentence to show, without a stack. */
export class NotListening extends Error {
  override name = 'NotListening'
}

/** Serves the built site, its files first; resolves once it listens. @throws NotListening */
export async function listen(
  port: number,
  host: string,
): Promise<{ port: number; close: () => Promise<void> }> {
  const { handler } = (await import(new URL('server/entry.mjs', dist).href)) as { handler: Handler }
  const files = serveFiles()
  const smaller = compressPages()
  const streams = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    keepTrack(streams, request, response)
    files(request, response, () => {
      smaller(request, response, () => void handler(request, response))
    })
  })
  await bind(server, port, host)
  return { port: (server.address() as AddressInfo).port, close: () => close(server, streams) }
}

/** Streams of events would go on for as long as they are read: they are known, so that they can be ended. */
function keepTrack(
  streams: Set<ServerResponse>,
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  if (!headers.accept?.includes('text/event-stream')) return
  streams.add(response)
  response.once('close', () => streams.delete(response))
}

function serveFiles() {
  return sirv(fileURLToPath(new URL('client', dist)), {
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders: (response, path) => {
      // Names under _astro/ hold a hash of what is in the file.
      const lasting = path.startsWith('/_astro/')
      response.setHeader(
        'Cache-Control',
        lasting ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      )
      response.setHeader('X-Content-Type-Options', 'nosniff')
    },
  })
}

/**
 * Pages are compressed at the quickest level, for readers on a phone: a module with its discussion goes from 75 KB to
 * 10, for a fifth of the work of the page. A proxy that asks for no compression gets none, and can do it itself.
 */
const compressPages = () =>
  compression({
    filter: (request, response) =>
      response.getHeader('content-type') !== 'text/event-stream' && compression.filter(request, response),
    threshold: 4096,
    level: 1,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
  }) as unknown as (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** A site that was just killed may need a moment to let go of its port. */
async function bind(server: Server, port: number, host: string): Promise<void> {
  for (let tries = 12; ; tries--) {
    const error = await tryToBind(server, port, host)
    if (!error) return
    if (error.code !== 'EADDRINUSE' || tries === 0) throw new NotListening(sentence(error, port, host))
    await wait(250)
  }
}

async function tryToBind(
  server: Server,
  port: number,
  host: string,
): Promise<NodeJS.ErrnoException | undefined> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
    return undefined
  } catch (error) {
    return error as NodeJS.ErrnoException
  }
}

function sentence({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program; stop that, or set PORT to another number.`
  if (code === 'EACCES')
    return `Port ${port} may not be used by this account; set PORT to a number above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}; set HOST to another.`
  return `Trellis can't listen on port ${port}: ${message}`
}

/** Takes no more requests, lets those under way finish, and cuts off what is still open after a while. */
async function close(server: Server, streams: ReadonlySet<ServerResponse>): Promise<void> {
  for (const stream of streams) stream.destroy()
  const cutOff = setTimeout(() => {
    server.closeAllConnections()
  }, grace)
  await new Promise(resolve => server.close(resolve))
  clearTimeout(cutOff)
}
