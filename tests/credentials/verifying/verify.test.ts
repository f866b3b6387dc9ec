import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { certificate } from '../../../db/schema/badges.ts'
import { person } from '../../../db/schema/people.ts'
import { content } from '../../../src/authoring/content.ts'
import { reinstateBadge } from '../../../src/badges/holding/reinstate.ts'
import { suspendBadge } from '../../../src/badges/holding/suspend.ts'
import { revokeBadge } from '../../../src/badges/revoke.ts'
import { signedCredential, signedToken } from '../../../src/credentials/signed.ts'
import { answerOf } from '../../../src/credentials/verifying/answer.ts'
import { rotateKeys } from '../../../src/keys/rotate.ts'
import { signHead } from '../../../src/record/heads.ts'
import { siteSigner } from '../../../src/record/signer.ts'
import { addAdmin, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { certify } from '../certificate.ts'
import { bytes, checkingBench, failedIn, origin, outcomeOf } from './bench.ts'

const { db } = await testDatabase()
const { hope, code, file, certified, json, token, check } = await checkingBench(db)
const issuer = content().issuer

/** Whatever asks the network for anything fails, and is counted. */
const fetched = vi.fn(() => Promise.reject(new Error('There is no network here.')))
beforeEach(() => void vi.stubGlobal('fetch', fetched))
afterEach(() => {
  vi.unstubAllGlobals()
  expect(fetched).not.toHaveBeenCalled()
})

describe('an employer brings what they were given', () => {
  test.each([
    ['the code', () => code],
    ['a link', () => `${origin}/certificates/${code}`],
    ['a link with spaces around it', () => `  ${origin}/certificates/${code}?from=mail#top \n`],
    ['a link to a file of it', () => `${origin}/certificates/${code}/badge.png`],
    ['a link without its beginning', () => `training.example.org/certificates/${code}`],
    ['the end of a link', () => `/certificates/${code}`],
    ['a link to this page', () => `${origin}/verify?code=${code}`],
  ])('%s, and reads that it is valid', async (_, text) => {
    const found = await check({ text: text() })
    expect(found).toMatchObject({ verdict: 'valid', carrier: 'code', code })
    expect(failedIn(found)).toEqual([])
    expect(outcomeOf(found, 'signature')).toBe('not-applicable')
    expect(outcomeOf(found, 'log')).toBe('passed')
  })

  test.each(['json', 'jwt', 'png', 'svg'] as const)(
    'a file, %s, and reads that it is valid',
    async format => {
      const found = await check({ file: await file(format) })
      expect(found).toMatchObject({ verdict: 'valid', carrier: format, code })
      const { recipient, ...others } = Object.fromEntries(found.checks.map(one => [one.name, one.outcome]))
      expect(recipient).toBe('unchecked')
      expect(Object.keys(others)).toEqual([
        ...['readable', 'form', 'issuer', 'signature', 'key', 'unchanged', 'record', 'dates'],
        ...['revocation', 'suspension', 'log'],
      ])
      expect(new Set(Object.values(others))).toEqual(new Set(['passed']))
    },
  )

  test('a token of either kind, or JSON or a drawing as text, and reads that it is valid', async () => {
    const drawing = new TextDecoder().decode(await file('svg'))
    for (const text of [
      await token('EdDSA'),
      await token('ES256'),
      JSON.stringify(await json(), null, 2),
      drawing,
    ])
      expect(await check({ text })).toMatchObject({ verdict: 'valid', code })
  })

  test('a file of a holder who is not named, and reads no name, even where the file has one from before', async () => {
    const beNamed = (namedOnCertificates: boolean) =>
      db.update(person).set({ namedOnCertificates }).where(eq(person.id, hope.id))
    await beNamed(true)
    const before = await file('png')
    expect((await check({ file: before })).certificate?.name).toBe('Hope أمل')
    await beNamed(false)
    expect(JSON.stringify(await check({ file: before }))).not.toContain('أمل"')
    expect((await check({ file: before })).certificate?.name).toBeNull()
  })

  test('a file from before the keys were rotated, which still counts', async () => {
    const before = [await file('json'), await file('jwt')]
    rotateKeys()
    for (const one of before) {
      const found = await check({ file: one })
      expect(found.verdict).toBe('valid')
      expect(found.checks.find(({ name }) => name === 'key')?.sentence).toContain(
        'what it signed still counts',
      )
    }
    expect((await check({ file: await file('json') })).verdict).toBe('valid')
  })
})

describe('whose it is', () => {
  test.each([
    ['hope@example.org', 'passed'],
    [' HOPE@Example.org ', 'passed'],
    ['fern@example.org', 'failed'],
  ])('is told of %s: %s', async (email, outcome) => {
    for (const asked of [{ text: code }, { file: await file('svg') }, { file: await file('jwt') }]) {
      const found = await check({ ...asked, email })
      expect(outcomeOf(found, 'recipient')).toBe(outcome)
      expect(found.verdict).toBe('valid')
      expect(JSON.stringify(found)).not.toContain(email.trim())
    }
  })
})

describe('a certificate that does not hold any more', () => {
  test('is valid to the end of its last day, and has lapsed after it, whatever its file says', async () => {
    const before = await file('json')
    const until = (days: number | null) =>
      db.execute(
        sql`update certificate set expires_on = (now() at time zone 'utc')::date + ${days}::int where code = ${code}`,
      )
    await until(0)
    expect((await check({ file: before })).checks.find(({ name }) => name === 'dates')).toMatchObject({
      outcome: 'passed',
      sentence: expect.stringContaining('changed since this file was made') as string,
    })
    const fresh = await file('json')
    await until(-1)
    for (const asked of [{ file: before }, { file: fresh }, { text: code }]) {
      const found = await check(asked)
      expect(found.verdict).toBe('lapsed')
      expect(failedIn(found)).toEqual(['dates'])
    }
    await until(30)
    expect((await check({ file: fresh })).verdict).toBe('valid')
    await until(null)
  })

  test('was revoked: its link, its code and every file of it from before say so', async () => {
    const admin = await addAdmin(db)
    const other = await checkingBench(db, 'fern')
    const files = await Promise.all(
      (['json', 'jwt', 'png', 'svg'] as const).map(format => other.file(format)),
    )
    const reason = { personId: other.hope.id, badge: 'moderator', reasonClass: 'conduct', reason: 'A test.' }
    await db.transaction(tx => revokeBadge(tx, content(), admin, reason))
    await signHead(db, siteSigner())
    for (const asked of [{ text: other.code }, ...files.map(one => ({ file: one }))]) {
      const found = await check(asked)
      expect(found).toMatchObject({ verdict: 'revoked', certificate: { reasonClass: { id: 'conduct' } } })
      expect(failedIn(found)).toEqual(['revocation'])
      expect(JSON.stringify(found)).not.toContain('A test.')
    }
  })
})

describe('a certificate that was suspended', () => {
  test('says so, since when and for what kind of reason, until it holds again', async () => {
    const admin = await addAdmin(db)
    const other = await checkingBench(db, 'wren')
    const files = await Promise.all((['json', 'jwt', 'svg'] as const).map(format => other.file(format)))
    const of = { personId: other.hope.id, badge: 'moderator', reason: 'Between us.' }
    await db.transaction(tx => suspendBadge(tx, content(), admin, { ...of, reasonClass: 'under-review' }))
    for (const asked of [{ text: other.code }, ...files.map(one => ({ file: one }))]) {
      const found = await check(asked)
      expect(found.verdict).toBe('suspended')
      expect(failedIn(found)).toEqual(['suspension'])
      expect(answerOf(found, origin).certificate).toMatchObject({
        reason: { id: 'under-review', title: 'Under review' },
        suspendedAt: expect.any(String) as string,
      })
      expect(JSON.stringify(found)).not.toContain('Between us.')
    }
    await db.transaction(tx => reinstateBadge(tx, content(), admin, of))
    for (const asked of [{ text: other.code }, ...files.map(one => ({ file: one }))])
      expect(await check(asked)).toMatchObject({ verdict: 'valid', certificate: { reasonClass: null } })
  })
})

describe('what is not as we signed it', () => {
  const elsewhere = 'https://elsewhere.example'
  test.each([
    ['another badge', () => signed({ badge: 'mentor' })],
    ['another day', () => signed({ grantedAt: new Date('2020-01-01') })],
  ])('signed with our key and not what the record says: %s', async (_, made) => {
    const found = await check({ file: await made() })
    expect(found).toMatchObject({ verdict: 'altered', certificate: null, code: null })
    expect(failedIn(found)).toEqual(['record'])
  })
  const signed = async (change: object) =>
    bytes(JSON.stringify(await signedCredential({ ...(await certified()), ...change }, issuer, origin)))

  test('signed with our key, of a code that the record never had, is unknown', async () => {
    const found = await check({ file: await signed({ code: 'A'.repeat(22) }) })
    expect(found).toMatchObject({ verdict: 'unknown', certificate: null })
    expect(failedIn(found)).toEqual(['record'])
    expect(outcomeOf(found, 'revocation')).toBe('unchecked')
  })

  test('signed with our key, of somebody who has left and had it withdrawn, was revoked as its list says', async () => {
    const gone = await checkingBench(db, 'gone')
    const taken = await gone.file('json')
    const kept = await checkingBench(db, 'kept')
    const admin = await addAdmin(db)
    // As after an erasure: the record has forgotten the code, and the place in the list is marked for good.
    const why = { personId: gone.hope.id, badge: 'moderator', reasonClass: 'own-wish', reason: '' }
    await db.transaction(tx => revokeBadge(tx, content(), admin, why))
    await db
      .update(certificate)
      .set({ code: 'B'.repeat(22) })
      .where(eq(certificate.code, gone.code))
    expect(await check({ file: taken })).toMatchObject({ verdict: 'revoked', certificate: null, code: null })
    expect(failedIn(await check({ file: taken }))).toEqual(['record', 'revocation'])
    expect((await check({ file: await kept.file('json') })).verdict).toBe('valid')
  })

  test('a code that the record never had is unknown', async () => {
    expect(await check({ text: 'A'.repeat(22) })).toMatchObject({ verdict: 'unknown', certificate: null })
    expect(await check({ code: 'made-up' })).toMatchObject({ verdict: 'unknown', certificate: null })
  })

  test('signed by a site of the same key and another name is not taken for ours', async () => {
    const theirs = JSON.stringify(await signedCredential(await certified(), issuer, elsewhere))
    expect((await check({ text: theirs })).verdict).toBe('foreign')
    const renamed = theirs.replaceAll(elsewhere, origin).replaceAll('did:web:elsewhere', 'did:web:training')
    expect((await check({ text: renamed })).verdict).toBe('altered')
    const tokens = await signedToken(await certified(), issuer, elsewhere)
    expect((await check({ text: tokens })).verdict).toBe('foreign')
  })
})

describe('another issuer’s badge', () => {
  const theirs = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'https://elsewhere.example/1',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: 'did:web:elsewhere.example', type: ['Profile'], name: 'Elsewhere' },
    validFrom: '2020-01-01T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      achievement: { name: 'Baker', description: 'Bakes.' },
    },
    proof: { type: 'DataIntegrityProof', verificationMethod: 'did:web:elsewhere.example#1' },
  }

  test('is said to be theirs, and its signature is not called right or wrong', async () => {
    const found = await check({ text: JSON.stringify(theirs) })
    expect(found).toMatchObject({
      ...{ verdict: 'foreign', certificate: null },
      says: { badge: 'Baker', issuer: { name: 'Elsewhere', id: 'did:web:elsewhere.example' } },
    })
    expect(outcomeOf(found, 'signature')).toBe('unchecked')
    expect(outcomeOf(found, 'dates')).toBe('passed')
    expect(failedIn(found)).toEqual([])
  })

  test.each([
    ['over by what it says', { validUntil: '2021-01-01T00:00:00Z' }, ['dates']],
    ['not begun', { validFrom: '2999-01-01T00:00:00Z' }, ['dates']],
    ['not signed', { proof: undefined }, ['signature']],
    ['of nobody', { issuer: undefined }, ['issuer']],
    ['no badge', { type: ['VerifiableCredential'] }, ['form']],
    ['of version 2', { type: 'Assertion' }, ['form']],
  ])('is looked at as far as that goes: %s', async (_, change, names) => {
    const found = await check({ text: JSON.stringify({ ...theirs, ...change }) })
    expect(found.verdict).toBe('foreign')
    expect(failedIn(found)).toEqual(names)
  })

  test('of the older form is read by its older names', async () => {
    const { validFrom: issuanceDate, ...rest } = theirs
    const older = { ...rest, issuanceDate, '@context': ['https://www.w3.org/2018/credentials/v1'] }
    expect((await check({ text: JSON.stringify(older) })).says).toMatchObject({
      ...{ form: 'older-open-badge', from: new Date(issuanceDate) },
    })
  })
})

describe('the log', () => {
  test('can’t prove what it has not signed yet, and says when it will', async () => {
    const fresh = await certify(db, await addTrainee(db))
    const found = await check({ text: fresh })
    expect(found.verdict).toBe('valid')
    expect(outcomeOf(found, 'log')).toBe('unchecked')
    await signHead(db, siteSigner())
    expect(outcomeOf(await check({ text: fresh }), 'log')).toBe('passed')
  })

  test('that does not prove a certificate keeps it from being called valid', async () => {
    const other = await checkingBench(db, 'juno')
    await db.transaction(async tx => {
      await tx.execute(sql`alter table record_entry disable trigger user`)
      await tx.execute(
        sql`update record_entry set criteria = jsonb_set(criteria, '{summary}', '"Much more"') where certificate_code = ${other.code}`,
      )
      await tx.execute(sql`alter table record_entry enable trigger user`)
    })
    for (const asked of [{ text: other.code }, { file: await other.file('json') }]) {
      const found = await check(asked)
      expect(found.verdict).toBe('unproved')
      expect(failedIn(found)).toEqual(['log'])
    }
    await db.delete(certificate).where(eq(certificate.code, other.code))
    expect((await check({ text: other.code })).verdict).toBe('unknown')
  })
})
