import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { draft } from '../../../db/schema/drafts.ts'
import { grade, savedComment } from '../../../db/schema/grading.ts'
import { addCohortOf, addMentorOf, addTrainee, password } from '../../support/cast.ts'
import { type Fields, testSite, type Visitor } from '../../support/site.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'
import { levels, markingOf, reflect } from '../reflections.ts'

const site = await testSite()
const { db } = site

let maple: Visitor
let mapleId: number
let cohort: { id: number }
let marking: number
let comment: number

beforeAll(async () => {
  cohort = await addCohortOf(db)
  mapleId = (await addMentorOf(db, [cohort.id], { handle: 'maple' })).id
  maple = await site.visitor({ handle: 'maple', password })
})

beforeEach(async () => {
  const hope = await addTrainee(db, { displayName: 'Hope & *Co*' })
  marking = await markingOf(db, await reflect(db, hope, cohort))
  await site.post('grading.claim', { key: randomUUID(), marking: String(marking) }, maple, '/desk')
  const [row] = await db
    .insert(savedComment)
    .values({ ownerId: mapleId, title: 'Well seen', markdown: 'Thank you, {name}.' })
    .returning()
  comment = row!.id
})

const chosen = Object.fromEntries(Object.entries(levels).map(([id, level]) => [`levels.${id}`, level]))
const press = (action: string, fields: Fields = {}, at = `/desk/${marking}`) =>
  site.post(
    action,
    {
      ...{
        key: randomUUID(),
        marking: String(marking),
        revision: '1',
        from: 'course=introduction-to-group-support',
      },
      ...{
        feedback: 'My very own words.',
        toChange: 'And these.',
        comment: String(comment),
        into: 'feedback',
      },
      ...chosen,
      ...fields,
    },
    maple,
    at,
  )
const page = async (path: string) => (await site.get(path, maple)).text()
const fieldOf = (html: string, name: string) =>
  new RegExp(`<textarea[^>]* name="${name}"[^>]*>([^<]*)<`).exec(html)?.[1]?.trim()
const follow = async (answer: Response) => {
  expect(answer.status).toBe(303)
  return page(answer.headers.get('location')!.replace(/#.*/, ''))
}

test('without a script, a comment goes to the end of the field, and nothing else that was there is lost', async () => {
  const answer = await press('comments.putIn', { hold: 'yes' })
  expect(answer.headers.get('location')).toMatch(/#grade-feedback$/)
  const html = await follow(answer)
  expect(fieldOf(html, 'feedback')).toBe('My very own words.\n\nThank you, Hope &amp; \\*Co\\*.')
  expect(fieldOf(html, 'toChange')).toBe('And these.')
  for (const [id, level] of Object.entries(levels))
    expect(html).toMatch(new RegExp(`<input[^>]* name="levels.${id}" value="${level}" checked`))
  expect(html).toMatch(/<input[^>]* name="hold" value="yes" checked/)
  expect(html).toContain('name="from" value="course=introduction-to-group-support"')
  expect(await db.select().from(grade).where(eq(grade.markingId, marking))).toEqual([])
})

test('it goes into what to change, if that is the field that was meant', async () => {
  const answer = await press('comments.putIn', { into: 'toChange', feedback: '' })
  expect(answer.headers.get('location')).toMatch(/#grade-toChange$/)
  const html = await follow(answer)
  expect(fieldOf(html, 'feedback')).toBe('')
  expect(fieldOf(html, 'toChange')).toBe('And these.\n\nThank you, Hope &amp; \\*Co\\*.')
})

test('what is put in and then graded reaches the author as words, and its drafts are gone', async () => {
  const html = await follow(await press('comments.putIn', { feedback: '' }))
  const feedback = fieldOf(html, 'feedback')!.replaceAll('&amp;', '&')
  expect((await press('grading.grade', { feedback, outcome: 'pass' })).status).toBe(303)
  const [given] = await db.select().from(grade).where(eq(grade.markingId, marking))
  expect(given!.feedbackHtml).toBe('<p>Thank you, Hope &#x26; *Co*.</p>')
  const drafts = await db.select().from(draft).where(eq(draft.personId, mapleId))
  expect(drafts.filter(({ name }) => name.endsWith(`:${marking}`))).toEqual([])
})

test('where there is no room for it, the page comes back with every word and every choice', async () => {
  const feedback = 'x'.repeat(4995)
  const answer = await press('comments.putIn', { feedback })
  expect(answer.status).toBe(400)
  const html = await answer.text()
  expect(html).toContain('There is no room left for that comment.')
  expect(fieldOf(html, 'feedback')).toBe(feedback)
  expect(fieldOf(html, 'toChange')).toBe('And these.')
  expect(html).toMatch(/<input[^>]* name="levels.care" value="there" checked/)
})

test('a comment that was removed meanwhile takes no words with it', async () => {
  await db.update(savedComment).set({ removedAt: new Date() }).where(eq(savedComment.id, comment))
  const answer = await press('comments.putIn')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('My very own words.')
})

test('a mentor who corrects their grade goes on correcting it', async () => {
  await press('grading.grade', { outcome: 'pass' })
  const correct = `/desk/${marking}?correct=yes`
  const html = await follow(await press('comments.putIn', { corrects: 'yes', feedback: 'Again.' }, correct))
  expect(fieldOf(html, 'feedback')).toBe('Again.\n\nThank you, Hope &amp; \\*Co\\*.')
  expect(html).toContain('name="corrects"')
  const refused = await (
    await press('comments.keepWords', { corrects: 'yes', feedback: 'Dear {friend}' }, correct)
  ).text()
  expect(refused).toContain('Nothing stands for {friend}.')
  expect(fieldOf(refused, 'feedback')).toBe('Dear {friend}')
})

test('words are kept for another time straight from the field, which keeps them too', async () => {
  const html = await follow(await press('comments.keepWords', { feedback: 'You waited, Hope & *Co*. Good.' }))
  expect(html).toContain('Kept as “You waited, {name}. Good.”.')
  expect(fieldOf(html, 'feedback')).toBe('You waited, Hope &amp; *Co*. Good.')
  expect(await page('/desk/comments')).toContain('You waited, {name}. Good.')
})

test('the page of comments offers two to begin with, and finds what was kept', async () => {
  await addMentorOf(db, [], { handle: 'fresh' })
  const fresh = await site.visitor({ handle: 'fresh', password })
  const empty = await (await site.get('/desk/comments', fresh)).text()
  expect(empty.match(/Keep this one/g)).toHaveLength(2)
  const kept = await site.post(
    'comments.keep',
    { key: randomUUID(), title: 'Mine', markdown: 'Words.' },
    fresh,
    '/desk/comments',
  )
  expect(kept.headers.get('location')).toBe('/desk/comments')
  const html = await (await site.get('/desk/comments', fresh)).text()
  expect(html).toContain('Mine')
  expect(html).not.toContain('Keep this one')
})

test('a comment that is refused comes back with its words, and says what is wrong', async () => {
  const answer = await site.post(
    'comments.keep',
    { key: randomUUID(), title: 'A title', markdown: 'Dear {friend}', course: '' },
    maple,
    '/desk/comments',
  )
  expect(answer.status).toBe(400)
  const html = await answer.text()
  expect(html).toContain('Nothing stands for {friend}.')
  expect(html).toContain('value="A title"')
  expect(fieldOf(html, 'markdown')).toBe('Dear {friend}')
})

test('another’s comment cannot be opened to be changed', async () => {
  const other = await addMentorOf(db)
  const [secret] = await db
    .insert(savedComment)
    .values({ ownerId: other.id, title: 'Secret', markdown: 'Secret words.' })
    .returning()
  expect((await site.get(`/desk/comments?change=${secret!.id}`, maple)).status).toBe(404)
  await db.update(savedComment).set({ shared: true }).where(eq(savedComment.id, secret!.id))
  expect(await page(`/desk/comments?change=${secret!.id}`)).not.toContain('Change a comment')
})

test('no script comes out of a title or of words, on the page or beside the field', async () => {
  await db.insert(savedComment).values(
    xssCorpus.slice(0, 50).map(payload => ({
      ...{ ownerId: mapleId, title: payload.slice(0, 80), markdown: `${payload} {name}`, shared: true },
    })),
  )
  const other = await addMentorOf(db, [cohort.id])
  const myrtle = await site.visitor({ handle: other.handle, password })
  for (const html of [
    await page(`/desk/${marking}`),
    ...(await Promise.all([1, 2, 3].map(n => page(`/desk/comments?page=${n}`)))),
    await (await site.get('/desk/comments?whose=others', myrtle)).text(),
  ]) {
    for (const payload of xssCorpus.filter(one => one.includes('<'))) expect(html).not.toContain(payload)
    expect(html.match(/ on[a-z]+="/g)).toBeNull()
  }
})
