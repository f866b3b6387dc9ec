import { type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto'
import { privateHalf, publicHalf, type SigningKey } from './key.ts'
import { heldKeys } from './ring.ts'

/**
 * Signs bytes: 64 bytes with Ed25519 (RFC 8032), or the two numbers of ECDSA one after another, as JOSE and Data
 * Integrity want them (IEEE P1363), with SHA-256.
 * @throws Error for a retired key
 */
export function sign({ id, algorithm }: Pick<SigningKey, 'id' | 'algorithm'>, bytes: Uint8Array): Uint8Array {
  const key = privateKey({ id })
  return algorithm === 'Ed25519'
    ? signBytes(null, bytes, key)
    : signBytes('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })
}

/** Whether this key, retired or not, made the signature over these bytes. */
export function verifies(key: Pick<SigningKey, 'jwk'>, bytes: Uint8Array, signature: Uint8Array): boolean {
  return key.jwk.crv === 'Ed25519'
    ? verifyBytes(null, bytes, publicHalf(key), signature)
    : verifyBytes('sha256', bytes, { key: publicHalf(key), dsaEncoding: 'ieee-p1363' }, signature)
}

/** The private half for a library that signs; printed or logged it shows nothing. @throws Error for a retired key */
export function privateKey({ id }: Pick<SigningKey, 'id'>): KeyObject {
  const held = heldKeys().find(({ key }) => key.id === id)
  if (!held) throw new Error(`There is no key ${id}.`)
  return privateHalf(held.kept)
}
