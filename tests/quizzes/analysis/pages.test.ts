import { beforeAll, expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, password } from '../../support/cast.ts'
import { testSite, type Visitor } from '../../support/site.ts'
import { byStrength, handIn, picking, tries } from './handed-in.ts'

const site = await testSite()
const { db } = site
const quiz = content().quiz(content().courses[0]!.modules[0]!.id)!
const page = `/admin/quizzes/${quiz.id}`

let alder: Visitor
let maple: Visitor
let tansy: Visitor

beforeAll(async () => {
  const cohort = await addCohortOf(db)
  await addMentorOf(db, [cohort.id], { handle: 'maple' })
  await addAdmin(db, { handle: 'alder' })
  await addTrainee(db, { handle: 'tansy' })
  const visit = (handle: string) => site.visitor({ handle, password })
  ;[alder, maple, tansy] = [await visit('alder'), await visit('maple'), await visit('tansy')]
  const usual = byStrength(() => 0.4)
  await handIn(
    db,
    quiz.id,
    tries(quiz.questions, 40, (question, n, people) => {
      const wrong = 'options' in question ? question.options.find(({ correct }) => !correct) : undefined
      const right = usual(question, n, people)
      return right.length > 0 || !wrong ? right : picking(question, wrong.text)
    }),
  )
})

async function html(path: string, visitor: Visitor): Promise<string> {
  const answer = await site.get(path, visitor)
  expect(answer.status).toBe(200)
  return answer.text()
}

/** Its words, as a reader meets them. */
const read = async (path: string, visitor: Visitor) =>
  (await html(path, visitor))
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

test('an admin finds the quizzes among the parts of the administration, and opens one', async () => {
  expect(await html('/admin', alder)).toContain('href="/admin/quizzes"')
  const list = await html('/admin/quizzes', alder)
  expect(list).toContain(`href="${page}"`)
  const words = await read(page, alder)
  expect(words).toContain('First tries 40')
  expect(words).toContain('Facility 60%')
  expect(words).toContain('Strongest third')
  expect(words).toContain('How to read this')
})

test('a mentor sees them too, among the parts of their desk, and nothing there can be changed', async () => {
  expect(await html('/desk', maple)).toContain('href="/admin/quizzes"')
  const main = /<main[\s\S]*<\/main>/.exec(await html(page, maple))?.[0]
  expect(main).toContain('Question by question')
  expect(main).not.toContain('<form')
})

test('a trainee does not learn that there is such a page', async () => {
  expect((await site.get('/admin/quizzes', tansy)).status).toBe(404)
  expect((await site.get(page, tansy)).status).toBe(404)
})

test('a quiz that does not exist is not there, and one that nobody took says so', async () => {
  expect((await site.get('/admin/quizzes/no/such', alder)).status).toBe(404)
  expect(await read('/admin/quizzes/guides/giving-a-warning', alder)).toContain(
    'Nobody has handed this quiz in yet',
  )
})

test('a page of the list that is beyond its end, or of a course that is not there, is calm', async () => {
  expect(await read('/admin/quizzes?from=99999', alder)).toContain('There is no quiz here')
  expect(await read('/admin/quizzes?of=nothing&from=-1', alder)).toContain('Introduction to Group Support')
})

test('the figures can be taken into a spreadsheet, which takes none of them for a formula', async () => {
  const answer = await site.get(`${page}.csv`, alder)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = (await answer.text()).trimEnd().split('\r\n')
  expect(lines).toHaveLength(1 + quiz.questions.length)
  expect(lines[0]).toContain('facility,item-rest')
  expect(lines[1]).toContain(`1,${quiz.questions[0]!.id},`)
  expect((await site.get(`${page}.csv`, tansy)).status).toBe(404)
})

test('every address on the page of a quiz leads to a question that stands there', async () => {
  const text = await html(page, alder)
  const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  const links = [...text.matchAll(/href="#(q-[^"]+)"/g)].map(([, id]) => id)
  expect(links).toHaveLength(quiz.questions.length)
  expect(links.filter(id => !ids.has(id))).toEqual([])
})

test('no drawing needs an inline style, and each is hidden from those who are told the figure', async () => {
  const main = /<main[\s\S]*<\/main>/.exec(await html(page, alder))![0]
  expect(main).not.toMatch(/<[^>]+ style=/)
  for (const [drawing] of main.matchAll(/<svg class="share-bar[^>]*>/g))
    expect(drawing).toContain('aria-hidden')
})
