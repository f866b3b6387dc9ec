import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { certificate } from '../../../db/schema/badges.ts'
import { submission } from '../../../db/schema/grading.ts'
import { takeOffDesk } from '../../../src/grading/hand-in.ts'
import type { Person } from '../../../src/people/person.ts'
import { addCohortOf, addMentorOf, addTrainee, password, setMarkedTwice } from '../../support/cast.ts'
import { type Fields, testSite, type Visitor } from '../../support/site.ts'
import { gradePost } from '../deeds.ts'
import { edit, levels, markingOf, reflect } from '../reflections.ts'

const site = await testSite()
const { db } = site

let trainee: Person
let mentor: Person
let maple: Visitor
let myrtle: Visitor
let cohort: { id: number }
let post: number
let marking: number

beforeAll(async () => {
  cohort = await addCohortOf(db)
  mentor = await addMentorOf(db, [cohort.id], { handle: 'maple' })
  await addMentorOf(db, [cohort.id], { handle: 'myrtle' })
  maple = await site.visitor({ handle: 'maple', password })
  myrtle = await site.visitor({ handle: 'myrtle', password })
})

beforeEach(async () => {
  trainee = await addTrainee(db)
  post = await reflect(db, trainee, cohort, { text: 'I waited, and then I asked.' })
  marking = await markingOf(db, post)
})

const address = () => `/desk/${marking}`
const claim = (visitor: Visitor) =>
  site.post('grading.claim', { key: randomUUID(), marking: String(marking) }, visitor, '/desk')
const grade = (visitor: Visitor, fields: Fields = {}) =>
  site.post(
    'grading.grade',
    {
      ...{
        key: randomUUID(),
        marking: String(marking),
        revision: '1',
        feedback: 'My very own words.',
        outcome: 'pass',
      },
      ...Object.fromEntries(Object.entries(levels).map(([id, level]) => [`levels.${id}`, level])),
      ...fields,
    },
    visitor,
    address(),
  )
const stateNow = async () => (await db.select().from(submission).where(eq(submission.postId, post)))[0]!.state

test('a mentor takes a reflection from the desk, grades it, and is led to the one that waits next', async () => {
  const next = await reflect(db, await addTrainee(db), cohort)
  expect(await (await site.get('/desk', maple)).text()).toContain(`@${trainee.handle}`)
  expect((await claim(maple)).headers.get('location')).toBe(address())
  expect(await (await site.get(address(), maple)).text()).toContain('I waited, and then I asked.')
  const answer = await grade(maple)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/desk/${await markingOf(db, next)}`])
  expect(await stateNow()).toBe('passed')
  await db.transaction(tx => takeOffDesk(tx, next))
})

test('a level forgotten brings the page back with every word and every choice', async () => {
  await claim(maple)
  const answer = await grade(maple, { 'levels.care': '' })
  expect(answer.status).toBe(400)
  const page = await answer.text()
  expect(page).toContain('Please choose a level for “Careful with others”.')
  expect(page).toContain('My very own words.')
  expect(page).toMatch(/value="there"[^>]* checked/)
  expect(await stateNow()).toBe('submitted')
})

test('when the trainee edits meanwhile, the mentor reads the new text with their own words kept', async () => {
  await claim(maple)
  await edit(db, post, 'I waited, asked, and wrote to the room.')
  const answer = await grade(maple)
  expect(answer.status).toBe(409)
  const page = await answer.text()
  expect(page).toContain('has changed this reflection since you opened it')
  expect(page).toContain('and wrote to the room')
  expect(page).toContain('My very own words.')
  expect(page).toContain('name="revision" value="2"')
})

test('a second mentor sees who has it, has no form, and keeps their words if they send them all the same', async () => {
  await claim(maple)
  const page = await (await site.get(address(), myrtle)).text()
  expect(page).toContain('@maple is at work on it.')
  expect(page).not.toContain('id="grade"')
  const answer = await grade(myrtle)
  expect(answer.status).toBe(409)
  expect(await answer.text()).toContain('My very own words.')
  expect(await stateNow()).toBe('submitted')
})

test('a grade sent twice by one press is given once', async () => {
  await claim(maple)
  const key = randomUUID()
  const [first, second] = await Promise.all([grade(maple, { key }), grade(maple, { key })])
  expect([first.status, second.status]).toEqual([303, 303])
  expect(second.headers.get('location')).toBe(first.headers.get('location'))
})

test('a held answer that is corrected stays held unless its mentor lets it go', async () => {
  await claim(maple)
  await grade(maple, { hold: 'yes' })
  const page = await (await site.get(`${address()}?correct=yes`, maple)).text()
  expect(page).toContain('Correct your grade')
  expect(page).toMatch(/name="hold" value="yes"[^>]* checked/)
  const halfDone = await (await site.get(`${address()}?correct=yes&hold=no`, maple)).text()
  expect(halfDone).not.toMatch(/name="hold" value="yes"[^>]* checked/)
})

test('whoever settles two marks sees them side by side, the first one first; whoever gave one does not', async () => {
  const twice = await addCohortOf(db)
  await setMarkedTwice(db, twice)
  const mentors = [
    await addMentorOf(db, [twice.id], { handle: 'laurel', displayName: 'Laurel' }),
    await addMentorOf(db, [twice.id], { handle: 'olive', displayName: 'Olive' }),
    await addMentorOf(db, [twice.id], { handle: 'quince' }),
  ]
  const theirs = await reflect(db, trainee, twice)
  await gradePost(db, mentors[0]!, theirs)
  await gradePost(db, mentors[1]!, theirs, { outcome: 'return', levels: { ...levels, care: 'not-yet' } })
  const path = `/desk/${await markingOf(db, theirs)}`
  const pageFor = async (handle: string) =>
    (await site.get(path, await site.visitor({ handle, password }))).text()
  const page = (await pageFor('quince')).replace(/\s+/g, ' ')
  expect(page).toContain('Two mentors saw it differently')
  expect(page).toContain('Their levels differ on 1 of 3.')
  expect(page).toMatch(/<th scope="row">Careful with others<\/th> ?<td>There<\/td> ?<td>Not yet<\/td>/)
  expect(page.indexOf('Laurel</bdi>, who read it first')).toBeGreaterThan(0)
  expect(page.indexOf('Olive</bdi>, who read it second')).toBeGreaterThan(page.indexOf('who read it first'))
  expect(await pageFor('olive')).not.toContain('Laurel')
})

// Last: it takes the mentor's badge away.
test('the moment the Mentor badge is revoked, the desk is gone from the session that is open', async () => {
  await claim(maple)
  await db
    .update(certificate)
    .set({ endedAt: new Date(), endedBy: 'revocation' })
    .where(eq(certificate.personId, mentor.id))
  expect((await grade(maple)).status).toBe(404)
  expect((await site.get('/desk', maple)).status).toBe(404)
  expect((await site.get(address(), maple)).status).toBe(404)
  expect(await stateNow()).toBe('submitted')
})
