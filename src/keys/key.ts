import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { z } from 'zod'
import { multikey } from './multikey.ts'

/** What we sign with: Ed25519 (RFC 8032; EdDSA in JOSE), and ECDSA on P-256 with SHA-256 (FIPS 186-5; ES256). */
export const algorithms = ['Ed25519', 'P-256'] as const
export type Algorithm = (typeof algorithms)[number]

const half = z.string().regex(/^[\w-]{43}$/)

/** A public key as RFC 8037 and RFC 7518 write it, and nothing besides. */
const publicJwk = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: half }),
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: half, y: half }),
])
export type PublicJwk = z.output<typeof publicJwk>

/** A key as its file keeps it. `d` is the private half, which goes when the key is retired. */
export const keptKey = z.strictObject({
  jwk: publicJwk,
  d: half.nullable(),
  madeAt: z.iso.datetime(),
  retiredAt: z.iso.datetime().nullable(),
})
export type KeptKey = z.output<typeof keptKey>

/** A signing key as everybody may know it: there is nothing secret in it. */
export interface SigningKey {
  /** Its public half in multibase (`z6Mk…` or `zDna…`), by which it is found again. */
  readonly id: string
  readonly algorithm: Algorithm
  readonly jwk: PublicJwk
  /** The JWK thumbprint (RFC 7638). */
  readonly thumbprint: string
  readonly madeAt: Date
  /** From then on nothing new is signed with it; what was signed still verifies. */
  readonly retiredAt: Date | null
}

export function makeKey(algorithm: Algorithm, madeAt = new Date()): KeptKey {
  const { privateKey } =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: algorithm })
  const { d, ...jwk } = privateKey.export({ format: 'jwk' })
  return keptKey.parse({ jwk, d, madeAt: madeAt.toISOString(), retiredAt: null })
}

/** What everybody may know of a key. @throws Error when its numbers are no key */
export const withoutPrivateHalf = ({ jwk, madeAt, retiredAt }: KeptKey): SigningKey => ({
  id: multikey(publicHalf({ jwk })),
  algorithm: jwk.crv,
  jwk,
  thumbprint: thumbprint(jwk),
  madeAt: new Date(madeAt),
  retiredAt: retiredAt === null ? null : new Date(retiredAt),
})

export const publicHalf = ({ jwk }: { jwk: PublicJwk }): KeyObject =>
  createPublicKey({ key: jwk, format: 'jwk' })

/** @throws Error for a retired key, whose private half is gone */
export function privateHalf({ jwk, d }: KeptKey): KeyObject {
  if (d === null) throw new Error('A retired key signs nothing any more.')
  return createPrivateKey({ key: { ...jwk, d }, format: 'jwk' })
}

/** RFC 7638: SHA-256 over the members that make the key, in the order of their names. */
export function thumbprint(jwk: PublicJwk): string {
  const { crv, kty, x } = jwk
  const members = jwk.kty === 'EC' ? { crv, kty, x, y: jwk.y } : { crv, kty, x }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}
