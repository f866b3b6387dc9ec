import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { eraseFromRecord } from '../../src/record/erase.ts'
import { type Entry, hashesOf } from '../../src/record/log/entry.ts'
import { openHead } from '../../src/record/log/head.ts'
import { readKey } from '../../src/record/log/note.ts'
import { provesConsistency, provesInclusion } from '../../src/record/log/verify-proofs.ts'
import { addAdmin, addTrainee, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'
import { decide, signNow } from './decisions.ts'

const site = await testSite()
const { db } = site
const admin = await addAdmin(db, { handle: 'alder' })
const person = await addTrainee(db, { handle: 'secret-handle', displayName: 'Secret Name' })
const why = 'A reason that is nobody else’s.'
let code = ''

beforeAll(async () => {
  await decide(db, [await addTrainee(db)], admin, 7)
  const grant = { personId: person.id, badge: 'mentor', reason: why, override: true }
  code = (await db.transaction(tx => grantBadge(tx, content(), null, grant))).code
  await signNow(db)
  await db.transaction(tx =>
    revokeBadge(tx, content(), admin, {
      personId: person.id,
      badge: 'mentor',
      reasonClass: 'conduct',
      reason: why,
    }),
  )
  await signNow(db)
})

const read = async (path: string) => (await site.get(path)).text()
const ask = async <T>(path: string): Promise<T> =>
  (await site.get(`/api/v1/record/${path}`)).json() as Promise<T>

interface Head {
  size: number
  root: string
  key: string
  note: string
}
interface Proof {
  tree: { size: number; root: string; note: string }
  proofs: { entry: Entry; index: number; path: string[] }[]
}
const bytes = (hash: string) => Buffer.from(hash, 'hex')

test('somebody who was given a certificate proves by themselves that it is in the record', async () => {
  const head = await ask<Head>('head')
  const { tree, proofs } = await ask<Proof>(`proof?certificate=${code}`)
  const opened = openHead(tree.note, [readKey(head.key)!])
  if ('problem' in opened) expect.fail(opened.problem)
  expect(proofs.map(({ entry }) => entry.kind)).toEqual(['grant', 'revocation'])
  for (const { entry, index, path } of proofs) {
    const claim = { index, size: tree.size, leaf: hashesOf(entry).leaf, root: opened.head.root }
    expect(provesInclusion(claim, path.map(bytes))).toBe(true)
  }
})

test('somebody who noted down a head proves later that nothing was rewritten', async () => {
  const noted = await ask<Head>('head')
  await decide(db, [admin], null, 3)
  await signNow(db)
  const { from, to, path } = await ask<{ from: Head; to: Head; path: string[] }>(
    `consistency?from=${noted.size}`,
  )
  expect(from.root).toBe(noted.root)
  expect(to.size).toBe(noted.size + 3)
  const claim = { from: from.size, to: to.size, fromRoot: bytes(noted.root), toRoot: bytes(to.root) }
  expect(provesConsistency(claim, path.map(bytes))).toBe(true)
})

test('nobody learns from what is open who holds what, who decided and why, or the code of a certificate', async () => {
  const { size } = await ask<Head>('head')
  const texts = await Promise.all(
    ['head', 'entries', `proof?seq=8`, 'consistency?from=3'].map(path => read(`/api/v1/record/${path}`)),
  )
  texts.push(await read('/record'))
  for (const text of texts)
    for (const secret of [
      code,
      'secret-handle',
      'Secret Name',
      'nobody else’s',
      '"personId"',
      '"have"',
      '"salt"',
    ])
      expect(text).not.toContain(secret)
  expect(size).toBeGreaterThan(9)
})

test('entries come page by page, and what is full may be kept for ever', async () => {
  const full = await site.get('/api/v1/record/entries?from=3&limit=4')
  const { entries } = (await full.json()) as { entries: { entry: Entry; hash: string }[] }
  expect(entries.map(({ entry }) => entry.seq)).toEqual([3, 4, 5, 6])
  for (const { entry, hash } of entries) expect(hashesOf(entry).hash).toBe(hash)
  expect(full.headers.get('cache-control')).toContain('immutable')
  expect(full.headers.get('access-control-allow-origin')).toBe('*')
  const rest = await site.get('/api/v1/record/entries?from=8')
  expect(rest.headers.get('cache-control')).toBe('public, max-age=10')
  expect(await ask('entries?from=1000')).toEqual({ entries: [] })
})

describe('what can’t be answered is refused with a sentence', () => {
  test.each([
    ['proof', 400],
    ['proof?certificate=', 404],
    ['proof?certificate=AAAAAAAAAAAAAAAAAAAAAA', 404],
    [`proof?certificate=${'a'.repeat(2000)}`, 400],
    ['proof?seq=0', 400],
    ['proof?seq=1&size=0', 400],
    ['proof?seq=9999999999999999999', 400],
    ['proof?seq=999999999999999', 404],
    ['proof?seq=5&size=4', 409],
    ['proof?seq=1&size=999999999999999', 409],
    ['proof?seq=1e3', 400],
    ['proof?seq=1&certificate=x', 400],
    ['proof?seq=-1', 400],
    [`proof?seq=1%27%20or%201=1`, 400],
    ['consistency', 400],
    ['consistency?from=0', 400],
    ['consistency?from=5&to=4', 409],
    ['consistency?from=999999999999999', 409],
    ['entries?limit=101', 400],
    ['entries?limit=0', 400],
    ['entries?from=x', 400],
    ['entries?more=1', 400],
  ])('%s', async (path, status) => {
    const answer = await site.get(`/api/v1/record/${path}`)
    expect(answer.status).toBe(status)
    const { error } = (await answer.json()) as { error: string }
    expect(error).toMatch(/^[A-Z“].{10,}\.$/)
    expect(error).not.toMatch(/select|postgres|record_|Invalid/i)
  })

  test.each(['head', 'entries', 'proof', 'consistency'])('%s is only read', async path => {
    const answer = await site.get(`/api/v1/record/${path}`, undefined, { method: 'DELETE' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET')
  })
})

test('the page of a certificate says which entries it is, and leads to their proof', async () => {
  const page = await read(`/certificates/${code}`)
  expect(page).toContain('This certificate has the entries 8 and 9 of our log.')
  expect(page).toContain(`/api/v1/record/proof?certificate=${code}`)
})

test('the page of a certificate that is new says that it will be signed, and then that it was', async () => {
  const grant = { personId: person.id, badge: 'ambassador', reason: why, override: true }
  const fresh = (await db.transaction(tx => grantBadge(tx, content(), null, grant))).code
  expect(await read(`/certificates/${fresh}`)).toContain('so new that we have not signed it yet')
  const { size } = await signNow(db)
  expect(await read(`/certificates/${fresh}`)).toContain(`This certificate is entry ${size} of our log.`)
})

test('the page about the record shows what was signed last, and the key', async () => {
  const { note, key, root } = await ask<Head>('head')
  const page = await read('/record')
  for (const shown of [key, root, note.split('\n')[2]!]) expect(page).toContain(shown)
})

test('an admin checks the record, and reads that it is whole; an erasure is there to be read', async () => {
  const visitor = await site.visitor({ handle: 'alder', password })
  const erased = await addTrainee(db)
  await decide(db, [erased], admin, 1)
  await db.transaction(tx => eraseFromRecord(tx, erased.id, admin))
  await signNow(db)
  const page = await (await site.get('/admin/record?check=1', visitor)).text()
  for (const words of [
    'The record is whole',
    'signed heads hold',
    'Erased a person’s data',
    'What we signed last',
  ])
    expect(page).toContain(words)
})

test('an admin reads which head does not hold', async () => {
  const visitor = await site.visitor({ handle: 'alder', password })
  await db.execute(sql`alter table tree_head disable trigger user`)
  const { size } = await ask<Head>('head')
  await db.execute(sql`update tree_head set note = replace(note, '— ', '— x') where size = ${size}`)
  const page = await (await site.get('/admin/record?check=1', visitor)).text()
  expect(page).toContain(`The signed head of ${size} entries does not hold`)
  const certificate = await read(`/certificates/${code}`)
  expect(certificate).toContain('The log does not prove this')
})
