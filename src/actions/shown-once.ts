import type { APIContext } from 'astro'
import { env } from '../env.ts'

const name = 'trellis_shown_once'

/**
 * Carries a secret that was just made to the page that shows it, past the redirect: in a cookie that only that page
 * is sent, that no script can read, and that is gone after a minute or the first look. It is stored nowhere else.
 */
export function showOnce({ cookies }: Pick<APIContext, 'cookies'>, page: string, secret: string): void {
  const secure = env.ORIGIN.startsWith('https:')
  cookies.set(name, secret, { path: page, httpOnly: true, sameSite: 'strict', secure, maxAge: 60 })
}

/** The secret that was made just now for this page, for this one look. */
export function takeShownOnce({ cookies }: Pick<APIContext, 'cookies'>, page: string): string | undefined {
  const secret = cookies.get(name)?.value
  if (secret !== undefined) cookies.delete(name, { path: page })
  return secret
}
