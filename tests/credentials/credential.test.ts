import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { person } from '../../db/schema/people.ts'
import { content } from '../../src/authoring/content.ts'
import { certifiedBy } from '../../src/credentials/certified.ts'
import { problemWithProof } from '../../src/credentials/data-integrity.ts'
import { didDocument } from '../../src/credentials/did.ts'
import type { JsonObject } from '../../src/credentials/json-ld.ts'
import { signedCredential, signedToken } from '../../src/credentials/signed.ts'
import { statusOf } from '../../src/credentials/status.ts'
import { allKeys } from '../../src/keys/ring.ts'
import { rotateKeys } from '../../src/keys/rotate.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { certify } from './certificate.ts'
import { openBadgeCredential } from './outside/shape.ts'
import { didUrl, proofVerifies, tokenVerifies } from './outside/verify.ts'

const { db } = await testDatabase()
const origin = 'https://training.example.org'
const issuer = content().issuer
const did = () => didDocument(origin, allKeys())

/** Whatever asks the network for anything fails, and is counted. */
const fetched = vi.fn(() => Promise.reject(new Error('There is no network here.')))
beforeEach(() => void vi.stubGlobal('fetch', fetched))
afterEach(() => {
  vi.unstubAllGlobals()
  expect(fetched).not.toHaveBeenCalled()
})

const hope = await addTrainee(db, { handle: 'hope', displayName: 'Hope أمل' })
const code = await certify(db, hope)
const certified = () => certifiedBy(db, content(), code)
const credential = async () => signedCredential(await certified(), issuer, origin)
const beNamed = (namedOnCertificates: boolean) =>
  db.update(person).set({ namedOnCertificates }).where(eq(person.id, hope.id))

describe('a credential with a proof', () => {
  test('has the shape that Open Badges 3.0 asks for', async () => {
    expect(openBadgeCredential.parse(await credential())).toMatchObject({
      id: `${origin}/certificates/${code}`,
      issuer: { id: 'did:web:training.example.org' },
      credentialSubject: { achievement: { id: `${origin}/badges/moderator`, name: 'Moderator' } },
    })
  })

  test('is found sound by a verifier that had no part in the signing', async () => {
    expect(await proofVerifies(await credential(), did())).toBe(true)
  })

  test('is found sound by our own check', async () => {
    expect(await problemWithProof(await credential(), { origin, keys: allKeys() })).toBeUndefined()
  })

  test.each([
    [
      'its badge',
      (one: JsonObject) => Object.assign(one.credentialSubject as JsonObject, { achievement: 'urn:x' }),
    ],
    ['its first day', (one: JsonObject) => Object.assign(one, { validFrom: '2020-01-01T00:00:00Z' })],
    [
      'its place in a status list',
      (one: JsonObject) =>
        Object.assign((one.credentialStatus as JsonObject[])[0]!, { statusListIndex: '1' }),
    ],
    [
      'the date of its proof',
      (one: JsonObject) => Object.assign(one.proof as JsonObject, { created: '2020-01-01T00:00:00Z' }),
    ],
    ['a word nobody knows', (one: JsonObject) => Object.assign(one, { honour: 'the highest' })],
  ])('is no longer sound once somebody changes %s', async (_, change) => {
    const changed = structuredClone(await credential())
    change(changed)
    expect(await problemWithProof(changed, { origin, keys: allKeys() })).toBeInstanceOf(Error)
    // A word that no context knows says nothing in RDF: there it may stand, and mean nothing.
    if (!('honour' in changed)) expect(await proofVerifies(changed, did())).toBe(false)
  })

  test('is the same to the byte whenever it is asked for, for two who ask at once as well', async () => {
    const other = await certify(db, await addTrainee(db))
    const [one, two] = await Promise.all([1, 2].map(() => certifiedBy(db, content(), other)))
    expect(one).toEqual(two)
    expect(await signedCredential(one!, issuer, origin)).toEqual(await signedCredential(two!, issuer, origin))
  })

  test('names a context that is not held by whoever wrote it: nothing is fetched, and it does not verify', async () => {
    const foreign = {
      ...(await credential()),
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://example.org/x'],
    }
    const problem = await problemWithProof(foreign, { origin, keys: allKeys() })
    expect(problem).toBeInstanceOf(Error)
  })

  test('is valid to the end of the last day of a badge that lapses, and no longer', async () => {
    const lapsing = await signedCredential(
      { ...(await certified()), expiresOn: '2099-11-01' },
      issuer,
      origin,
    )
    expect(openBadgeCredential.parse(lapsing).validUntil).toBe('2099-11-01T23:59:59Z')
    const at = (now: string) => problemWithProof(lapsing, { origin, keys: allKeys(), now: new Date(now) })
    expect(await at('2099-11-01T23:00:00Z')).toBeUndefined()
    expect(await at('2099-11-02T01:00:00Z')).toBeInstanceOf(Error)
  })

  test('of another issuer is not taken for ours', async () => {
    const theirs = await signedCredential(await certified(), issuer, 'https://elsewhere.example')
    expect(await problemWithProof(theirs, { origin, keys: allKeys() })).toBeInstanceOf(Error)
  })
})

describe('whose credential it is', () => {
  test('whoever knows the address can check it, and nobody can read it', async () => {
    const { credentialSubject } = openBadgeCredential.parse(await credential())
    const [mail, ...more] = credentialSubject.identifier
    expect(more).toEqual([])
    const expected = createHash('sha256').update(`hope@example.org${mail!.salt}`).digest('hex')
    expect(mail).toMatchObject({
      hashed: true,
      identityType: 'emailAddress',
      identityHash: `sha256$${expected}`,
    })
    expect(JSON.stringify(await credential())).not.toMatch(/hope|أمل/i)
  })

  test('the name stands in it once its holder chose to be named, and with it the title of their age band', async () => {
    await beNamed(true)
    const named = await credential()
    await beNamed(false)
    expect(openBadgeCredential.parse(named).credentialSubject.identifier).toContainEqual({
      type: 'IdentityObject',
      hashed: false,
      identityHash: 'Hope أمل',
      identityType: 'name',
    })
    expect(await proofVerifies(named, did())).toBe(true)
  })

  test.each(['🌱', 'A"B\\C', 'é', ' ', ...xssCorpus.slice(0, 12)])(
    'a name of %j is signed and verified as it stands',
    async name => {
      const made = await signedCredential({ ...(await certified()), name, ageBand: 'adult' }, issuer, origin)
      expect(await problemWithProof(made, { origin, keys: allKeys() })).toBeUndefined()
      expect(JSON.stringify(made)).toContain(JSON.stringify(name))
    },
  )

  test('a teen who is not named is not told to be a teen', async () => {
    const teen = await certify(db, await addTrainee(db, { ageBand: 'teen' }), { badge: 'mentor' })
    const made = await signedCredential(await certifiedBy(db, content(), teen), issuer, origin)
    expect(made.name).toBe('Group Support Mentor or Teen Star')
  })

  test('two certificates of one person have nothing in common by which one could tell', async () => {
    const second = await certify(db, hope, { badge: 'mentor' })
    const [one, two] = [await certified(), await certifiedBy(db, content(), second)]
    expect(one.salt).not.toBe(two.salt)
    expect(one.place).not.toEqual(two.place)
  })
})

describe('a credential as a token', () => {
  test.each(['EdDSA', 'ES256'] as const)(
    'signed with %s verifies by did.json and nothing else',
    async algorithm => {
      const token = await signedToken(await certified(), issuer, origin, algorithm)
      const payload = tokenVerifies(token, did())
      expect(payload).toMatchObject({
        iss: 'did:web:training.example.org',
        jti: `${origin}/certificates/${code}`,
        nbf: Math.floor((await certified()).grantedAt.getTime() / 1000),
      })
      expect(openBadgeCredential.parse(payload)).toBeTruthy()

      const [head, body, signature] = token.split('.')
      const flipped = Buffer.from(body!, 'base64url')
      flipped[40]! ^= 1
      expect(tokenVerifies([head, flipped.toString('base64url'), signature].join('.'), did())).toBeNull()
    },
  )

  test.each(['EdDSA', 'ES256'] as const)(
    'signed with %s verifies with the key in its header, which is ours',
    async algorithm => {
      const token = await signedToken(await certified(), issuer, origin, algorithm)
      const { alg, jwk, kid } = decodeProtectedHeader(token)
      expect(alg).toBe(algorithm)
      expect(jwk).not.toHaveProperty('d')
      await expect(compactVerify(token, await importJWK(jwk as JWK, alg))).resolves.toBeTruthy()
      expect(kid).toBe(
        `did:web:training.example.org#${allKeys().find(key => key.jwk.x === jwk!.x)!.thumbprint}`,
      )
    },
  )
})

describe('after the keys were rotated', () => {
  test('what was downloaded before still verifies, and what is made now is signed by another key', async () => {
    const before = await credential()
    const tokens = [
      await signedToken(await certified(), issuer, origin, 'EdDSA'),
      await signedToken(await certified(), issuer, origin, 'ES256'),
    ]
    rotateKeys()
    expect(await proofVerifies(before, did())).toBe(true)
    expect(await problemWithProof(before, { origin, keys: allKeys() })).toBeUndefined()
    for (const token of tokens) expect(tokenVerifies(token, did())).not.toBeNull()

    const after = await credential()
    expect(await proofVerifies(after, did())).toBe(true)
    const methodOf = ({ proof }: JsonObject) => (proof as JsonObject).verificationMethod
    expect(methodOf(after)).not.toBe(methodOf(before))
    expect({ ...after, proof: null }).toEqual({ ...before, proof: null })
  })
})

test('a revoked badge is marked; one that lapsed says its last day itself', () => {
  const unmarked = { revocation: false, suspension: false }
  const held = { endedAt: null, endedBy: null, expiresOn: '2026-03-01', suspendedAt: null }
  const lapsed = { ...held, endedAt: new Date('2026-03-02T00:00:30Z'), endedBy: 'lapse' as const }
  expect(statusOf(held)).toEqual(unmarked)
  expect(statusOf(lapsed)).toEqual(unmarked)
  expect(statusOf({ ...lapsed, endedBy: 'revocation' })).toEqual({ ...unmarked, revocation: true })
})

test('a suspended badge is marked as that, and no longer once it ended; one that lapsed before its last day as revoked', () => {
  const at = new Date('2026-02-01T12:00:00Z')
  const suspended = { endedAt: null, endedBy: null, expiresOn: null, suspendedAt: at }
  expect(statusOf(suspended)).toEqual({ revocation: false, suspension: true })
  const ended = { ...suspended, endedAt: new Date('2026-03-01T12:00:00Z') }
  expect(statusOf({ ...ended, endedBy: 'revocation' })).toEqual({ revocation: true, suspension: false })
  expect(statusOf({ ...ended, endedBy: 'lapse' })).toEqual({ revocation: true, suspension: false })
  expect(statusOf({ ...ended, endedBy: 'lapse', expiresOn: '2026-03-01' })).toMatchObject({
    revocation: true,
  })
  expect(statusOf({ ...ended, endedBy: 'lapse', expiresOn: '2026-02-28' })).toMatchObject({
    revocation: false,
  })
})

test('did:web leads to where did.json is, with and without a port', () => {
  expect(didUrl(didDocument(origin, []).id as string)).toBe(
    'https://training.example.org/.well-known/did.json',
  )
  expect(didDocument('http://localhost:4321', []).id).toBe('did:web:localhost%3A4321')
  expect(didUrl('did:web:localhost%3A4321')).toBe('https://localhost:4321/.well-known/did.json')
})
