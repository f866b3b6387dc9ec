import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { session } from '../../db/schema/people.ts'
import { addTrainee, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'

const site = await testSite()
const { db } = site

test('a person signs in by handle or by address, however it is written', async () => {
  const { handle } = await addTrainee(db, { handle: 'finch' })
  for (const name of [handle, '@Finch', ' finch@EXAMPLE.org ']) {
    const answer = await site.post('people.signIn', { name, password }, undefined, '/sign-in')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
  }
})

test('an unknown name and a wrong password get the same answer', async () => {
  await addTrainee(db, { handle: 'moss' })
  const answers = await Promise.all(
    ['moss', 'nobody-at-all'].map(async name => {
      const answer = await site.post(
        'people.signIn',
        { name, password: 'not the password' },
        undefined,
        '/sign-in',
      )
      const text = await answer.text()
      return [answer.status, text.replaceAll(name, 'NAME').replaceAll(/name="key" value="[^"]+"/g, '')]
    }),
  )
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]?.[0]).toBe(400)
})

test('after signing in one goes on where one was, and never to another site', async () => {
  await addTrainee(db, { handle: 'larkspur' })
  const whereTo = async (next: string) =>
    (
      await site.post('people.signIn', { name: 'larkspur', password, next }, undefined, '/sign-in')
    ).headers.get('location')
  expect(await whereTo('/courses?x=1')).toBe('/courses?x=1')
  for (const elsewhere of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])
    expect(await whereTo(elsewhere)).toBe('/')
})

test('the table of sessions holds nothing that signs anybody in', async () => {
  const person = await addTrainee(db, { handle: 'pebble' })
  const visitor = await site.visitor({ handle: 'pebble', password })
  const rows = await db.select().from(session).where(eq(session.personId, person.id))
  expect(rows).toHaveLength(1)
  const token = /trellis_session=([^;]+)/.exec(visitor.cookie)?.[1] ?? ''
  expect(token.length).toBeGreaterThan(20)
  expect(JSON.stringify(rows)).not.toContain(token)
})

test('signing out ends the session, not only the cookie', async () => {
  await addTrainee(db, { handle: 'sol' })
  const visitor = await site.visitor({ handle: 'sol', password })
  const stolen = visitor.cookie
  expect((await site.post('people.signOut', {}, visitor)).status).toBe(303)
  const after = await fetch(`${site.origin}/account`, { headers: { cookie: stolen }, redirect: 'manual' })
  expect(after.headers.get('location')).toBe('/sign-in?next=%2Faccount')
})

test('a person sees their devices and signs one out, and cannot sign out another person’s', async () => {
  const person = await addTrainee(db, { handle: 'wren' })
  await addTrainee(db, { handle: 'thief' })
  const phone = await site.visitor({ handle: 'wren', password })
  const desk = await site.visitor({ handle: 'wren', password })
  const thief = await site.visitor({ handle: 'thief', password })
  const sessions = () => db.select({ id: session.id }).from(session).where(eq(session.personId, person.id))
  const [first] = await sessions()

  await site.post('people.endSession', { session: first!.id }, thief, '/account')
  expect(await sessions()).toHaveLength(2)
  await site.post('people.endSession', { session: first!.id }, desk, '/account')
  expect(await sessions()).toHaveLength(1)
  const stillIn = await Promise.all([phone, desk].map(async who => (await site.get('/account', who)).status))
  expect(stillIn.toSorted()).toEqual([200, 303])
})

test('guessing is slowed down, for the account and whoever guesses', async () => {
  await addTrainee(db, { handle: 'juniper' })
  const guess = () =>
    site.post('people.signIn', { name: 'juniper', password: 'wrong' }, undefined, '/sign-in')
  const statuses = []
  for (let tries = 0; tries < 12; tries++) statuses.push((await guess()).status)
  expect(statuses.slice(0, 10).every(status => status === 400)).toBe(true)
  expect(statuses.at(-1)).toBe(429)
  expect(
    (await site.post('people.signIn', { name: 'juniper', password }, undefined, '/sign-in')).status,
  ).toBe(429)
})
