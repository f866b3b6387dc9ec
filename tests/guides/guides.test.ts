import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { guideCompletion } from '../../db/schema/guides.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { loadFacts } from '../../src/badges/load-facts.ts'
import { Invalid, NotFound } from '../../src/errors.ts'
import { checkGuide } from '../../src/guides/check-guide.ts'
import { guidesGoal } from '../../src/guides/goal.ts'
import { ownCheck } from '../../src/guides/own-check.ts'
import type { Answers } from '../../src/quizzes/marking.ts'
import { feedbackIn } from '../quizzes/leaks.ts'
import { rightAnswers, wrongAnswers } from '../quizzes/answering.ts'
import { addTrainee, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'

const site = await testSite()
const { db } = site

const guide = content().guide('giving-a-warning')!
const { questions } = guide.check
const page = `/guides/${guide.id}`

const right = rightAnswers(questions)
const wrong = wrongAnswers(questions)
const fields = (answers: Answers) => ({
  guide: guide.id,
  ...Object.fromEntries(Object.entries(answers).map(([id, chosen]) => [`answers.${id}`, chosen])),
})

const check = (person: { id: number }, answers: Answers) =>
  db.transaction(tx => checkGuide(tx, content(), person, { guide: guide.id, answers }))
const completionsOf = (person: { id: number }) =>
  db.select().from(guideCompletion).where(eq(guideCompletion.personId, person.id))
const attemptsOf = (person: { id: number }) =>
  db.select().from(attempt).where(eq(attempt.personId, person.id))

describe('the check of a guide', () => {
  test('with all answers right completes it, once for all, and counts as a guide and not as a quiz', async () => {
    const person = await addTrainee(db)
    expect(await check(person, right)).toMatchObject({ completed: true })
    expect(await check(person, right)).toEqual({ attempt: null, completed: false })

    expect(await completionsOf(person)).toHaveLength(1)
    const facts = (await loadFacts(db, content(), [person.id])).get(person.id)!
    expect([facts.guidesCompleted, facts.quizzesPassed.size]).toEqual([1, 0])
    const said = await db.select().from(auditEntry).where(eq(auditEntry.actorId, person.id))
    expect(said.map(({ action }) => action)).toEqual(['attempt.submitted', 'guide.completed'])
  })

  test('with an answer that falls short says so of what was chosen, and may be tried again at once', async () => {
    const person = await addTrainee(db)
    const { attempt, completed } = await check(person, wrong)
    expect(completed).toBe(false)
    const shown = await ownCheck(db, person, guide.id, attempt!)
    expect(shown?.answers).toEqual(wrong)
    const options = shown!.review.flatMap(({ shown }) => (shown.as === 'options' ? shown.options : []))
    expect(options.every(({ right }) => right === undefined)).toBe(true)
    expect(shown!.review.every(({ said }) => said.length > 0)).toBe(true)

    expect(await check(person, right)).toMatchObject({ completed: true })
    expect((await attemptsOf(person)).map(({ number }) => number)).toEqual([1, 2])
  })

  test('pressed from two tabs at once completes the guide once', async () => {
    const person = await addTrainee(db)
    await Promise.all([1, 2, 3].map(() => db.execute(sql`select pg_sleep(0.05)`)))
    const checked = await Promise.all([1, 2, 3].map(() => check(person, right)))
    expect(checked.filter(({ completed }) => completed)).toHaveLength(1)
    expect(await completionsOf(person)).toHaveLength(1)
    expect(await attemptsOf(person)).toHaveLength(1)
  })

  test('with a question left open is not marked', async () => {
    const person = await addTrainee(db)
    await expect(check(person, { [questions[0]!.id]: ['a'] })).rejects.toThrow(Invalid)
    expect(await attemptsOf(person)).toEqual([])
  })

  test('tells nobody how another did', async () => {
    const [person, other] = [await addTrainee(db), await addTrainee(db)]
    const { attempt } = await check(person, wrong)
    expect(await ownCheck(db, other, guide.id, attempt!)).toBeNull()
    expect(await ownCheck(db, null, guide.id, attempt!)).toBeNull()
    expect(await ownCheck(db, person, 'closing-a-session', attempt!)).toBeNull()
  })

  test('of a guide that is not there is not found', async () => {
    const person = await addTrainee(db)
    const nowhere = db.transaction(tx => checkGuide(tx, content(), person, { guide: 'nowhere', answers: {} }))
    await expect(nowhere).rejects.toThrow(NotFound)
  })
})

describe('on the site', () => {
  test('a guest reads the list and the guides, and is asked to sign in for the check', async () => {
    const list = await (await site.get('/guides')).text()
    for (const { id } of content().guides) expect(list).toContain(`href="/guides/${id}"`)
    expect(list).not.toContain('Completed')

    const html = await (await site.get(page)).text()
    expect(html).toContain('href="/sign-in?next=/guides/giving-a-warning"')
    expect(feedbackIn(html, questions)).toEqual([])
    expect((await site.post('guides.check', fields(right), undefined, page)).headers.get('location')).toBe(
      `/sign-in?next=${encodeURIComponent(page)}`,
    )
  })

  test('a trainee reads, answers, sees what falls short with every choice kept, and completes the guide', async () => {
    const person = await addTrainee(db, { handle: 'moss' })
    const visitor = await site.visitor({ handle: 'moss', password })
    const before = await (await site.get(page, visitor)).text()
    expect(before).toContain('Check my answers')
    expect(feedbackIn(before, questions)).toEqual([])

    const refused = await site.post(
      'guides.check',
      { guide: guide.id, 'answers.good-warning': 'b' },
      visitor,
      page,
    )
    const refusedHtml = await refused.text()
    expect(refused.status).toBe(400)
    expect(refusedHtml).toContain('href="#guide-check-answers.skip-steps"')
    expect(refusedHtml.match(/ checked/g)).toHaveLength(1)
    expect(feedbackIn(refusedHtml, questions)).toEqual([])

    const short = await site.post('guides.check', fields(wrong), visitor, page)
    expect(short.status).toBe(303)
    const shown = await (await site.get(short.headers.get('location')!, visitor)).text()
    expect(shown.match(/ checked/g)).toHaveLength(Object.values(wrong).flat().length)
    expect(feedbackIn(shown, questions)).toHaveLength(Object.values(wrong).flat().length)
    expect(shown).toContain('Check again')

    const done = await site.post('guides.check', fields(right), visitor, page)
    const completed = await (await site.get(done.headers.get('location')!, visitor)).text()
    expect(completed).toContain('You completed this guide on')
    expect(completed).toContain('This guide is completed.')
    const list = await (await site.get('/guides', visitor)).text()
    expect(list).toMatch(/1 of 30 guides/)
    expect(list).toContain('Read next')
    expect(await completionsOf(person)).toHaveLength(1)
  })

  test('no guide gives away the key of its check before it is answered', async () => {
    await addTrainee(db, { handle: 'lark' })
    const visitor = await site.visitor({ handle: 'lark', password })
    for (const { id, check } of content().guides) {
      const html = await (await site.get(`/guides/${id}`, visitor)).text()
      const asked = html.slice(html.indexOf('<section id="check"'))
      expect(asked.match(/<fieldset/g), id).toHaveLength(check.questions.length)
      expect(feedbackIn(asked, check.questions), id).toEqual([])
    }
  })

  test('the page of a try at a check is the page of its guide', async () => {
    const person = await addTrainee(db, { handle: 'wren' })
    const { attempt } = await check(person, wrong)
    const visitor = await site.visitor({ handle: 'wren', password })
    const answer = await site.get(`/attempts/${attempt}`, visitor)
    expect(answer.headers.get('location')).toBe(`${page}?check=${attempt}#check`)
  })
})

test('the goal is what the next badge on the path asks for, then all there are', () => {
  const person = { kind: 'listener', ageBand: 'teen', badges: [] } as const
  const all = { need: content().guides.length, badge: null }
  expect(guidesGoal(content(), person, 0)).toEqual({ need: 30, badge: 'Teen Star' })
  expect(guidesGoal(content(), { ...person, badges: ['mentor'] }, 0)).toEqual(all)
  expect(guidesGoal(content(), person, 30)).toEqual(all)
})
