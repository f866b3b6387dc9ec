import { createHash } from 'node:crypto'
import { forPeople, statusOf } from '../errors.ts'
import { logger } from '../logger.ts'
import { tokenOf } from './bearer.ts'
import { refusal } from './json.ts'
import type { Scope } from './scopes.ts'

type Token = { id: number; name: string }

/**
 * The door of the API: a token for `scope`, then `work`. What it throws for people is told in JSON; anything else is
 * noted, and answered with 503, since the same may well go through in a minute.
 */
export async function withToken(
  request: Request,
  scope: Scope,
  work: (token: Token) => Promise<Response>,
): Promise<Response> {
  try {
    const token = await tokenOf(request, scope)
    return token instanceof Response ? token : await work(token)
  } catch (error) {
    if (forPeople(error)) return refusal(statusOf(error), error.message)
    const { pathname: path } = new URL(request.url)
    logger.error({ error: error instanceof Error ? error.stack : String(error), path })
    return refusal(503, 'This could not be done just now. Please send it again in a minute.', {
      'retry-after': '60',
    })
  }
}

/**
 * What was asked for, as JSON that may be kept but is asked for anew each time: whoever says by its ETag that they have
 * it already gets 304 and no body (RFC 9110, 13.1.2).
 */
export function jsonOrUnchanged(request: Request, answer: unknown): Response {
  const body = JSON.stringify(answer)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const headers = { etag, 'cache-control': 'private, no-cache' }
  if (knows(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } })
}

/** Weak comparison, as the standard asks for: whether they are marked as weak or not. */
const knows = (known: string | null, etag: string) =>
  known !== null &&
  (known.trim() === '*' || known.split(',').some(one => one.trim().replace(/^W\//, '') === etag))
