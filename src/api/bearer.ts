import { db } from '../../db/client.ts'
import { TooMany } from '../errors.ts'
import { limit } from '../people/rate-limit.ts'
import { refusal } from './json.ts'
import { type Scope, scopes } from './scopes.ts'
import { openToken } from './tokens.ts'

/**
 * The key that a request brings, or the answer (RFC 6750) to one that brings none, a wrong one, one whose time is over,
 * one for something else, or too many requests.
 */
export async function tokenOf(
  request: Request,
  scope: Scope,
): Promise<{ id: number; name: string } | Response> {
  const [, secret] = /^Bearer +(\S{1,200})$/i.exec(request.headers.get('authorization') ?? '') ?? []
  const token = secret ? await openToken(db(), secret) : null
  if (!token)
    return refusal(401, 'Send a valid token: Authorization: Bearer <token>.', {
      'www-authenticate': 'Bearer',
    })
  if (token.expired)
    return refusal(401, 'This token has expired. An admin can make a new one.', {
      'www-authenticate': 'Bearer error="invalid_token"',
    })
  try {
    await limit('api', `token:${token.id}`)
  } catch (error) {
    if (error instanceof TooMany) return refusal(429, error.message, { 'retry-after': '60' })
    throw error
  }
  if (!token.scopes.includes(scope))
    return refusal(
      403,
      `This token is not for that. It takes one that may “${scopes[scope].title}” (${scope}).`,
      {
        'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"`,
      },
    )
  return token
}
