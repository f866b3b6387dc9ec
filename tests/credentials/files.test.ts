import { decodeList } from '@digitalbazaar/vc-bitstring-status-list'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { reinstateBadge } from '../../src/badges/holding/reinstate.ts'
import { suspendBadge } from '../../src/badges/holding/suspend.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { readBaked } from '../../src/credentials/baked/read-baked.ts'
import type { JsonObject } from '../../src/credentials/json-ld.ts'
import { rotateKeys } from '../../src/keys/rotate.ts'
import { addAdmin, addTrainee, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'
import { certify } from './certificate.ts'
import { achievementShape, openBadgeCredential } from './outside/shape.ts'
import { didUrl, proofVerifies, tokenVerifies } from './outside/verify.ts'

const site = await testSite()
const { db } = site
const admin = await addAdmin(db)
const hope = await addTrainee(db, { handle: 'hope', displayName: 'Hope Adeyemi' })
const code = await certify(db, hope)
const at = (file: string) => `/certificates/${code}/${file}`

/** What a verifier elsewhere finds at an address of ours: it follows nothing but links. */
async function found(url: string): Promise<JsonObject> {
  const { pathname, search } = new URL(url)
  const answer = await site.get(pathname + search)
  expect(answer.status, url).toBe(200)
  return (await answer.json()) as JsonObject
}

const resolve = async (did: string) => found(didUrl(did))

/** Whether the bit of a credential is set, read from the signed list that the credential itself names. */
async function isMarked(credential: JsonObject, purpose: string): Promise<boolean> {
  const { credentialStatus, issuer } = openBadgeCredential.parse(credential)
  const entry = credentialStatus.find(one => one.statusPurpose === purpose)!
  const list = await found(entry.statusListCredential)
  expect(await proofVerifies(list, await resolve(issuer.id))).toBe(true)
  expect(list).toMatchObject({ id: entry.statusListCredential, issuer: issuer.id })
  const subject = list.credentialSubject as { statusPurpose: string; encodedList: string }
  expect(subject.statusPurpose).toBe(purpose)

  // By hand from the standard, and by the library that made it: bit 0 is the highest of the first byte.
  const bits = gunzipSync(Buffer.from(subject.encodedList.slice(1), 'base64url'))
  expect(bits.length * 8).toBe(131_072)
  const index = Number(entry.statusListIndex)
  const marked = ((bits[index >> 3]! >> (7 - (index & 7))) & 1) === 1
  expect((await decodeList(subject)).getStatus(index)).toBe(marked)
  return marked
}

test('anybody who knows its code gets a certificate in every form, and it verifies by what the site publishes', async () => {
  const json = await found(`https://x${at('credential.json')}`)
  const did = await resolve(openBadgeCredential.parse(json).issuer.id)
  expect(await proofVerifies(json, did)).toBe(true)

  for (const file of ['badge.png', 'badge.svg']) {
    const picture = new Uint8Array(await (await site.get(at(file))).arrayBuffer())
    expect(JSON.parse(readBaked(picture))).toEqual(json)
  }
  for (const alg of ['EdDSA', 'ES256']) {
    const token = await (await site.get(`${at('credential.jwt')}?alg=${alg}`)).text()
    expect(tokenVerifies(token, did)).toMatchObject({ jti: json.id, name: 'Moderator' })
  }
  const pdf = await site.get(at('certificate.pdf'))
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  expect((await pdf.text()).startsWith('%PDF-1.7')).toBe(true)
})

test('a file that there is not, and a code that nobody has, is not found', async () => {
  for (const path of [
    at('credential.xml'),
    at('constructor'),
    `/certificates/${'x'.repeat(22)}/badge.png`,
    '/certificates/%2e/badge.png',
  ])
    expect((await site.get(path)).status, path).toBe(404)
})

test('a suspended badge is marked in its list at once, and no longer once it is reinstated', async () => {
  const { id: personId } = await addTrainee(db)
  const code = await certify(db, { id: personId })
  const credential = await found(`https://x/certificates/${code}/credential.json`)
  const badge = 'moderator'
  const decision = { personId, badge, reasonClass: 'under-review', reason: 'Let us talk.' }
  await db.transaction(tx => suspendBadge(tx, content(), admin, decision))
  expect(await isMarked(credential, 'suspension')).toBe(true)
  expect(await isMarked(credential, 'revocation')).toBe(false)
  await db.transaction(tx => reinstateBadge(tx, content(), admin, { personId, badge, reason: 'We talked.' }))
  expect(await isMarked(credential, 'suspension')).toBe(false)
})

test('a revoked badge is marked in its list at once, and no other is', async () => {
  const credential = await found(`https://x${at('credential.json')}`)
  const other = await found(
    `https://x/certificates/${await certify(db, await addTrainee(db))}/credential.json`,
  )
  expect(await isMarked(credential, 'revocation')).toBe(false)

  await db.transaction(tx =>
    revokeBadge(tx, content(), admin, {
      personId: hope.id,
      badge: 'moderator',
      reasonClass: 'conduct',
      reason: 'A breach of privacy.',
    }),
  )
  expect(await isMarked(credential, 'revocation')).toBe(true)
  expect(await isMarked(credential, 'suspension')).toBe(false)
  expect(await isMarked(other, 'revocation')).toBe(false)
})

test('a status list may be kept for a minute, and is asked for anew by its ETag', async () => {
  const credential = await found(`https://x${at('credential.json')}`)
  const { pathname } = new URL(
    openBadgeCredential.parse(credential).credentialStatus[0]!.statusListCredential,
  )
  const answer = await site.get(pathname)
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
  const etag = answer.headers.get('etag')!
  const again = await site.get(pathname, undefined, { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
})

test.each(['revocation-999999', 'revocation-1e3', 'revocation', 'approval-0', 'revocation--1'])(
  'there is no status list %s',
  async list => {
    expect((await site.get(`/credentials/status/${list}`)).status).toBe(404)
  },
)

test('a badge has one address: programs learn there what it takes, people are led to its page', async () => {
  const badge = await found('https://x/badges/moderator')
  expect(achievementShape.parse(badge).name).toBe('Moderator')
  const { image } = achievementShape.parse(badge)
  const picture = await site.get(new URL(image.id).pathname)
  expect(picture.headers.get('content-type')).toBe('image/png')

  const page = await site.get('/badges/moderator', undefined, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(303)
  expect(page.headers.get('location')).toBe('/path/moderator')
  expect((await site.get('/badges/made-up')).status).toBe(404)
})

test('who issues says so at its own address, as the credentials do', async () => {
  const credential = await found(`https://x${at('credential.json')}`)
  expect(await found('https://x/api/v1/issuer')).toMatchObject(credential.issuer as JsonObject)
})

test('no answer has a private half of a key in it', async () => {
  const shown = JSON.stringify([
    await found('https://x/.well-known/did.json'),
    await found(`https://x${at('credential.json')}`),
  ])
  expect(shown).not.toMatch(/"d":/)
})

test('a running site signs with new keys as soon as they are rotated, and its did.json has the old ones too', async () => {
  const before = await found(`https://x${at('credential.json')}`)
  rotateKeys()
  const after = await found(`https://x${at('credential.json')}`)
  const methodOf = ({ proof }: JsonObject) => (proof as JsonObject).verificationMethod
  expect(methodOf(after)).not.toBe(methodOf(before))
  const did = await resolve(openBadgeCredential.parse(after).issuer.id)
  for (const one of [before, after]) expect(await proofVerifies(one, did)).toBe(true)
})

test('the holder finds all of it on the page of their certificate, and nobody else is offered it', async () => {
  expect(await (await site.get(`/certificates/${code}`)).text()).not.toContain('Take it along')
  const visitor = await site.visitor({ handle: 'hope', password })
  const page = await (await site.get(`/certificates/${code}`, visitor)).text()
  for (const file of ['certificate.pdf', 'badge.png', 'badge.svg', 'credential.json', 'credential.jwt'])
    expect(page).toContain(`href="${at(file)}"`)
  expect(page).toContain(
    'https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&amp;name=Moderator',
  )
})
