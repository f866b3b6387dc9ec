import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { person } from '../../db/schema/people.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { firstAdminLink, invite } from '../../src/people/invitations.ts'
import { addAdmin, addCohortOf, password } from '../support/cast.ts'
import { testSite, Visitor } from '../support/site.ts'

const site = await testSite()
const { db } = site

const form = (handle: string, more: Record<string, string> = {}) => ({
  handle,
  displayName: 'Ada',
  email: `${handle}@example.org`,
  password,
  kind: 'member',
  ageBand: 'teen',
  timeZone: 'Europe/Lisbon',
  joinedOn: '2026-02-03',
  ...more,
})

const find = async (handle: string) => (await db.select().from(person).where(eq(person.handle, handle)))[0]

test('a person signs up, is signed in, and the audit log says so', async () => {
  const visitor = new Visitor()
  expect((await site.post('people.signUp', form('ada'), visitor, '/sign-up')).status).toBe(303)
  expect((await site.get('/account', visitor)).status).toBe(200)
  const ada = await find('ada')
  expect(ada).toMatchObject({
    kind: 'member',
    ageBand: 'teen',
    joinedOn: '2026-02-03',
    timeZone: 'Europe/Lisbon',
  })
  const audited = await db.select().from(auditEntry).where(eq(auditEntry.actorId, ada!.id))
  expect(audited.map(entry => entry.action)).toContain('person.signed_up')
})

test('what is wrong stands beside each field, and every word but the password comes back', async () => {
  const answer = await site.post(
    'people.signUp',
    form('no good!', { email: 'nowhere', password: 'short', kind: 'admin' }),
    undefined,
    '/sign-up',
  )
  const page = await answer.text()
  expect(answer.status).toBe(400)
  for (const sentence of [
    'letters a to z',
    'like name@example.org',
    'at least 10 characters',
    'choose one of these',
  ])
    expect(page).toContain(sentence)
  expect(page).toContain('value="no good!"')
  expect(page).toContain('value="Ada"')
  expect(page).not.toContain('"short"')
})

test('a handle or an address that is taken is said so, and nothing is half-written', async () => {
  await site.post('people.signUp', form('bo'), undefined, '/sign-up')
  const answer = await site.post(
    'people.signUp',
    form('Bo', { email: 'BO@example.org' }),
    undefined,
    '/sign-up',
  )
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('@bo is taken')
})

test('two who want the same handle at the same moment: one gets it, the other is told', async () => {
  const both = await Promise.all(
    ['one', 'two'].map(name =>
      site.post('people.signUp', form('rush', { email: `${name}@example.org` }), undefined, '/sign-up'),
    ),
  )
  expect(both.map(answer => answer.status).toSorted()).toEqual([303, 400])
})

test('the first admin’s link makes an admin once, and a new start makes the old link void', async () => {
  const old = (await firstAdminLink(db))!
  const link = (await firstAdminLink(db))!
  expect((await site.get(old)).status).toBe(404)
  const token = link.replace('/sign-up/', '')
  expect((await site.post('people.signUp', form('first', { token }), undefined, link)).status).toBe(303)
  expect((await site.post('people.signUp', form('second', { token }), undefined, link)).status).toBe(404)
  expect(await find('second')).toBeUndefined()
  expect(await firstAdminLink(db)).toBeNull()
})

test('an invitation enrols the person it is for in its cohort', async () => {
  const admin = await addAdmin(db)
  const cohort = await addCohortOf(db)
  const { path } = await db.transaction(tx =>
    invite(tx, admin, { role: 'trainee', cohortId: cohort.id, note: '' }),
  )
  const token = path.replace('/sign-up/', '')
  await site.post('people.signUp', form('guest', { token }), undefined, path)
  const rows =
    await db.$client`select e.* from enrolment e join person p on p.id = e.person_id where p.handle = 'guest'`
  expect(rows).toMatchObject([{ cohort_id: String(cohort.id) }])
})
