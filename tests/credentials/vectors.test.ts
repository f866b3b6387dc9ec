import { createHash, createPrivateKey, sign as signBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import { expect, test } from 'vitest'
import { heldDocuments } from '../../src/credentials/contexts.ts'
import type { JsonObject } from '../../src/credentials/json-ld.ts'
import { base58Decoded } from './outside/multibase.ts'

// The test vectors of W3C Data Integrity EdDSA Cryptosuites 1.0, appendix B.1.
const vector = (file: string) => readFileSync(`tests/credentials/vectors/${file}`, 'utf8').trim()
const pair = JSON.parse(vector('keyPair.json')) as Record<
  'publicKeyMultibase' | 'privateKeyMultibase',
  string
>

/** The context of examples, which our site has no use for. */
const examples = new Map([
  [
    'https://www.w3.org/ns/credentials/examples/v2',
    { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } },
  ],
])

const bytesOf = (multibase: string) => base58Decoded(multibase.slice(1)).subarray(2)
const key = createPrivateKey({
  format: 'jwk',
  key: {
    ...{ kty: 'OKP', crv: 'Ed25519' },
    d: bytesOf(pair.privateKeyMultibase).toString('base64url'),
    x: bytesOf(pair.publicKeyMultibase).toString('base64url'),
  },
})

test('the published credential gets, to the byte, the proof that it has in the published test vectors', async () => {
  const did = `did:key:${pair.publicKeyMultibase}`
  const signed: Uint8Array[] = []
  const suite = new DataIntegrityProof({
    cryptosuite,
    date: new Date('2023-02-24T23:36:38Z'),
    signer: {
      id: `${did}#${pair.publicKeyMultibase}`,
      algorithm: 'Ed25519',
      sign: ({ data }: { data: Uint8Array }) => {
        signed.push(data)
        return Promise.resolve(signBytes(null, data, key))
      },
    },
  })
  const credential = JSON.parse(vector('unsigned.json')) as JsonObject
  const made = await issue({ credential, suite, documentLoader: heldDocuments(examples) })

  expect(Buffer.from(signed[0]!).toString('hex')).toBe(vector('combinedHashDataInt.txt'))
  expect(made).toEqual(JSON.parse(vector('signedDataInt.json')))
})

test('the hashes that are signed are those of the published canonical forms', () => {
  const hash = (file: string) =>
    createHash('sha256')
      .update(`${vector(file)}\n`)
      .digest('hex')
  expect(hash('canonDocDataInt.txt')).toBe(vector('docHashDataInt.txt'))
  expect(hash('proofCanonDataInt.txt')).toBe(vector('proofHashDataInt.txt'))
  expect(vector('proofHashDataInt.txt') + vector('docHashDataInt.txt')).toBe(
    vector('combinedHashDataInt.txt'),
  )
})
