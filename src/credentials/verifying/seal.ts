import type { SigningKey } from '../../keys/key.ts'
import { didOf, jsonWebKeyId, multikeyId } from '../did.ts'
import type { JsonObject } from '../json-ld.ts'
import { agreesWithItself, credentialIn, openToken, tokenIsBy } from '../read-token.ts'
import { ourForm, ourProof, type OurCredential } from './our-form.ts'
import { strictJson } from './strict-json.ts'

/** A credential and what secures it: a proof within, or a token around. */
export interface Sealed {
  credential: JsonObject
  /** How many signatures it bears. */
  signatures: number
  /** How it says that it is signed; null where we know no such way. */
  way: 'eddsa-rdfc-2022' | 'EdDSA' | 'ES256' | null
  /** The name of the key that it says signed it. */
  keyName: string | null
  /** The key of the issuer at `origin` that has this name. */
  keyOf: (origin: string, keys: readonly SigningKey[]) => SigningKey | undefined
  /** What it says, if this key signed it and it is written as the issuer at `origin` writes, and null otherwise. */
  openedWith: (origin: string, key: SigningKey) => Promise<OurCredential | null>
}

/** Takes what secures a credential off it, and believes neither. @throws Unbaked when it can't be read */
export const sealedIn = (text: string): Sealed => (text.startsWith('{') ? withProof(text) : asToken(text))

function withProof(text: string): Sealed {
  const { proof, ...credential } = strictJson(text)
  const proofs = Array.isArray(proof) ? proof : proof === undefined || proof === null ? [] : [proof]
  const { verificationMethod } = (proofs[0] ?? {}) as JsonObject
  const ours = ourProof.safeParse(proof)
  return {
    ...{ credential, signatures: proofs.length, way: ours.success ? 'eddsa-rdfc-2022' : null },
    keyName: typeof verificationMethod === 'string' ? verificationMethod : null,
    keyOf: (origin, keys) =>
      keys.find(key => key.algorithm === 'Ed25519' && multikeyId(didOf(origin), key) === verificationMethod),
    openedWith: async (origin, key) => {
      const form = ourForm(origin).safeParse(credential)
      if (!form.success || !ours.success) return null
      // Whether it holds today is another question.
      const now = new Date(form.data.validFrom)
      // It takes a moment to load, and who brings a code never needs it.
      const { problemWithProof } = await import('../data-integrity.ts')
      const problem = await problemWithProof(
        { ...credential, proof: ours.data },
        { origin, keys: [key], now },
      )
      return problem ? null : form.data
    },
  }
}

function asToken(text: string): Sealed {
  const token = openToken(text)
  const { alg, typ, kid } = token.header
  const credential = credentialIn(token)
  return {
    credential,
    signatures: text.endsWith('.') ? 0 : 1,
    way: typ === 'JWT' && (alg === 'EdDSA' || alg === 'ES256') ? alg : null,
    keyName: typeof kid === 'string' ? kid : null,
    keyOf: (origin, keys) => keys.find(key => jsonWebKeyId(didOf(origin), key) === kid),
    openedWith: async (origin, key) => {
      const form = ourForm(origin).safeParse(credential)
      const sound = form.success && agreesWithItself(token) && (await tokenIsBy(token, key))
      return sound ? form.data : null
    },
  }
}
