import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { bakedPng, bakedSvg, type Look } from './baked/bake.ts'
import { certifiedBy } from './certified.ts'
import type { Certified } from './credential.ts'
import { signedCredential, signedToken } from './signed.ts'
import type { TokenAlgorithm } from './vc-jwt.ts'

/** In what a certificate may be taken along, with the names of the files and what they are. */
export const formats = {
  json: { file: 'credential.json', type: 'application/vc' },
  jwt: { file: 'credential.jwt', type: 'application/jwt' },
  png: { file: 'badge.png', type: 'image/png' },
  svg: { file: 'badge.svg', type: 'image/svg+xml' },
  pdf: { file: 'certificate.pdf', type: 'application/pdf' },
} as const
export type Format = keyof typeof formats

export interface Wanted {
  code: string
  format: Format
  /** How a token is signed. */
  algorithm?: TokenAlgorithm
}

/**
 * A certificate as a file for its holder. Whoever knows its code may have it: the file says no more than its page.
 * @throws NotFound
 */
export async function credentialFile(
  db: Queryable,
  content: Content,
  origin: string,
  { code, format, algorithm }: Wanted,
): Promise<Uint8Array> {
  const certified = await certifiedBy(db, content, code)
  switch (format) {
    case 'jwt':
      return bytes(await signedToken(certified, content.issuer, origin, algorithm))
    case 'pdf':
      return drawnPdf(certified, content, origin)
    default:
      return carried(format, certified, content, origin)
  }
}

async function carried(
  format: 'json' | 'png' | 'svg',
  certified: Certified,
  content: Content,
  origin: string,
): Promise<Uint8Array> {
  const json = JSON.stringify(await signedCredential(certified, content.issuer, origin))
  if (format === 'json') return bytes(json)
  const look = lookOf(content, certified.badge)
  return format === 'png' ? bakedPng(look, json) : bytes(bakedSvg(look, json))
}

/** The certificates drawn last: one takes a tenth of a second, and whoever shares theirs is asked for it again. */
const drawn = new Map<string, Promise<Uint8Array>>()
const mostDrawn = 50

async function drawnPdf(certified: Certified, content: Content, origin: string): Promise<Uint8Array> {
  const around = { issuer: content.issuer, origin, look: lookOf(content, certified.badge) }
  const said = JSON.stringify([certified, around.issuer, origin, around.look.emblem, around.look.tint])
  const known = drawn.get(said)
  if (known) return known
  const { certificatePdf } = await import('./pdf/certificate-pdf.ts')
  const made = certificatePdf(certified, around)
  drawn.set(said, made)
  made.catch(() => drawn.delete(said))
  if (drawn.size > mostDrawn) drawn.delete(drawn.keys().next().value!)
  return made
}

/** How a badge looks; one that content has no more keeps a plain face. */
const lookOf = (content: Content, badge: string): Look =>
  content.badge(badge) ?? { emblem: 'spark', tint: 'ink' }

const bytes = (text: string) => new TextEncoder().encode(text)
