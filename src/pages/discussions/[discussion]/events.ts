import type { APIRoute } from 'astro'
import { content } from '../../../authoring/content.ts'
import { idOf, viewOf } from '../../../discussions/links.ts'
import { signedIn } from '../../../errors.ts'
import { streamFor } from '../../../following/stream.ts'

/** What arrives in a discussion while it is open, as server-sent events; 204 tells the browser not to ask again. */
export const GET: APIRoute = async ({ locals, params, request, url }) => {
  const person = signedIn(locals)
  const last = viewOf(new URLSearchParams({ after: request.headers.get('last-event-id') ?? '' })).after
  const after = last ?? viewOf(url.searchParams).after
  const stream = await streamFor(content(), person, { discussion: idOf(params.discussion), after })
  if (!stream) return new Response(null, { status: 204 })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      // Neither kept nor compressed: by us, or by a proxy.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

/** A stream that nobody reads would stay open. */
export const HEAD: APIRoute = () => new Response(null, { status: 405, headers: { allow: 'GET' } })
