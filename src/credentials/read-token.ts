import { compactVerify, decodeProtectedHeader } from 'jose'
import type { SigningKey } from '../keys/key.ts'
import { publicHalf } from '../keys/key.ts'
import { didOf, jsonWebKeyId } from './did.ts'
import type { JsonObject } from './json-ld.ts'

/** A token is not ours, or not whole, or not valid today. The message is for whoever brought it. */
export class BadToken extends Error {
  override name = 'BadToken'
}

/** How far two clocks may differ: seconds. */
const skew = 300

/**
 * The credential in a token, once its signature is known to be by one of these keys of the issuer at `origin`. The key
 * that the token brings along is not looked at, nor any algorithm but that of the key it names.
 * @throws BadToken
 */
export async function readToken(
  token: string,
  { origin, keys, now = new Date() }: { origin: string; keys: readonly SigningKey[]; now?: Date },
): Promise<JsonObject> {
  const credential = await signedBy(token, origin, keys)
  const { iss, jti, nbf, exp, id } = credential
  const seconds = now.getTime() / 1000
  if (iss !== didOf(origin) || jti !== id) throw new BadToken('This token contradicts itself.')
  if (typeof nbf === 'number' && nbf > seconds + skew) throw new BadToken('This token is not valid yet.')
  if (typeof exp === 'number' && exp < seconds - skew) throw new BadToken('This token has lapsed.')
  return credential
}

async function signedBy(token: string, origin: string, keys: readonly SigningKey[]): Promise<JsonObject> {
  const key = keyNamed(token, origin, keys)
  try {
    const algorithms = [key.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256']
    const { payload } = await compactVerify(token, publicHalf(key), { algorithms })
    return JSON.parse(new TextDecoder().decode(payload)) as JsonObject
  } catch {
    throw new BadToken('The signature of this token does not fit.')
  }
}

function keyNamed(token: string, origin: string, keys: readonly SigningKey[]): SigningKey {
  const key = keys.find(one => jsonWebKeyId(didOf(origin), one) === kidOf(token))
  if (!key) throw new BadToken('This token was not signed by a key of this site.')
  return key
}

function kidOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    throw new BadToken('This is no token that can be read.')
  }
}
