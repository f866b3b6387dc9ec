import type { SigningKey } from '../keys/key.ts'
import { currentKey } from '../keys/ring.ts'
import { type Certified, credential } from './credential.ts'
import { withProof } from './data-integrity.ts'
import type { Issuer } from './issuer.ts'
import type { JsonObject } from './json-ld.ts'
import { asToken, type TokenAlgorithm, tokenAlgorithms } from './vc-jwt.ts'

/**
 * A certificate's credential with a Data Integrity proof by the key that signs today. It is signed each time that it
 * is asked for and nothing is kept: with the same key the same comes out, and what was downloaded before a rotation
 * goes on verifying with the retired one.
 */
export async function signedCredential(
  certified: Certified,
  issuer: Issuer,
  origin: string,
): Promise<JsonObject> {
  const key = currentKey('Ed25519')
  const at = signedAt(certified, key)
  return withProof(credential(certified, issuer, origin), { origin, key, at })
}

/** The same as a token. ES256 has chance in each signature, so that no two are alike. */
export const signedToken = (
  certified: Certified,
  issuer: Issuer,
  origin: string,
  algorithm: TokenAlgorithm = 'EdDSA',
): Promise<string> =>
  asToken(credential(certified, issuer, origin), { origin, key: currentKey(tokenAlgorithms[algorithm]) })

/** When the badge was granted, or, with a key that is younger, when that was made. */
const signedAt = ({ grantedAt }: Certified, { madeAt }: SigningKey): Date =>
  grantedAt > madeAt ? grantedAt : madeAt
