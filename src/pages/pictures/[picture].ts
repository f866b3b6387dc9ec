import { readFile } from 'node:fs/promises'
import type { APIRoute } from 'astro'
import { content } from '../../authoring/content.ts'
import { mediaType, pictureAt } from '../../authoring/pictures.ts'
import { found } from '../../errors.ts'

/**
 * A picture of `content/pictures/` under the address that its bytes give it, so that browsers keep it for good. A
 * picture that was changed has another address.
 */
export const GET: APIRoute = async ({ params }) => {
  const href = `/pictures/${params.picture}`
  const picture = found(content().pictures.get(pictureAt(href) ?? ''))
  found(picture.href === href || null)
  return new Response(new Uint8Array(await readFile(picture.file)), {
    headers: {
      'content-type': mediaType(picture),
      'cache-control': 'public, max-age=31536000, immutable',
      // An SVG opened by itself is a page of our own origin: it may be looked at, and nothing else.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    },
  })
}
