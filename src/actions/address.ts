import type { ActionAPIContext } from 'astro:actions'
import { env } from '../env.ts'

/**
 * The network address a request came from, for rate limits. Behind a proxy (TRUST_PROXY) it is the last address of
 * X-Forwarded-For, the one that the proxy itself added; those before it are the client's own words.
 */
export function addressOf({
  request,
  clientAddress,
}: Pick<ActionAPIContext, 'request' | 'clientAddress'>): string {
  const forwarded = env.TRUST_PROXY
    ? request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()
    : undefined
  return forwarded || clientAddress
}
