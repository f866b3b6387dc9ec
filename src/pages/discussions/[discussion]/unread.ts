import type { APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { content } from '../../../authoring/content.ts'
import { idOf, viewOf } from '../../../discussions/links.ts'
import { signedIn } from '../../../errors.ts'
import { jumpTo } from '../../../following/jump.ts'

/** Leads to the first post of a discussion that is new to the reader; `?after=` to the next one. */
export const GET: APIRoute = async ({ locals, params, url, redirect }) => {
  const person = signedIn(locals)
  const { after } = viewOf(url.searchParams)
  return redirect(await jumpTo(db(), content(), person, { discussion: idOf(params.discussion), after }), 303)
}
