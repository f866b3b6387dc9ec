import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { enrolment } from '../../../db/schema/courses.ts'
import { mentorPace } from '../../../db/schema/grading.ts'
import { person } from '../../../db/schema/people.ts'
import { content } from '../../../src/authoring/content.ts'
import type { Person } from '../../../src/people/person.ts'
import { addClass, password } from '../../support/cast.ts'
import { type Fields, testSite, type Visitor } from '../../support/site.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'
import { gradePost } from '../deeds.ts'
import { aModule, reflect } from '../reflections.ts'

const site = await testSite()
const { db } = site

let river: Person
let moss: Person
let mentor: Person
let cohort: { id: number }
let maple: Visitor

beforeAll(async () => {
  ;({ river, moss, mentor, cohort } = await addClass(db))
  maple = await site.visitor({ handle: mentor.handle, password })
})

const page = async (path: string) => (await site.get(path, maple)).text()
const sets = (fields: Fields) =>
  site.post(
    'pace.set',
    { key: randomUUID(), weekly: '', awayFrom: '', awayUntil: '', ...fields },
    maple,
    '/desk/pace',
  )
const paceNow = async () => (await db.select().from(mentorPace).where(eq(mentorPace.mentorId, mentor.id)))[0]

test('a mentor sees what is worth celebrating, and who has gone quiet, with a way to each', async () => {
  const post = await reflect(db, river, cohort)
  await gradePost(db, mentor, post, { outcome: 'distinction' })
  await db
    .update(enrolment)
    .set({ at: new Date(Date.now() - 20 * 86_400_000) })
    .where(eq(enrolment.personId, moss.id))
  const html = (await page('/desk/people')).replaceAll(/\s+/g, ' ')
  expect(html).toContain(`“${content().module(aModule)!.title}” passed with distinction,`)
  expect(html).toContain(`href="/posts/${post}"`)
  expect(html).toContain(`href="/people/${moss.handle}"`)
})

test('whatever somebody is called, it stays a name', async () => {
  const plain = await page('/desk/people')
  for (const displayName of xssCorpus.filter(payload => payload.includes('<'))) {
    await db.update(person).set({ displayName }).where(eq(person.id, moss.id))
    const html = await page('/desk/people')
    expect(html).not.toContain(displayName)
    expect(html.split('<').length, displayName).toBe(plain.split('<').length)
  }
})

test('a pace that can’t be taken comes back with every word and says why, and nothing is kept', async () => {
  const answer = await sets({ weekly: '0', awayFrom: '2020-13-45' })
  expect(answer.status).toBe(400)
  const html = await answer.text()
  expect(html).toContain('Please give a whole number from 1 to 100')
  expect(html).toContain('Please give a date, like 2026-03-31.')
  expect(html).toContain('value="2020-13-45"')
  expect(await paceNow()).toBeUndefined()
})

test('a mentor sets a pace, and the page shows it from then on', async () => {
  expect((await sets({ weekly: '7' })).headers.get('location')).toBe('/desk/pace')
  expect(await page('/desk/pace')).toMatch(/name="weekly"[^>]*value="7"/)
  expect(await paceNow()).toMatchObject({ weekly: 7 })
})
