import type { APIRoute } from 'astro'
import { db } from '../../../db/client.ts'
import { content } from '../../authoring/content.ts'
import { env } from '../../env.ts'
import { found, signedIn } from '../../errors.ts'
import { copyFile } from '../../own/copying/everything.ts'
import { limit } from '../../people/rate-limit.ts'
import { isConfirmed } from '../../people/session.ts'

/** Everything that is held about whoever asks, as one file, for those who have just given their password again. */
export const GET: APIRoute = async ({ locals, redirect }) => {
  const person = signedIn(locals)
  if (!(await isConfirmed(db(), found(locals.sessionId)))) return redirect('/account/copy', 303)
  await limit('copy', String(person.id))
  const file = await copyFile(db(), content(), env.ORIGIN, person.id)
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="trellis-${person.handle}.zip"`,
      'cache-control': 'private, no-store',
    },
  })
}
