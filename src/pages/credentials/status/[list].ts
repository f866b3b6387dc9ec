import type { APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { forEverybody } from '../../../api/for-everybody.ts'
import { listHoldsFor, statusList } from '../../../credentials/status-list.ts'
import { listNamed } from '../../../credentials/status-entries.ts'
import { env } from '../../../env.ts'
import { found } from '../../../errors.ts'

/** Which credentials have been revoked, or are suspended: a bit each, signed. */
export const GET: APIRoute = async ({ params, request }) => {
  const { body, etag } = await statusList(db(), env.ORIGIN, found(listNamed(params.list ?? '')))
  const headers = { ...forEverybody, etag, 'cache-control': `public, max-age=${listHoldsFor}` }
  if (request.headers.get('if-none-match')?.includes(etag))
    return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'content-type': 'application/vc' } })
}
