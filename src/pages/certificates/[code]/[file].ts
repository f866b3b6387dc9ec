import type { APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { forEverybody } from '../../../api/for-everybody.ts'
import { content } from '../../../authoring/content.ts'
import { credentialFile, type Format, formats } from '../../../credentials/files.ts'
import { env } from '../../../env.ts'
import { found } from '../../../errors.ts'

const names = Object.keys(formats) as Format[]

/** A certificate to take along: as a credential, in a picture, or to print. */
export const GET: APIRoute = async ({ params, url }) => {
  const format = found(names.find(name => formats[name].file === params.file))
  const algorithm = url.searchParams.get('alg') === 'ES256' ? 'ES256' : 'EdDSA'
  const wanted = { code: params.code ?? '', format, algorithm } as const
  const body = await credentialFile(db(), content(), env.ORIGIN, wanted)
  const { type, file } = formats[format]
  return new Response(new Uint8Array(body), {
    headers: {
      ...forEverybody,
      'content-type': type,
      'content-disposition': `${format === 'pdf' ? 'inline' : 'attachment'}; filename="${file}"`,
      // A picture opened by itself may be looked at, and nothing else.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      'x-robots-tag': 'noindex, nofollow',
    },
  })
}
