import { expect, test } from 'vitest'
import { addTrainee, password } from '../support/cast.ts'
import { mailbox } from '../support/mailbox.ts'
import { testSite } from '../support/site.ts'

const mail = await mailbox()
const site = await testSite({ SMTP_URL: mail.url, ORIGIN: 'https://trellis.example' })
const { db } = site

const ask = (email: string) => site.post('people.askForReset', { email }, undefined, '/forgotten-password')
const linkIn = (letter: string) =>
  new URL(/https:\/\/trellis\.example\/new-password\/[\w-]+/.exec(letter)![0]).pathname

test('a person who forgot their password sets a new one by a mailed link, once, and is signed out elsewhere', async () => {
  await addTrainee(db, { handle: 'forgetful' })
  const visitor = await site.visitor({ handle: 'forgetful', password })
  expect((await ask('Forgetful@example.org')).status).toBe(303)
  const letter = await mail.next()
  expect(letter).toContain('forgetful@example.org')
  const link = linkIn(letter)
  expect((await site.get(link)).status).toBe(200)

  const token = link.split('/').at(-1)!
  const set = () =>
    site.post('people.resetPassword', { token, password: 'a new long password' }, undefined, link)
  expect((await set()).status).toBe(303)
  expect((await set()).status).toBe(404)
  expect((await site.get('/account', visitor)).status).toBe(303)
  await site.visitor({ handle: 'forgetful', password: 'a new long password' })
})

test('asking for an unknown address gets the same answer, and no letter', async () => {
  const answer = await ask('nobody@example.org')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/forgotten-password?sent=1'])
  expect(mail.waiting).toBe(0)
})

test('an old link and a made-up one are answered alike', async () => {
  await addTrainee(db, { handle: 'late' })
  await ask('late@example.org')
  const link = linkIn(await mail.next())
  await site.sql`update password_reset set expires_at = now() - interval '1 minute'`
  expect((await site.get(link)).status).toBe(404)
  expect((await site.get('/new-password/made-up')).status).toBe(404)
})
