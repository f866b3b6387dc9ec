import type { APIRoute } from 'astro'
import { content } from '../../../authoring/content.ts'
import { idOf, viewOf } from '../../../discussions/links.ts'
import { signedIn } from '../../../errors.ts'
import { streamFor } from '../../../following/stream.ts'
import { answerWith, onlyGet } from '../../../live/answer.ts'

/** What arrives in a discussion while it is open, as server-sent events; 204 tells the browser not to ask again. */
export const GET: APIRoute = async ({ locals, params, request, url }) => {
  const person = signedIn(locals)
  const last = viewOf(new URLSearchParams({ after: request.headers.get('last-event-id') ?? '' })).after
  const after = last ?? viewOf(url.searchParams).after
  const stream = await streamFor(content(), person, { discussion: idOf(params.discussion), after })
  return answerWith(stream)
}

export const HEAD: APIRoute = onlyGet
