import type { APIContext } from 'astro'
import type { SessionCookie } from '../people/session.ts'

/** Puts a session's cookie into the answer. */
export const setCookie = ({ cookies }: Pick<APIContext, 'cookies'>, cookie: SessionCookie) =>
  cookies.set(cookie.name, cookie.value, cookie.attributes)

/** A path on this site to go on to; anything else leads home, so that no link can send a person elsewhere. */
export const onThisSite = (next: string | undefined): string =>
  next &&
  /^\/(?![/\\])/.test(next) &&
  URL.canParse(next, 'http://site') &&
  new URL(next, 'http://site').host === 'site'
    ? next
    : '/'
