import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { person } from '../../db/schema/people.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { addTrainee, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'

const site = await testSite()
const { db } = site

const changes = async (id: number) =>
  (await db.select().from(auditEntry).where(eq(auditEntry.actorId, id))).filter(
    entry => entry.action === 'person.changed',
  )

test('a button pressed five times at once does its work once, and every press gets the same answer', async () => {
  const ada = await addTrainee(db, { handle: 'ada' })
  const visitor = await site.visitor({ handle: 'ada', password })
  const form = { key: randomUUID(), displayName: 'Ada', timeZone: 'UTC' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => site.post('people.changeProfile', form, visitor, '/account')),
  )
  expect(answers.map(answer => [answer.status, answer.headers.get('location')])).toEqual(
    Array(5).fill([303, '/account']),
  )
  expect(await changes(ada.id)).toHaveLength(1)
})

test('a form that was corrected and posted again under its old key is a new write', async () => {
  const bo = await addTrainee(db, { handle: 'bo' })
  const visitor = await site.visitor({ handle: 'bo', password })
  const key = randomUUID()
  for (const displayName of ['Bo', 'Beau'])
    await site.post('people.changeProfile', { key, displayName, timeZone: 'UTC' }, visitor, '/account')
  const [row] = await db.select().from(person).where(eq(person.id, bo.id))
  expect(row?.displayName).toBe('Beau')
})

test('a refused write leaves nothing, its key included, so that the next try is not mistaken for it', async () => {
  const cy = await addTrainee(db, { handle: 'cy' })
  const visitor = await site.visitor({ handle: 'cy', password })
  const form = { key: randomUUID(), displayName: 'Cy', timeZone: 'Nowhere/Here' }
  expect((await site.post('people.changeProfile', form, visitor, '/account')).status).toBe(400)
  expect(await changes(cy.id)).toHaveLength(0)
  expect(await site.sql`select from idempotency_key where key = ${form.key}`).toHaveLength(0)
})

test('an action that is called as a function, with JSON or from another site is not there', async () => {
  const { origin } = site
  const call = (path: string, headers: Record<string, string>, body = '{}') =>
    fetch(origin + path, { method: 'POST', headers, body, redirect: 'manual' })
  expect((await call('/_actions/people.signIn', { origin, 'content-type': 'application/json' })).status).toBe(
    404,
  )
  expect((await call('/?_action=people.signIn', { origin, 'content-type': 'application/json' })).status).toBe(
    415,
  )
  expect((await call('/?_action=people.signIn', { origin: 'https://evil.example' }, 'name=a')).status).toBe(
    403,
  )
  expect((await call('/?_action=people.signIn', {}, 'name=a')).status).toBe(403)
  expect(
    (
      await call(
        '/?_action=people.nothing',
        { origin, 'content-type': 'application/x-www-form-urlencoded' },
        'name=a',
      )
    ).status,
  ).toBe(404)
})

test('when the session has ended, a plain form leads to sign in and back, and htmx is told without a page to swap in', async () => {
  const plain = await site.post('people.changeProfile', { displayName: 'X' }, undefined, '/account?a=1')
  expect([plain.status, plain.headers.get('location')]).toEqual([303, '/sign-in?next=%2Faccount%3Fa%3D1'])
  const smooth = await fetch(`${site.origin}/account?_action=people.changeProfile`, {
    method: 'POST',
    headers: { origin: site.origin, 'hx-request': 'true' },
    body: new URLSearchParams({ displayName: 'X' }),
    redirect: 'manual',
  })
  expect(smooth.status).toBe(401)
})

test('every answer carries the headers that keep a page to itself', async () => {
  for (const path of ['/', '/nothing-here', '/account']) {
    const { headers } = await site.get(path)
    expect(headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toContain('private')
  }
})

test('a plain form that comes after the session has ended gives every word back, to be posted after signing in', async () => {
  const dee = await addTrainee(db, { handle: 'dee' })
  const words = { displayName: 'Dee "<of> the hill"', timeZone: 'UTC' }
  const answer = await site.post('people.changeProfile', words, undefined, '/account')
  const page = await answer.text()
  expect(answer.status).toBe(401)
  expect(page).toContain('value="Dee &quot;<of> the hill&quot;"')
  expect(page).toContain('action="/account?_action=people.changeProfile"')

  const visitor = await site.visitor({ handle: 'dee', password })
  expect((await site.post('people.changeProfile', words, visitor, '/account')).status).toBe(303)
  const [row] = await db.select().from(person).where(eq(person.id, dee.id))
  expect(row?.displayName).toBe(words.displayName)
})
