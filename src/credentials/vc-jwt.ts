import { SignJWT } from 'jose'
import type { SigningKey } from '../keys/key.ts'
import { privateKey } from '../keys/sign.ts'
import { didOf, jsonWebKeyId } from './did.ts'
import type { JsonObject } from './json-ld.ts'

/** The names that JOSE has for what our keys do. */
export const tokenAlgorithms = { EdDSA: 'Ed25519', ES256: 'P-256' } as const
export type TokenAlgorithm = keyof typeof tokenAlgorithms

/**
 * A credential as a token: its payload is the credential with what tokens say beside it, and its header names the
 * key and brings it along. Source: Open Badges 3.0, section 8.2 (JSON Web Token proof format).
 */
export async function asToken(
  credential: JsonObject,
  { origin, key }: { origin: string; key: SigningKey },
): Promise<string> {
  const did = didOf(origin)
  const seconds = (moment: string) => Math.floor(Date.parse(moment) / 1000)
  const { id, validFrom, validUntil } = credential as Record<string, string | undefined>
  const registered = {
    iss: did,
    ...(id && { jti: id }),
    ...(validFrom && { nbf: seconds(validFrom) }),
    ...(validUntil && { exp: seconds(validUntil) }),
  }
  return new SignJWT({ ...credential, ...registered })
    .setProtectedHeader({
      alg: key.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256',
      ...{ typ: 'JWT', kid: jsonWebKeyId(did, key), jwk: { ...key.jwk } },
    })
    .sign(privateKey(key))
}
