import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { grantFounding } from '../../../src/badges/found.ts'
import { giveNotice } from '../../../src/badges/holding/give-notice.ts'
import { addAdmin, addTrainee, again, password } from '../../support/cast.ts'
import { testSite } from '../../support/site.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'

const site = await testSite()
const { db } = site
const admin = await addAdmin(db)
const office = await site.visitor({ handle: admin.handle, password })

async function aMentor() {
  const person = await addTrainee(db)
  const founding = { personId: person.id, badge: 'mentor', reason: 'Founding.' }
  await db.transaction(tx => grantFounding(tx, content(), founding))
  return { person, own: await site.visitor({ handle: person.handle, password }) }
}
const read = async (path: string, visitor: typeof office) => (await site.get(path, visitor)).text()
const codeOf = async (person: { id: number }, badge: string) => {
  const [row] = await db.execute<{ code: string }>(
    sql`select code from certificate where person_id = ${person.id} and badge = ${badge} order by id desc`,
  )
  return row!.code
}

/** The corpus in pieces that fit a reason. */
const pieces = xssCorpus.reduce<string[]>((all, payload) => {
  const last = all.at(-1)
  return last !== undefined && last.length + payload.length < 900
    ? [...all.slice(0, -1), `${last}\n${payload}`]
    : [...all, payload]
}, [])
const tags = (html: string) => html.match(/<[a-z/!]/gi)?.length

test('nothing that an admin says of a badge becomes markup, wherever it is read', async () => {
  const tell = async (reason: string) => {
    const { person, own } = await aMentor()
    const fields = { personId: String(person.id), badge: 'mentor', reason }
    const page = `/admin/people/${person.handle}/badges/mentor`
    const taking = { ...fields, reasonClass: 'conduct' }
    expect((await site.post('certificates.suspend', taking, office, page)).status).toBe(303)
    const drawn = [await read(page, office), await read('/path/mentor', own), await read('/', own)]
    expect((await site.post('certificates.reinstate', fields, office, page)).status).toBe(303)
    expect((await site.post('certificates.revoke', taking, office, page)).status).toBe(303)
    const certificate = `/certificates/${await codeOf(person, 'mentor')}`
    for (const [path, visitor] of [
      [page, office],
      [`/admin/people/${person.handle}`, office],
      [`/admin/record?person=${person.handle}`, office],
      ['/path/mentor', own],
      ['/', own],
      [certificate, office],
    ] as const)
      drawn.push(await read(path, visitor))
    return drawn
  }
  const tame = (await tell('Tame.')).map(tags)
  for (const piece of pieces) {
    const hostile = await tell(piece)
    expect(hostile.map(tags)).toEqual(tame)
  }
})

test('what was typed and ticked comes back with what is wrong, and a class that is none is refused', async () => {
  const { person } = await aMentor()
  const page = `/admin/people/${person.handle}/badges/moderator`
  const fields = { personId: String(person.id), badge: 'moderator', reasonClass: 'whim', with: 'mentor' }
  const answer = await site.post('certificates.suspend', { ...fields, reason: 'شكراً 🌱' }, office, page)
  expect(answer.status).toBe(400)
  const html = await answer.text()
  expect(html).toContain('شكراً 🌱')
  expect(html).toMatch(/value="mentor" checked/)
  expect(html).toContain('Please choose one of these.')
  const other = { ...fields, reasonClass: 'conduct', with: 'room-supporter', reason: 'x' }
  const refused = await site.post('certificates.suspend', other, office, page)
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('One of these does not stand on this badge.')
  expect((await again(db, person)).badges).toHaveLength(3)
})

test('a badge whose last day is near says so to its holder, and an admin renews it on its page', async () => {
  const { person, own } = await aMentor()
  await db.execute(sql`
    update certificate set expires_on = (now() at time zone 'utc')::date + 20 where person_id = ${person.id} and badge = 'mentor'`)
  await giveNotice(db, content())
  expect(await read('/', own)).toContain('An admin can renew it.')
  const path = await read('/path/mentor', own)
  expect(path).toContain('An admin renews it. Please ask one of them')
  expect(path).not.toContain('id="renew-form"')
  const page = `/admin/people/${person.handle}/badges/mentor`
  expect(await read(page, office)).toContain('id="renew-form"')
  const fields = { personId: String(person.id), badge: 'mentor' }
  expect((await site.post('certificates.renew', fields, own, '/path/mentor')).status).toBe(403)
  expect((await site.post('certificates.renew', fields, office, page)).status).toBe(303)
  // The badge that ships does not lapse, so that renewed it has no last day any more.
  expect(await read(`/certificates/${await codeOf(person, 'mentor')}`, own)).toContain('It has no end date')
})

test('a badge that somebody never held has no page there', async () => {
  const person = await addTrainee(db)
  for (const path of [
    `/admin/people/${person.handle}/badges/mentor`,
    `/admin/people/${person.handle}/badges/none`,
    '/admin/people/nobody/badges/mentor',
  ])
    expect((await site.get(path, office)).status, path).toBe(404)
})
