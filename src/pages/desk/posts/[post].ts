import type { APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { found, signedIn } from '../../../errors.ts'
import { markingOfPost } from '../../../grading/marking.ts'

/** From a reflection in its discussion to what is wanted of it on the desk. */
export const GET: APIRoute = async ({ locals, params, redirect }) => {
  const post = found(/^[1-9]\d{0,14}$/.test(params.post ?? '') ? Number(params.post) : null)
  return redirect(`/desk/${await markingOfPost(db(), signedIn(locals), post)}`, 303)
}
