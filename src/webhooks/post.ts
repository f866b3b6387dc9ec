import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { promisify } from 'node:util'
import { hostOf, problemWith, refusalOf } from './address.ts'

/** What came of sending something. */
export interface Outcome {
  /** Milliseconds. */
  took: number
  /** Of the answer; null where none came. */
  status: number | null
  /** How the answer begins: text, at most 1,000 characters. */
  answer: string
  /** What stood in the way of an answer, in a sentence; empty where one came. */
  problem: string
}

/** How long an answer is waited for, all in all: milliseconds. */
export const patience = 10_000
/** How much of an answer is read: bytes. */
const most = 4096

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<LookupAddress[]>
const bySystem = promisify(systemLookup)
const resolveBySystem: Resolve = host => bySystem(host, { all: true, order: 'verbatim' })

export interface Way {
  /** Whether this machine and the inner network may be reached (WEBHOOK_PRIVATE). */
  inner: boolean
  resolve?: Resolve
  patience?: number
  /** Cuts it off, because the site stops. */
  signal?: AbortSignal
}

/**
 * Posts JSON to an address of an endpoint. The name is looked up here and the connection made to the very addresses
 * that were judged, so that nothing can change in between; redirects are not followed, for they would lead past that.
 * Never throws: whatever happens is an outcome.
 */
export async function post(
  address: string,
  headers: Record<string, string>,
  body: string,
  way: Way,
): Promise<Outcome> {
  const began = performance.now()
  const took = () => Math.round(performance.now() - began)
  const wrong = problemWith(address, way.inner)
  if (wrong) return { took: took(), status: null, answer: '', problem: wrong }
  try {
    const { status, answer } = await exchange(new URL(address), headers, body, way)
    return { took: took(), status, answer, problem: '' }
  } catch (error) {
    return { took: took(), status: null, answer: '', problem: sentenceOf(error, new URL(address)) }
  }
}

/** Where a name leads, or what happened on the way, is nothing that we send to. The message is the sentence. */
class Refused extends Error {
  override name = 'Refused'
}

function exchange(url: URL, headers: Record<string, string>, body: string, way: Way) {
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    // A connection of its own each time: none that was made before its name led somewhere else.
    agent: false,
    lookup: judging(way),
    ...(way.signal && { signal: way.signal }),
  })
  return new Promise<{ status: number; answer: string }>((resolve, reject) => {
    let answered: Answer | undefined
    const late = setTimeout(() => {
      // Whoever has said what became of it, and then goes on slowly, has still said it.
      if (answered) resolve(answered.soFar())
      request.destroy(new Refused(`No answer came within ${(way.patience ?? patience) / 1000} seconds.`))
    }, way.patience ?? patience)
    request.once('close', () => clearTimeout(late))
    request.on('error', reject)
    request.once('response', response => {
      answered = readingOf(request, response, resolve)
    })
    request.end(body)
  })
}

interface Answer {
  soFar: () => { status: number; answer: string }
}

/** Reads how an answer begins, and lets go of it as soon as that is enough. */
function readingOf(
  request: ClientRequest,
  response: IncomingMessage,
  done: (answer: { status: number; answer: string }) => void,
): Answer {
  const chunks: Buffer[] = []
  let size = 0
  const soFar = () => ({ status: response.statusCode ?? 0, answer: textOf(Buffer.concat(chunks)) })
  const enough = () => {
    done(soFar())
    request.destroy()
  }
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size >= most) enough()
  })
  response.once('end', enough)
  response.on('error', enough)
  return { soFar }
}

/** Bytes of whatever kind as text that the database takes. */
const textOf = (bytes: Buffer): string =>
  bytes.subarray(0, most).toString('utf8').replaceAll('\0', '').slice(0, 1000).toWellFormed()

/** Looks a name up, and refuses it as a whole when any of its addresses is one that we don't send to. */
const judging =
  ({ inner, resolve = resolveBySystem }: Way): LookupFunction =>
  (host, options, done) => {
    resolve(host).then(
      found => {
        for (const { address } of found) {
          const refusal = refusalOf(address, inner)
          if (!refusal) continue
          done(new Refused(`${host} leads to ${address}, ${refusal}.`), '')
          return
        }
        const [first] = found
        if (!first) done(new Refused(`No address is known for ${host}.`), '')
        else if (options.all) done(null, found)
        else done(null, first.address, first.family)
      },
      (error: unknown) => {
        done(error as NodeJS.ErrnoException, '')
      },
    )
  }

function sentenceOf(error: unknown, url: URL): string {
  if (error instanceof Refused) return error.message
  const { code = '', message } = error as NodeJS.ErrnoException
  const host = hostOf(url)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `No address is known for ${host}.`
  if (code === 'ECONNREFUSED') return 'Nobody listens at that address.'
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'The connection broke before an answer came.'
  if (code === 'ETIMEDOUT' || code === 'ENETUNREACH' || code === 'EHOSTUNREACH')
    return `${isIP(host) ? 'That address' : host} can’t be reached.`
  if (/CERT|SSL|TLS|SIGNATURE|ISSUER/.test(code)) return `Its certificate can’t be trusted (${code}).`
  return `The connection failed (${(code || message).slice(0, 100)}).`
}
