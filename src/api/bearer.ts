import { db } from '../../db/client.ts'
import { TooMany } from '../errors.ts'
import { limit } from '../people/rate-limit.ts'
import { openToken } from '../practice/tokens.ts'
import { refusal } from './json.ts'

/** The key that a request brings, or the answer to one that brings none, a wrong one, or too many requests. */
export async function tokenOf(request: Request): Promise<{ id: number; name: string } | Response> {
  const [, secret] = /^Bearer +(\S{1,200})$/i.exec(request.headers.get('authorization') ?? '') ?? []
  const token = secret ? await openToken(db(), secret) : null
  if (!token)
    return refusal(401, 'Send a valid token: Authorization: Bearer <token>.', {
      'www-authenticate': 'Bearer',
    })
  try {
    await limit('api', `token:${token.id}`)
    return token
  } catch (error) {
    if (error instanceof TooMany) return refusal(429, error.message, { 'retry-after': '60' })
    throw error
  }
}
