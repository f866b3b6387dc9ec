import { expect, test } from 'vitest'
import { testSite } from '../support/site.ts'

const site = await testSite({ SIGN_UP: 'invitation' })

test('where signing up takes an invitation, the form is not there and the action refuses', async () => {
  expect(await (await site.get('/sign-up')).text()).not.toContain(
    '<form method="POST" action="?_action=people.signUp"',
  )
  const form = {
    handle: 'ada',
    displayName: 'Ada',
    email: 'ada@example.org',
    password: 'a long password',
    kind: 'member',
    ageBand: 'teen',
    timeZone: 'UTC',
    joinedOn: '2026-02-03',
  }
  expect((await site.post('people.signUp', form, undefined, '/sign-up')).status).toBe(403)
  expect(await site.sql`select from person`).toHaveLength(0)
})
