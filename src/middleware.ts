import { getActionContext } from 'astro:actions'
import type { APIContext, MiddlewareNext } from 'astro'
import { defineMiddleware, sequence } from 'astro:middleware'
import { db } from '../db/client.ts'
import { postedValues } from './actions/form.ts'
import { setCookie } from './actions/session-cookie.ts'
import { followRules } from './badges/rules/load-rules.ts'
import { env } from './env.ts'
import { forPeople, Invalid, NotFound, SignedOut, statusOf } from './errors.ts'
import { drawnAgain, here, signedOutMeanwhile, toSignIn, wantsNoPage } from './giving-back.ts'
import { logger } from './logger.ts'
import { personOfRequest } from './people/session.ts'
import { plain } from './plain.ts'

const flashCookie = 'trellis_flash'

/** All that our pages load is our own file; nothing inline, nothing from another host, framed by nobody. */
const securityHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    // While the site is being written, Vite puts styles into the page, and draws them anew as they change.
    import.meta.env.DEV ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  // Not no-referrer: it makes browsers send `Origin: null`, and forms would be refused.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  ...(env.ORIGIN.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
}

const logged = defineMiddleware(async (context, next) => {
  const began = performance.now()
  const response = await next()
  logger.info({
    method: context.request.method,
    path: context.url.pathname,
    status: response.status,
    ms: Math.round(performance.now() - began),
    person: context.locals.person?.id,
  })
  return response
})

const secured = defineMiddleware(async (context, next) => {
  const response = sameOrigin(context.request)
    ? await next()
    : plain(403, 'This form was sent from another site.')
  for (const [name, value] of Object.entries(securityHeaders))
    // A picture allows itself less than a page does.
    if (name !== 'content-security-policy' || !response.headers.has(name)) response.headers.set(name, value)
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache')
  return response
})

/** A browser names the origin of every form it posts; the API is asked by programs, which bring a token instead. */
function sameOrigin(request: Request): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || isForPrograms(request)) return true
  const origin = request.headers.get('origin')
  if (origin === null || !URL.canParse(origin)) return false
  return origin === env.ORIGIN || new URL(origin).host === request.headers.get('host')
}

/** Under /api/ no session is read, so there is nothing that another site could make use of; actions stay with forms. */
function isForPrograms(request: Request): boolean {
  const { pathname, searchParams } = new URL(request.url)
  return pathname.startsWith('/api/') && !searchParams.has('_action')
}

/** Whoever asks how the site is gets an answer whatever the database does. */
const isProbe = ({ pathname }: URL) => /^\/(healthz|readyz)$/.test(pathname)

/** Says in plain words what went wrong, where no page can: the database away, or a fault of ours. */
const guarded = defineMiddleware(async (context, next) => {
  try {
    // No address of ours has a NUL in it, and PostgreSQL takes none.
    if (context.url.href.includes('%00')) throw new NotFound()
    if (!isProbe(context.url)) await followRules(db())
    return await next()
  } catch (error) {
    if (error instanceof SignedOut) return toSignIn(context)
    if (forPeople(error)) return problem(context, error)
    logger.error({ error: error instanceof Error ? error.stack : String(error), path: context.url.pathname })
    const form = await formOf(context)
    return unavailable(error)
      ? plain(
          503,
          'Trellis can’t reach its database just now. It will be back by itself: please try again in a minute.',
          form,
        )
      : plain(500, 'Something went wrong on our side, and has been noted. Please try again.', form)
  }
})

/** What was posted, if it was a form and can still be read. */
async function formOf({ locals, request, url }: APIContext): Promise<FormData | null> {
  if (locals.written) return 'form' in locals.written ? locals.written.form : null
  if (request.method !== 'POST' || !url.searchParams.has('_action') || request.bodyUsed) return null
  return request.formData().catch(() => null)
}

const unavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(ECONN|ENOENT|ETIMEDOUT|EPIPE|CONNECTION_|CONNECT_TIMEOUT|57P0|53300|08)/.test(code) ||
    unavailable(error.cause)
  )
}

async function problem(context: APIContext, error: Error): Promise<Response> {
  context.locals.problem = { status: statusOf(error), sentence: error.message }
  return context.rewrite('/problem')
}

const signedIn = defineMiddleware(async (context, next) => {
  context.locals.person = null
  context.locals.sessionId = null
  context.locals.leavesAt = null
  if (context.isPrerendered || /^\/(healthz|readyz|api)(\/|$)/.test(context.url.pathname)) return next()
  const known = await personOfRequest(context.request.headers.get('cookie'))
  if (known) {
    context.locals.person = known.person
    context.locals.sessionId = known.sessionId
    context.locals.leavesAt = known.leavesAt
    if (known.cookie) setCookie(context, known.cookie)
  }
  return next()
})

const acted = defineMiddleware(async (context, next) => {
  const asked = getActionContext(context)
  const { action } = asked
  if (!action) return withFlash(context, next)
  if (action.calledFrom === 'rpc') return plain(404, 'There is nothing at this address.')

  const result = await action.handler()
  const { written } = context.locals
  if (!written) return unreadable(result.error?.status)
  if ('done' in written) {
    if (wantsNoPage(context.request)) return new Response(null, { status: 204 })
    if (written.done.flash)
      context.cookies.set(flashCookie, written.done.flash, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        maxAge: 60,
      })
    return context.redirect(written.done.redirect ?? here(context.url), 303)
  }
  const { error, form } = written
  const values = postedValues(form)
  if (error instanceof SignedOut) return signedOutMeanwhile(context, values)
  if (!forPeople(error)) throw error
  if (wantsNoPage(context.request)) return plain(statusOf(error), error.message)

  asked.setActionResult(action.name, asked.serializeActionResult(result))
  const fields = error instanceof Invalid ? error.fields : { '': error.message }
  context.locals.refused = {
    action: action.name,
    status: statusOf(error),
    fields,
    values,
    givenBack: new Set(),
  }
  return drawnAgain(context, next, context.locals.refused, error.message)
})

const unreadable = (status = 400) =>
  status === 413
    ? plain(
        413,
        'That is too much to send at once. Please go back: what you wrote is still there, to be made shorter.',
      )
    : plain(status, 'This form could not be read. Please go back and try again.')

async function withFlash(context: APIContext, next: MiddlewareNext) {
  const flash = context.cookies.get(flashCookie)?.value
  // Only a page can show it: a stream that the browser opens by itself meanwhile leaves it there.
  const asksForPage = !context.request.headers.get('accept')?.includes('text/event-stream')
  if (flash !== undefined && asksForPage) {
    context.locals.flash = flash
    context.cookies.delete(flashCookie, { path: '/' })
  }
  return next()
}

export const onRequest = sequence(logged, secured, guarded, signedIn, acted)
