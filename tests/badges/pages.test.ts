import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { addAdmin, addTrainee, again, hold, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'
import { completeCourse, gather } from './deeds.ts'

const site = await testSite()
const { db } = site
const admin = await addAdmin(db)
const office = await site.visitor({ handle: admin.handle, password })

/** What a reader reads of a page. */
const read = async (answer: Promise<Response>) =>
  (await (await answer).text())
    .replace(/^[\s\S]*<main[^>]*>|<\/main>[\s\S]*$/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

async function grantTo(traits: Parameters<typeof addTrainee>[1], badge = 'mentor') {
  const person = await addTrainee(db, traits)
  const { code } = await db.transaction(tx =>
    grantBadge(tx, content(), null, {
      personId: person.id,
      badge,
      override: true,
      reason: 'Known to the admins.',
    }),
  )
  return { person, code }
}

describe('the public page of a certificate', () => {
  const secrets = { handle: 'quiet-one', displayName: 'Somebody Particular', email: 'particular@example.org' }

  test('says that it is valid, what for and since when, and nothing about the person', async () => {
    const { code } = await grantTo({ ...secrets, ageBand: 'teen' })
    const answer = await site.get(`/certificates/${code}`)
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html).toContain('This certificate is valid')
    expect(html).toContain('Group Support Mentor or Teen Star')
    expect(html).toContain('75 group chats (teens: 50)')
    expect(html).toMatch(/name="robots" content="noindex/)
    for (const secret of [...Object.values(secrets), 'Known to the admins', 'override', admin.handle])
      expect(html).not.toContain(secret)
  })

  test('shows the name to all who look, once the person chose so', async () => {
    const { code } = await grantTo({
      displayName: 'Rosemary <b>',
      namedOnCertificates: true,
      ageBand: 'teen',
    })
    const html = await (await site.get(`/certificates/${code}`)).text()
    expect(html).toContain('Rosemary &lt;b&gt;')
    expect(html).toContain('<h2>Teen Star</h2>')
  })

  test('says that it was revoked, the moment it is', async () => {
    const { person, code } = await grantTo({})
    await site.post(
      'certificates.revoke',
      { personId: String(person.id), badge: 'mentor', reasonClass: 'conduct', reason: 'Private.' },
      office,
    )
    const words = await read(site.get(`/certificates/${code}`))
    expect(words).toContain('This certificate was revoked')
    expect(words).not.toContain('Private.')
  })

  test('says that it has lapsed on the day after its last, whether or not anybody wrote it down', async () => {
    const { code } = await grantTo({})
    await db.execute(sql`update certificate set expires_on = '2026-01-01' where code = ${code}`)
    expect(await read(site.get(`/certificates/${code}`))).toContain('This certificate has lapsed')
  })

  test.each(['AAAAAAAAAAAAAAAAAAAAAA', 'x', '..%2f..', '%00', 'a'.repeat(3000)])(
    'knows nothing of %s',
    async code => {
      const answer = await site.get(`/certificates/${code}`)
      expect(answer.status).toBe(404)
    },
  )

  test('does not vouch for a certificate that is not on the record', async () => {
    const person = await addTrainee(db)
    await hold(db, person, 'mentor')
    const [row] = await db.execute<{ code: string }>(
      sql`select code from certificate where person_id = ${person.id}`,
    )
    expect((await site.get(`/certificates/${row!.code}`)).status).toBe(404)
  })

  test('gives its holder the address to share, and nobody else', async () => {
    const { person, code } = await grantTo({})
    const own = await site.visitor({ handle: person.handle, password })
    expect(await read(site.get(`/certificates/${code}`, own))).toContain('This is yours')
    expect(await read(site.get(`/certificates/${code}`, office))).not.toContain('This is yours')
  })
})

describe('from the queue to the badge, without JavaScript', () => {
  test('an admin sees the evidence, grants it, and the person reads so at their path', async () => {
    const person = await addTrainee(db, { handle: 'ready' })
    await gather(db, person, 'group_chat', 7)
    await completeCourse(db, person, 'introduction-to-group-support')
    expect(await read(site.get('/admin/queue', office))).toContain('@ready')
    expect(await read(site.get('/admin/queue/ready/room-supporter', office))).toContain(
      '2 group chats Met: 7',
    )

    const page = '/admin/queue/ready/room-supporter'
    const answer = await site.post(
      'decisions.grant',
      { personId: String(person.id), badge: 'room-supporter', reason: '' },
      office,
      page,
    )
    expect(answer.headers.get('location')).toBe('/admin/queue')
    const own = await site.visitor({ handle: 'ready', password })
    expect(await read(site.get('/path/room-supporter', own))).toContain('You hold it since')
    expect(await read(site.get('/path', own))).toContain('Next: Moderator')
  })

  test('a decline without a reason comes back with a sentence beside the field', async () => {
    const person = await addTrainee(db, { handle: 'almost' })
    await gather(db, person, 'group_chat', 2)
    await completeCourse(db, person, 'introduction-to-group-support')
    const fields = { personId: String(person.id), badge: 'room-supporter', reason: ' ' }
    const answer = await site.post('decisions.decline', fields, office, '/admin/queue/almost/room-supporter')
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('Please fill this in.')
  })

  test('a double press grants once', async () => {
    const person = await addTrainee(db)
    await gather(db, person, 'group_chat', 2)
    await completeCourse(db, person, 'introduction-to-group-support')
    const fields = {
      key: crypto.randomUUID(),
      personId: String(person.id),
      badge: 'room-supporter',
      reason: '',
    }
    const answers = await Promise.all(
      [1, 2].map(() => site.post('decisions.grant', fields, office.copy(), '/path')),
    )
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const entries = await db.execute(sql`select from record_entry where person_id = ${person.id}`)
    expect(entries).toHaveLength(1)
    expect((await again(db, person)).badges).toEqual(['room-supporter'])
  })
})

describe('a secret that was just made', () => {
  test.each([
    [
      'a token',
      'admin.makeToken',
      { name: 'Chat platform', scopes: 'badges:read' },
      '/admin/tokens',
      /[\w-]{43}/,
    ],
    [
      'an invitation',
      'admin.invite',
      { role: 'trainee', cohortId: '', note: '' },
      '/admin/invitations',
      /\/sign-up\/[\w-]{43}/,
    ],
  ])('%s is shown once, and to nobody else', async (_, action, fields, page, secret) => {
    const browser = office.copy()
    const made = await site.post(action, fields, browser, page)
    const cookie = made.headers.getSetCookie().find(one => one.startsWith('trellis_shown_once'))
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toContain(`Path=${page}`)

    const elsewhere = await read(site.get(page, office))
    expect(elsewhere).not.toMatch(secret)
    expect(await read(site.get(page, browser))).toMatch(secret)
    expect(await read(site.get(page, browser))).not.toMatch(secret)
  })
})

test('a person’s page has all that an admin needs, and hostile addresses are answered plainly', async () => {
  const { person } = await grantTo({ handle: 'maple' })
  const words = await read(site.get(`/admin/people/${person.handle}`, office))
  expect(words).toContain('maple@example.org')
  expect(words).toContain('Finish Global Mod Training by')
  expect(words).toContain('granted a badge to')
  for (const path of [
    ...[
      '/admin/people?q=%25&role=x&after=%25',
      '/admin/record?before=x&person=nobody&badge=x',
      '/admin/record?check=1',
    ],
    ...['/admin/audit?before=99999999999999999999&about=x&person=@maple', '/admin/queue?badge=x&after=%27'],
  ])
    expect((await site.get(path, office)).status, path).toBe(200)
  for (const path of [
    '/admin/cohorts/999999',
    '/admin/cohorts/x',
    '/admin/people/nobody',
    '/admin/queue/maple/x',
    '/path/x',
    '/path/%00',
    '/admin/people?q=%00',
  ])
    expect((await site.get(path, office)).status, path).toBe(404)
})
