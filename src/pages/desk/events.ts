import type { APIRoute } from 'astro'
import { content } from '../../authoring/content.ts'
import { signedIn } from '../../errors.ts'
import { askedIn, deskStream } from '../../grading/desk/live/desk-stream.ts'
import { answerWith, onlyGet } from '../../live/answer.ts'

/** What changes on the desk while it is open, as server-sent events. */
export const GET: APIRoute = async ({ locals, request, url }) =>
  answerWith(
    await deskStream(
      content(),
      signedIn(locals),
      askedIn(url.searchParams, request.headers.get('last-event-id')),
    ),
  )

export const HEAD: APIRoute = onlyGet
