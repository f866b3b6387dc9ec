import { readBaked } from '../baked/read-baked.ts'
import { Unbaked } from '../baked/unbaked.ts'
import type { Carrier } from './verification.ts'

/** What somebody brings to be checked: the code of a certificate, or a credential as text. Nothing of it is believed yet. */
export type Brought = { carrier: 'code'; code: string } | BroughtText
export interface BroughtText {
  carrier: Exclude<Carrier, 'code' | 'unknown'>
  text: string
}

const code = /^[\w-]{22}$/
const token = /^e[\w-]+\.[\w-]+\.[\w-]*$/
const credentialLink = /^\/certificates\/([\w-]{22})(?:\/|$)/

/**
 * What a pasted text is: a link to a certificate here, its code, a token, JSON, or an SVG.
 * @throws Unbaked with a sentence for whoever pasted it
 */
export function recognise(pasted: string, origin: string): Brought {
  const text = pasted.replace(/^\uFEFF/, '').trim()
  if (code.test(text)) return { carrier: 'code', code: text }
  if (text.startsWith('{') || text.startsWith('<') || token.test(text))
    return openFile(new TextEncoder().encode(text))
  const link = linkIn(text, origin)
  if (link) return { carrier: 'code', code: codeIn(link, origin) }
  throw new Unbaked(
    'This is neither a link, nor a code, nor a credential. A code has 22 letters and digits: it is the end of a certificate’s address.',
  )
}

/** A link as it was copied, with or without its beginning. */
function linkIn(text: string, origin: string): URL | undefined {
  if (/\s/.test(text) || text.length > 2000) return undefined
  if (text.startsWith('/')) return URL.parse(text, origin) ?? undefined
  if (/^https?:\/\//i.test(text)) return URL.parse(text) ?? undefined
  return /^[\w.-]+(:\d+)?\//.test(text) ? (URL.parse(`https://${text}`) ?? undefined) : undefined
}

function codeIn({ host, pathname, searchParams }: URL, origin: string): string {
  const here = new URL(origin).host
  if (host !== here)
    throw new Unbaked(
      `This link leads to ${host}, and not to us: our certificates are at ${here}. Nothing is fetched from elsewhere. If you have the file of the certificate, bring that.`,
    )
  const asked = pathname === '/verify' ? searchParams.get('code') : credentialLink.exec(pathname)?.[1]
  if (!asked || !code.test(asked))
    throw new Unbaked('This link leads to us, but not to a certificate. Please check that it is whole.')
  return asked
}

/**
 * The credential in a file, whatever the file is called.
 * @throws Unbaked with a sentence for whoever brought it
 */
export function openFile(file: Uint8Array): Brought {
  const start = Buffer.from(file.subarray(0, 16)).toString('latin1')
  if (start.startsWith('%PDF'))
    throw new Unbaked(
      'This is a PDF, to be read and printed. Please follow the link that is printed on it, or type the code at the end of that link here.',
    )
  if (/^(\xff\xd8|GIF8|RIFF|BM)/.test(start))
    throw new Unbaked(
      'This kind of picture carries no credential. Ask for the PNG or the SVG as it was downloaded: a photograph or a screenshot has lost what was in it.',
    )
  const text = readBaked(file)
  return { carrier: carrierOf(file, text), text }
}

function carrierOf(file: Uint8Array, text: string): BroughtText['carrier'] {
  if (file[0] === 0x89) return 'png'
  const first = new TextDecoder().decode(file.subarray(0, 200)).trim()[0]
  if (first === '<') return 'svg'
  return text.startsWith('{') ? 'json' : 'jwt'
}
