import type { KeyObject } from 'node:crypto'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/**
 * A public key as a Multikey: `z` for base 58, over the multicodec of its kind and its bytes, an Ed25519 key as it is
 * and a point on P-256 compressed. Source: Controlled Identifiers 1.0, section 2.2.2.
 */
export function multikey(publicKey: KeyObject): string {
  const { crv, x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const first = Buffer.from(x, 'base64url')
  const odd = Buffer.from(y, 'base64url').at(-1)! & 1
  const bytes = crv === 'Ed25519' ? [0xed, 0x01, ...first] : [0x80, 0x24, 2 + odd, ...first]
  return `z${base58(Buffer.from(bytes))}`
}

/** Of bytes that don't begin with zero, as these don't. */
function base58(bytes: Buffer): string {
  let text = ''
  for (let rest = BigInt(`0x${bytes.toString('hex')}`); rest > 0n; rest /= 58n)
    text = alphabet[Number(rest % 58n)]! + text
  return text
}
