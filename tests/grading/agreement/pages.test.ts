import { beforeAll, expect, test } from 'vitest'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, password } from '../../support/cast.ts'
import { testSite, type Visitor } from '../../support/site.ts'
import { type Levels, markTwice } from './marked-twice.ts'

const site = await testSite()
const { db } = site
const page = '/desk/agreement'
const there: Levels = { honesty: 'there', connection: 'partly', care: 'there' }
const lower: Levels = { honesty: 'partly', connection: 'partly', care: 'partly' }

let alder: Visitor
let maple: Visitor
let tansy: Visitor

beforeAll(async () => {
  const cohort = await addCohortOf(db)
  const of = async (handle: string) => addMentorOf(db, [cohort.id], { handle })
  const [first, second, third] = [await of('maple'), await of('myrtle'), await of('rowan')]
  await addAdmin(db, { handle: 'alder' })
  await addTrainee(db, { handle: 'tansy' })
  const visit = (handle: string) => site.visitor({ handle, password })
  ;[alder, maple, tansy] = [await visit('alder'), await visit('maple'), await visit('tansy')]
  for (let n = 0; n < 12; n++)
    await markTwice(db, {
      ...{ cohort, mentors: n % 2 ? [first, second] : [second, first], daysAgo: n + 1 },
      ...{ first: [n % 2 ? there : lower], second: [n % 3 ? there : lower] },
    })
  await markTwice(db, { cohort, mentors: [third, second], first: [there], second: [] })
})

/** Its words, as a reader meets them. */
async function read(visitor: Visitor, query = ''): Promise<string> {
  const answer = await site.get(page + query, visitor)
  expect(answer.status).toBe(200)
  const text = await answer.text()
  return text
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

test('a mentor sees how alike the course is marked, and how they mark beside others', async () => {
  const words = await read(maple)
  expect(words).toContain('You beside others')
  expect(words).toContain('From 12 reflections (36 pairs of levels)')
  expect(words).toContain('Honest and specific From 12 reflections, each marked by two.')
  expect(words).toContain('Landis and Koch (1977)')
  expect(words).not.toContain('Mentor by mentor')
})

test('and nobody else’s: another mentor is not even named', async () => {
  expect(await read(maple)).not.toMatch(/myrtle|rowan/)
  expect((await site.get(`${page}?mentor=myrtle`, maple)).status).toBe(404)
  expect((await site.get(`${page}?mentor=maple`, maple)).status).toBe(200)
})

test('an admin sees every mentor by handle, and each by themselves', async () => {
  const words = await read(alder)
  expect(words).toContain('Mentor by mentor')
  expect(words).toMatch(/@maple.*@myrtle|@myrtle.*@maple/)
  expect(words).not.toContain('You beside others')
  expect(await read(alder, '?mentor=myrtle')).toContain('@myrtle beside others')
  expect((await site.get(`${page}?mentor=nobody`, alder)).status).toBe(404)
})

test('a first mark whose second is still to come shows in no figure', async () => {
  expect(await read(alder)).not.toContain('@rowan')
  expect((await site.get(`${page}?mentor=rowan`, alder)).status).toBe(404)
})

test('a trainee does not learn that there is such a page, nor anybody of a course that there is not', async () => {
  expect((await site.get(page, tansy)).status).toBe(404)
  expect((await site.get(`${page}?course=made-up`, alder)).status).toBe(404)
})

test('a course in which nothing was marked twice says so, with a way on', async () => {
  const words = await read(maple, '?course=moderator-training')
  expect(words).toContain('No reflection of Moderator Training has been marked twice')
  expect(words).toContain('To the desk')
})

test('a page of mentors that is not there is an empty one, not a broken one', async () => {
  for (const from of ['999999', '-1', 'x', '3.5'])
    expect(await read(alder, `?from=${from}`)).toContain('Agreement')
})

test('every drawing has its figures in words beside it', async () => {
  const html = await (await site.get(page, maple)).text()
  expect(html.match(/<svg class="scale"/g)!.length).toBeGreaterThan(10)
  expect(html.match(/<svg class="scale"(?! aria-hidden="true")/g)).toBeNull()
  expect(html).not.toMatch(/\sstyle=/)
})
