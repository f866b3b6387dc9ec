import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue, verifyCredential } from '@digitalbazaar/vc'
import type { SigningKey } from '../keys/key.ts'
import { sign } from '../keys/sign.ts'
import { heldDocuments } from './contexts.ts'
import { didDocument, didOf, multikeyId, multikeyMethod } from './did.ts'
import type { JsonObject } from './json-ld.ts'

/**
 * Adds a Data Integrity proof, `eddsa-rdfc-2022`, to a credential. Ed25519 takes nothing from chance: the same
 * credential, key and moment give the same proof.
 * Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2.
 */
export async function withProof(
  credential: JsonObject,
  { origin, key, at }: { origin: string; key: SigningKey; at: Date },
): Promise<JsonObject> {
  const signer = {
    id: multikeyId(didOf(origin), key),
    algorithm: 'Ed25519',
    sign: ({ data }: { data: Uint8Array }) => Promise.resolve(sign(key, data)),
  }
  const suite = new DataIntegrityProof({ signer, date: at, cryptosuite })
  return issue({ credential: structuredClone(credential), suite, documentLoader: heldDocuments(), now: at })
}

/**
 * Whether a credential bears a sound proof by one of these keys of the issuer at `origin`, and holds at `now`.
 * Whether it has been revoked is another question: its status list says so.
 * @returns what is wrong with it, or undefined
 */
export async function problemWithProof(
  credential: JsonObject,
  { origin, keys, now = new Date() }: { origin: string; keys: readonly SigningKey[]; now?: Date },
): Promise<Error | undefined> {
  const did = didOf(origin)
  const held = new Map<string, object>([[did, didDocument(origin, keys)]])
  for (const key of keys)
    held.set(multikeyId(did, key), {
      '@context': 'https://w3id.org/security/multikey/v1',
      ...multikeyMethod(did, key),
    })
  const { verified, error } = await verifyCredential({
    ...{ credential: structuredClone(credential), now, documentLoader: heldDocuments(held) },
    suite: new DataIntegrityProof({ cryptosuite }),
    checkStatus: () => Promise.resolve({ verified: true }),
  })
  return verified ? undefined : (error ?? new Error('The proof does not fit.'))
}
