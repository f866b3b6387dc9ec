import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { bakedPng, bakedSvg } from '../../../src/credentials/baked/bake.ts'
import { didDocument } from '../../../src/credentials/did.ts'
import type { JsonObject } from '../../../src/credentials/json-ld.ts'
import { signedCredential } from '../../../src/credentials/signed.ts'
import { allKeys } from '../../../src/keys/ring.ts'
import { testDatabase } from '../../support/database.ts'
import { proofVerifies } from '../outside/verify.ts'
import { bytes, checkingBench, failedIn, origin } from './bench.ts'

const { db } = await testDatabase()
const { code, certified, json, token, check } = await checkingBench(db)
const text = JSON.stringify(await json())
const did = 'did:web:training.example.org'
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The credential after somebody put another value there, or took out what stood there. */
async function changed(path: readonly (string | number)[], value?: unknown): Promise<string> {
  const whole = await json()
  const holding = path.slice(0, -1).reduce<unknown>((one, name) => Reflect.get(one as object, name), whole)
  if (value === undefined) Reflect.deleteProperty(holding as object, path.at(-1)!)
  else Reflect.set(holding as object, path.at(-1)!, value)
  return JSON.stringify(whole)
}
const elsewhere = 'https://evil.example/credentials/status/revocation-0'
const { proof } = (await json()) as { proof: JsonObject }

describe('a credential that somebody has changed is never valid', () => {
  test.each<[string, (string | number)[], unknown, string[]]>([
    ['its badge', ['credentialSubject', 'achievement', 'name'], 'Mentor', ['unchanged']],
    ['its first day', ['validFrom'], '2020-01-01T00:00:00Z', ['unchanged']],
    ['a last day put in', ['validUntil'], '2099-01-01T00:00:00Z', ['unchanged']],
    ['its place in a list', ['credentialStatus', 0, 'statusListIndex'], '1', ['unchanged']],
    ['a list elsewhere', ['credentialStatus', 0, 'statusListCredential'], elsewhere, ['unchanged']],
    ['no lists at all', ['credentialStatus'], undefined, ['unchanged']],
    ['a word nobody knows', ['honour'], 'the highest', ['unchanged']],
    ['whom it was made out to', ['credentialSubject', 'identifier', 0, 'salt'], 'x', ['unchanged']],
    ['no proof', ['proof'], undefined, ['signature', 'key']],
    ['an empty list of proofs', ['proof'], [], ['signature', 'key']],
    ['two proofs', ['proof'], [proof, proof], ['signature']],
    ['a proof of another kind', ['proof', 'cryptosuite'], 'ecdsa-rdfc-2019', ['signature']],
    ['a proof for another purpose', ['proof', 'proofPurpose'], 'authentication', ['signature']],
    ['a key elsewhere', ['proof', 'verificationMethod'], 'did:web:evil.example#1', ['key']],
    ['a key of ours that there never was', ['proof', 'verificationMethod'], `${did}#z6Mk`, ['key']],
    ['another issuer, and our proof', ['issuer', 'id'], 'did:web:evil.example', ['issuer']],
    ['a context of their own', ['@context', 2], 'https://evil.example/context', ['unchanged']],
    ['a context within', ['@context', 2], { name: 'https://schema.org/alternateName' }, ['unchanged']],
  ])('%s', async (_, path, value, names) => {
    const found = await check({ text: await changed(path, value) })
    expect(found).toMatchObject({ verdict: 'altered', certificate: null, says: null })
    expect(failedIn(found)).toEqual(names)
  })

  test('nor where the same meaning is written so that we would read another', async () => {
    const { validUntil, ...rest } = await signedCredential(
      { ...(await certified()), expiresOn: '2026-01-01' },
      content().issuer,
      origin,
    )
    const hidden = {
      ...rest,
      'https://www.w3.org/2018/credentials#validUntil': {
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
        '@value': validUntil!,
      },
    }
    // The proof still fits: it is over the meaning, in which the last day still stands.
    expect(await proofVerifies(hidden, didDocument(origin, allKeys()))).toBe(true)
    const found = await check({ text: JSON.stringify(hidden) })
    expect(found.verdict).toBe('altered')
    expect(failedIn(found)).toEqual(['unchanged'])
  })

  /** Changes one byte somewhere. */
  const slips = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }))
  const slipped = (whole: Uint8Array, [at, by]: [number, number]) => {
    const copy = Uint8Array.from(whole)
    copy[at % copy.length]! ^= by
    return copy
  }
  const sameJson = (one: Uint8Array, other: string) => {
    try {
      return isDeepStrictEqual(JSON.parse(new TextDecoder().decode(one)), JSON.parse(other))
    } catch {
      return false
    }
  }

  test('whichever byte of its JSON is another', async () => {
    await fc.assert(
      fc.asyncProperty(slips, async slip => {
        const file = slipped(bytes(text), slip)
        fc.pre(!sameJson(file, text))
        const { verdict } = await check({ file })
        expect(['altered', 'unreadable', 'foreign']).toContain(verdict)
      }),
      { numRuns: 300 },
    )
  })

  test.each(['EdDSA', 'ES256'] as const)(
    'whichever letter of its token is another, with %s',
    async algorithm => {
      const whole = bytes(await token(algorithm))
      await fc.assert(
        fc.asyncProperty(slips, async slip => {
          const { verdict } = await check({ file: slipped(whole, slip) })
          expect(['altered', 'unreadable', 'foreign']).toContain(verdict)
        }),
        { numRuns: 300 },
      )
    },
  )

  test('whichever byte of the picture that carries it is another, unless it says the same still', async () => {
    const look = { emblem: 'shield', tint: 'sky' } as const
    for (const whole of [await bakedPng(look, text), bytes(bakedSvg(look, text))])
      await fc.assert(
        fc.asyncProperty(slips, async slip => {
          const found = await check({ file: slipped(whole, slip) })
          expect(found.verdict !== 'valid' || sameJson(bytes(found.brought), text)).toBe(true)
        }),
        { numRuns: 200 },
      )
  })
})

describe('a token that somebody has made', () => {
  test('with a key that it brings along is not taken for ours', async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
    const jwk = await exportJWK(publicKey)
    const [, payload = ''] = (await token('EdDSA')).split('.')
    for (const kid of [`${did}#theirs`, `${did}#${allKeys()[0]!.thumbprint}`]) {
      const made = await new SignJWT(JSON.parse(Buffer.from(payload, 'base64url').toString()) as JsonObject)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', jwk, kid })
        .sign(privateKey)
      expect((await check({ text: made })).verdict).toBe('altered')
    }
  })

  test.each([
    [{ alg: 'none' }, ['signature']],
    [{ alg: 'HS256' }, ['signature']],
    [{ alg: 'ES256' }, ['unchanged']],
    [{ typ: 'at+jwt' }, ['signature']],
    [{ crit: ['b64'], b64: false }, ['unchanged']],
  ])('is not taken for ours with %j in its header', async (change, names) => {
    const [head = '', payload, signature] = (await token('EdDSA')).split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object
    const made = [
      part({ ...header, ...change }),
      payload,
      'alg' in change && change.alg === 'none' ? '' : signature,
    ].join('.')
    const found = await check({ text: made })
    expect(found.verdict).toBe('altered')
    expect(failedIn(found)).toEqual(names)
  })
})

describe('what can’t be read is refused in a sentence', () => {
  const deep = (open: string, close: string) => `{"a":${open.repeat(50_000)}1${close.repeat(50_000)}}`
  test.each([
    ['a name twice', `{"id":"a","id":"b"}`, 'says something twice'],
    ['a name twice, once in disguise', `{"id":"a","\\u0069d":"b"}`, 'says something twice'],
    ['a name twice, deep within', `{"a":[{"b":{"c":1,"d":2,"c":3}}]}`, 'says something twice'],
    ['__proto__', `{"__proto__":{"verdict":"valid"}}`, 'no credential has'],
    ['lists in lists', deep('[', ']'), 'too deep'],
    ['objects in objects', deep('{"a":', '}'), 'too deep'],
    ['half of it', text.slice(0, 900), 'can’t be read'],
    ['a number beyond all', `{"a":1e999999,"b":${'9'.repeat(5000)}}`, 'none of the kinds'],
    ['a megabyte of nothing', `{${' '.repeat(1_000_000)}}`, 'none of the kinds'],
    ['no object', '"a"', 'neither a link, nor a code'],
    ['some HTML', '<!DOCTYPE html><script>alert(1)</script>', 'document type'],
    ['a token of nothing', 'e30.e30.', 'none of the kinds'],
    ['a token of no JSON', 'eyJ.e30.AAAA', 'no token'],
    ['a link elsewhere', `https://evil.example/certificates/${'A'.repeat(22)}`, 'leads to evil.example'],
    ['a link to another page', `${origin}/guides`, 'not to a certificate'],
    ['a link cut short', `${origin}/certificates/AAAA`, 'not to a certificate'],
    [
      'a name that looks like ours',
      `https://training.example.org.evil.example/certificates/${'A'.repeat(22)}`,
      'not to us',
    ],
    [
      'who they say they are before the host',
      `https://training.example.org@evil.example/verify?code=${'A'.repeat(22)}`,
      'evil.example',
    ],
    ['a script as a link', 'javascript:alert(1)', 'neither a link'],
    ['some words', 'Hello, is this right?', 'neither a link'],
  ])('%s', async (_, given, sentence) => {
    const found = await check({ text: given })
    expect(found).toMatchObject({ verdict: 'unreadable', certificate: null, says: null })
    expect(found.checks.at(-1)?.sentence).toContain(sentence)
  })

  test.each([
    ['a PDF', '%PDF-1.7 …', 'follow the link that is printed on it'],
    ['a photograph', '\xff\xd8\xff\xe0 JFIF', 'a photograph or a screenshot has lost'],
  ])('%s is told kindly what to bring instead', async (_, start, sentence) => {
    const found = await check({ file: Buffer.from(start, 'latin1') })
    expect(found.checks[0]?.sentence).toContain(sentence)
  })

  test('whatever is brought, there is an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.webUrl()), async given => {
        const { verdict } = await check({ text: given })
        expect(['unreadable', 'unknown']).toContain(verdict)
      }),
      { numRuns: 300 },
    )
    expect(code).toHaveLength(22)
  })

  test('names and types of any shape are read or passed over', async () => {
    const anything = fc.jsonValue({ maxDepth: 3 })
    const keys = ['@context', 'type', 'id', 'issuer', 'validFrom', 'credentialSubject', 'proof', 'name']
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...keys), anything),
        fc.constantFrom({}, await json()),
        async (given, ours) => {
          fc.pre(Object.keys(given).length > 0)
          const made = { ...ours, ...given }
          fc.pre(!isDeepStrictEqual(made, ours))
          expect((await check({ text: JSON.stringify(made) })).verdict).not.toBe('valid')
        },
      ),
      { numRuns: 300 },
    )
  })
})
