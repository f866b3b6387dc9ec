import type { APIContext, MiddlewareNext } from 'astro'
import { writtenIn } from './actions/form.ts'
import { forPeople, SignedOut } from './errors.ts'
import type { Refused, Unsent } from './locals.d.ts'
import { plain } from './plain.ts'

/**
 * The page that the form stands on, with its errors and every word. Where it has no place for the words any more,
 * because what they were for is gone, closed, or not this person's to see, a page of its own holds them.
 */
export async function drawnAgain(
  context: APIContext,
  next: MiddlewareNext,
  { status, values, givenBack }: Refused,
  sentence: string,
): Promise<Response> {
  const lost = () => writtenIn(values).some(({ name }) => !givenBack.has(name))
  let back: string | null = here(context.url)
  try {
    const page = await next()
    // Only once it is drawn to its end is it known which words it has given back.
    const body = await page.text()
    if (!lost()) return new Response(body, { status: page.ok ? status : page.status, headers: page.headers })
    if (!page.ok) back = null
  } catch (error) {
    if (!lost() || !(forPeople(error) || error instanceof SignedOut)) throw error
    back = null
  }
  return unsent(context, { status, sentence, values, back })
}

export function unsent(context: APIContext, words: Omit<Unsent, 'address'>): Promise<Response> {
  context.locals.unsent = { ...words, address: context.url.pathname + context.url.search }
  return context.rewrite('/unsent')
}

/** The address at hand without the name of the action. */
export function here(url: URL): string {
  const query = new URLSearchParams(url.search)
  query.delete('_action')
  return url.pathname + (query.size > 0 ? `?${query}` : '')
}

/** Leads to sign in, and back to where one was. */
export const toSignIn = (context: APIContext): Response =>
  context.redirect(`/sign-in?next=${encodeURIComponent(here(context.url))}`, 303)

/**
 * A form that came after the session had ended. htmx is told by the status alone, so that the words stay where they
 * are; a plain form with words in it gets a page that keeps them; one with none loses nothing by signing in first.
 */
export function signedOutMeanwhile(
  context: APIContext,
  values: Unsent['values'],
): Response | Promise<Response> {
  const { request } = context
  if (request.headers.has('hx-request') || wantsNoPage(request)) return plain(401, 'Please sign in again.')
  if (writtenIn(values).length === 0) return toSignIn(context)
  return unsent(context, { status: 401, sentence: '', values, back: null })
}

/** A script of ours writes by itself, such as a draft, and looks at the status alone (RFC 7240). */
export const wantsNoPage = ({ headers }: Request): boolean => headers.get('prefer') === 'return=minimal'
