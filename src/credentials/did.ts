import type { SigningKey } from '../keys/key.ts'
import type { JsonObject } from './json-ld.ts'

/**
 * The name under which a site issues: did:web of its host, the port encoded. A path in the origin there is none.
 * Source: did:web method specification, section 2.1. It is resolved over https alone.
 */
export const didOf = (origin: string): string => `did:web:${encodeURIComponent(new URL(origin).host)}`

/** The name of a key among the issuer's, as Data Integrity proofs say it: a Multikey. */
export const multikeyId = (did: string, key: SigningKey): string => `${did}#${key.id}`

/** The same key as tokens say it: a JSON Web Key, by its thumbprint. */
export const jsonWebKeyId = (did: string, key: SigningKey): string => `${did}#${key.thumbprint}`

/** The document that did:web finds: every key in both forms, retired ones too, for what they signed is still checked. */
export function didDocument(origin: string, keys: readonly SigningKey[]): JsonObject {
  const id = didOf(origin)
  const methods = keys.flatMap(key => [multikeyMethod(id, key), jsonWebKeyMethod(id, key)])
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/jwk/v1',
    ],
    id,
    verificationMethod: methods,
    assertionMethod: methods.map(method => method.id),
  }
}

export const multikeyMethod = (controller: string, key: SigningKey) => ({
  id: multikeyId(controller, key),
  type: 'Multikey',
  controller,
  publicKeyMultibase: key.id,
})

const jsonWebKeyMethod = (controller: string, key: SigningKey) => ({
  id: jsonWebKeyId(controller, key),
  type: 'JsonWebKey',
  controller,
  publicKeyJwk: { ...key.jwk, kid: key.thumbprint, alg: key.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256' },
})
