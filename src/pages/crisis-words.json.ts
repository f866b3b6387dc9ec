import { createHash } from 'node:crypto'
import type { APIRoute } from 'astro'
import { content } from '../authoring/content.ts'

/**
 * The phrases that a composer looks for in what is typed, on the writer's own screen alone. The same for everybody, so
 * that a browser asks once and then only whether they have changed.
 */
export const GET: APIRoute = ({ request }) => {
  const body = JSON.stringify(content().crisisWords)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = { etag, 'cache-control': 'public, max-age=3600' }
  if (request.headers.get('if-none-match')?.includes(etag))
    return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } })
}
