import { env } from '../env.ts'
import { allKeys, currentKey } from '../keys/ring.ts'
import { sign } from '../keys/sign.ts'
import { keyInWords, readKey, type VerifierKey, verifierKey } from './log/note.ts'

/** Who signs the heads of the record, with an Ed25519 key. */
export interface Signer {
  /** The site's host, which outsiders know the record by. */
  origin: string
  /** 32 bytes (RFC 8032). */
  publicKey: Uint8Array
  /** @returns 64 bytes (RFC 8032) */
  sign: (text: Uint8Array) => Uint8Array
}

/** Whose record this is, to outsiders: the site's host. */
export const origin = (): string => new URL(env.ORIGIN).host

/** The site, with the key that it signs with today. @throws BadSetting where there is none that can be used */
export function siteSigner(): Signer {
  const key = currentKey('Ed25519')
  return {
    origin: origin(),
    publicKey: Buffer.from(key.jwk.x, 'base64url'),
    sign: text => sign(key, text),
  }
}

/** The key that signs today, as outsiders write it down (c2sp.org/signed-note). */
export function keyNow(): string {
  const { origin: name, publicKey } = siteSigner()
  return keyInWords(verifierKey(name, publicKey))
}

/** Of the keys that heads name those that this site has, or had: whoever can write heads could name any. */
export function ownKeys(named: readonly string[]): VerifierKey[] {
  const own = new Set(allKeys().map(({ jwk }) => jwk.x))
  return named
    .map(readKey)
    .filter(key => key !== null && own.has(key.bytes.toString('base64url'))) as VerifierKey[]
}
