import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { attempt } from '../../db/schema/quizzes.ts'
import { standing } from '../../db/schema/badges.ts'
import { content } from '../../src/authoring/content.ts'
import type { Answers } from '../../src/quizzes/marking.ts'
import type { Choice } from '../../src/quizzes/questions/choice.ts'
import { addCohortOf, addTrainee, password } from '../support/cast.ts'
import { testSite, type Fields, type Visitor } from '../support/site.ts'
import { rightAnswers } from './answering.ts'
import { feedbackIn } from './leaks.ts'
import { question } from './made-up.ts'

const site = await testSite()
const { db } = site

const course = content().courses[0]!
const [first, second] = course.modules
const page = `/courses/${first!.id}/quiz`

/** A trainee who takes the course, in a browser. */
async function trainee(handle: string) {
  const person = await addTrainee(db, { handle })
  await addCohortOf(db, [person], course.id)
  return { person, visitor: await site.visitor({ handle, password }) }
}

/** Starts the first module's quiz; what is asked, with the key that the browser must not see. */
async function start({ person, visitor }: { person: { id: number }; visitor: Visitor }) {
  const answer = await site.post('quizzes.start', { quiz: first!.id }, visitor, page)
  expect(answer.status).toBe(303)
  const address = answer.headers.get('location')!
  const id = address.split('/').at(-1)!
  const [row] = await db
    .select()
    .from(attempt)
    .where(eq(attempt.id, Number(id)))
  expect(row?.personId).toBe(person.id)
  return { id, address, questions: row!.questions }
}

/** An answer as the fields of the form say it. */
const fieldsOf = (answers: Answers): Fields =>
  Object.fromEntries(Object.entries(answers).map(([id, answer]) => [`answers.${id}`, [...answer]]))

const textOf = async (answer: Promise<Response>) => (await answer).text()

let finch: Awaited<ReturnType<typeof trainee>>
beforeAll(async () => {
  finch = await trainee('finch')
})

test('a quiz is for those who are signed in and take the course', async () => {
  expect((await site.get(page)).headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(page)}`)
  const stranger = await addTrainee(db, { handle: 'stranger' })
  const visitor = await site.visitor({ handle: stranger.handle, password })
  expect(await textOf(site.get(page, visitor))).toContain('for people who take the course')
  expect((await site.post('quizzes.start', { quiz: first!.id }, visitor, page)).status).toBe(403)
})

test('a module that waits for an earlier one keeps its quiz closed', async () => {
  expect(second?.requires).toContain(first!.id)
  const address = `/courses/${second!.id}/quiz`
  expect(await textOf(site.get(address, finch.visitor))).toContain('finished what comes before')
  expect((await site.post('quizzes.start', { quiz: second!.id }, finch.visitor, address)).status).toBe(403)
})

test('from the quiz page to the review: the key is in no answer of the site before it is handed in', async () => {
  expect(await textOf(site.get(page, finch.visitor))).toContain('Start the quiz')
  const { id, address, questions } = await start(finch)
  const right = fieldsOf(rightAnswers(questions))

  const paper = await textOf(site.get(address, finch.visitor))
  expect(feedbackIn(paper, questions)).toEqual([])
  expect(paper).not.toMatch(/correct|feedback/)

  const saved = await site.post('quizzes.save', { attempt: id, ...right }, finch.visitor, address)
  expect([saved.status, saved.headers.get('location')]).toEqual([303, address])
  expect(await saved.text()).toBe('')
  const resumed = await textOf(site.get(address, finch.visitor))
  expect(resumed.match(/ checked/g)).toHaveLength(Object.values(right).flat().length)
  expect(feedbackIn(resumed, questions)).toEqual([])
  expect(await textOf(site.get(page, finch.visitor))).toContain('Go on with try 1')

  const handedIn = await site.post('quizzes.submit', { attempt: id, ...right }, finch.visitor, address)
  expect([handedIn.status, handedIn.headers.get('location')]).toEqual([303, address])
  const review = await textOf(site.get(address, finch.visitor))
  expect(review).toContain('Passed. Well done.')
  expect(feedbackIn(review, questions).length).toBeGreaterThanOrEqual(questions.length)
  expect(await textOf(site.get(page, finch.visitor))).toContain('You have passed this quiz')
})

test('with questions open the page comes back with the way to each, and every answer', async () => {
  const moss = await trainee('moss')
  const { id, address, questions } = await start(moss)
  const [one, ...others] = questions
  const some = { [`answers.${one!.id}`]: (one as Choice).options[0]!.id }
  const asked = await site.post('quizzes.submit', { attempt: id, ...some }, moss.visitor, address)
  expect(asked.headers.get('location')).toBe(`${address}?unanswered`)

  const html = await textOf(site.get(`${address}?unanswered`, moss.visitor))
  for (const { id } of others) {
    expect(html).toContain(`href="#paper-answers.${id}"`)
    expect(html).toContain(`id="paper-answers.${id}"`)
  }
  expect(html.match(/ checked/g)).toHaveLength(1)
  expect(feedbackIn(html, questions)).toEqual([])

  await site.post('quizzes.submit', { attempt: id, ...some, anyway: 'yes' }, moss.visitor, address)
  const review = await textOf(site.get(address, moss.visitor))
  expect(review).toContain('Not yet passed')
  expect(review).toContain('Left open')
  expect(feedbackIn(review, others)).toEqual([])

  const late = await site.post('quizzes.save', { attempt: id, ...some }, moss.visitor, address)
  expect(late.status).toBe(409)
  expect(await late.text()).toContain('this change came too late')
})

test('nobody sees, answers or hands in what is another’s', async () => {
  const fern = await trainee('fern')
  const { id, address } = await start(fern)
  expect((await site.get(address, finch.visitor)).status).toBe(404)
  for (const action of ['quizzes.save', 'quizzes.submit'])
    expect((await site.post(action, { attempt: id }, finch.visitor)).status).toBe(404)
  for (const nothing of [
    '/attempts/0',
    '/attempts/-1',
    '/attempts/1e3',
    '/attempts/999999999999999',
    '/attempts/x',
  ])
    expect((await site.get(nothing, finch.visitor)).status).toBe(404)
})

test('hostile forms get an answer without a key in it, and leave no trace', async () => {
  const reed = await trainee('reed')
  const { id, address, questions } = await start(reed)
  const hostile: Fields[] = [
    {},
    { attempt: 'x' },
    { attempt: '9'.repeat(40) },
    { attempt: id, [`answers.${'x'.repeat(500)}`]: 'a' },
    { attempt: id, 'answers.q': 'x'.repeat(5000) },
    { attempt: id, 'answers.q': Array.from({ length: 50 }, () => 'a') },
    { attempt: id, 'answers.__proto__': 'a', 'answers.constructor': 'a', 'answers.': 'a' },
    { attempt: id, leave: 'no', anyway: 'no' },
  ]
  for (const fields of hostile)
    for (const action of ['quizzes.save', 'quizzes.submit']) {
      const answer = await site.post(action, fields, reed.visitor, address)
      expect([303, 400, 404], `${action} ${JSON.stringify(fields).slice(0, 60)}`).toContain(answer.status)
      expect(feedbackIn(await answer.text(), questions)).toEqual([])
    }
  const [row] = await db
    .select()
    .from(attempt)
    .where(eq(attempt.id, Number(id)))
  expect(row).toMatchObject({ answers: {}, submittedAt: null })
})

test('no quiz that ships gives away its key before it is handed in', async () => {
  const lark = await trainee('lark')
  const modules = content().courses.flatMap(({ modules }) => modules)
  for (const { id, quiz } of modules) {
    if (!quiz) continue
    const questions = [...quiz.questions]
    const [row] = await db
      .insert(attempt)
      .values({
        personId: lark.person.id,
        quiz: id,
        number: 1,
        questions,
        passMark: 80,
        outOf: questions.length,
      })
      .returning()
    const paper = await textOf(site.get(`/attempts/${row!.id}`, lark.visitor))
    expect(paper.match(/<fieldset/g), id).toHaveLength(questions.length)
    expect(feedbackIn(paper, questions), id).toEqual([])
  }
})

test('a question may be called what every object has', async () => {
  const rue = await trainee('rue')
  const questions = [question('constructor', 'single', 'a')]
  const [row] = await db
    .insert(attempt)
    .values({ personId: rue.person.id, quiz: first!.id, number: 1, questions, passMark: 80, outOf: 1 })
    .returning()
  const address = `/attempts/${row!.id}`
  expect(await textOf(site.get(address, rue.visitor))).toContain('0 of 1 answers saved')
  await site.post(
    'quizzes.submit',
    { attempt: String(row!.id), 'answers.constructor': 'a' },
    rue.visitor,
    address,
  )
  expect(await textOf(site.get(address, rue.visitor))).toContain('Passed. Well done.')
})

test('passing moves the standing on the badge in the same write', async () => {
  const before = await standingsOf(finch.person)
  expect(before.length).toBeGreaterThan(0)
  const wren = await trainee('wren')
  const { id, address, questions } = await start(wren)
  await db.delete(standing).where(eq(standing.personId, wren.person.id))
  await site.post(
    'quizzes.submit',
    { attempt: id, ...fieldsOf(rightAnswers(questions)) },
    wren.visitor,
    address,
  )
  expect(await standingsOf(wren.person)).toHaveLength(content().badges.length)
})

const standingsOf = (person: { id: number }) =>
  db
    .select()
    .from(standing)
    .where(and(eq(standing.personId, person.id)))
