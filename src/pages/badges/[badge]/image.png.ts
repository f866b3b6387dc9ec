import type { APIRoute } from 'astro'
import { forEverybody } from '../../../api/for-everybody.ts'
import { content } from '../../../authoring/content.ts'
import { drawnPng } from '../../../credentials/baked/bake.ts'
import { found } from '../../../errors.ts'

/** A badge as a picture, for wallets that show it. */
export const GET: APIRoute = async ({ params }) => {
  const badge = found(content().badge(params.badge ?? ''))
  return new Response(new Uint8Array(await drawnPng(badge)), {
    headers: { ...forEverybody, 'content-type': 'image/png', 'cache-control': 'public, max-age=86400' },
  })
}
