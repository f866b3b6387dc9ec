import { compactVerify } from 'jose'
import { publicHalf, type SigningKey } from '../keys/key.ts'
import { Unbaked } from './baked/unbaked.ts'
import type { JsonObject } from './json-ld.ts'
import { strictJson } from './verifying/strict-json.ts'

/** A token taken apart. Nothing of it is believed yet. */
export interface Token {
  header: JsonObject
  payload: JsonObject
  text: string
}

/** @throws Unbaked when it is no token that can be read */
export function openToken(text: string): Token {
  const parts = text.split('.').map(part => Buffer.from(part, 'base64url'))
  // Some letters can be written in several ways that come to the same bytes; ours are written in one.
  if (parts.map(bytes => bytes.toString('base64url')).join('.') !== text)
    throw new Unbaked('This is no token that can be read.')
  const [header = '', payload = ''] = parts.slice(0, 2).map(decoded)
  return { header: strictJson(header), payload: strictJson(payload), text }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Unbaked('This is no token that can be read.')
  }
}

/**
 * Whether this key signed the token. The key that a token brings along is not looked at, nor any algorithm but that of
 * the key.
 */
export async function tokenIsBy({ text }: Token, key: SigningKey): Promise<boolean> {
  try {
    await compactVerify(text, publicHalf(key), {
      algorithms: [key.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256'],
    })
    return true
  } catch {
    return false
  }
}

/** What stands in the payload of a token beside the credential. */
const registered = ['iss', 'jti', 'nbf', 'exp'] as const

export function credentialIn({ payload }: Token): JsonObject {
  const own: readonly string[] = registered
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !own.includes(name)))
}

/** Whether a token of ours says beside its credential what that says itself. */
export function agreesWithItself({ payload }: Token): boolean {
  const { iss, jti, nbf, exp, issuer, id, validFrom, validUntil } = payload
  const seconds = (moment: unknown) =>
    typeof moment === 'string' ? Math.floor(Date.parse(moment) / 1000) : undefined
  return (
    iss === (issuer as JsonObject | undefined)?.id &&
    jti === id &&
    nbf === seconds(validFrom) &&
    exp === seconds(validUntil)
  )
}
