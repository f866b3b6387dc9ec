import { type Browser, expect, test } from '@playwright/test'
import { attempt } from '../../db/schema/quizzes.ts'
import { content } from '../../src/authoring/content.ts'
import { goThrough } from '../../src/quizzes/recall/go-through.ts'
import { makeDue } from '../../src/quizzes/recall/remember.ts'
import { answeredAt } from '../../src/quizzes/recall/addresses.ts'
import { isChoice, rightAnswers, wrongAnswers } from '../quizzes/answering.ts'
import { feedbackIn } from '../quizzes/leaks.ts'
import { handIn } from '../quizzes/recall/remembering.ts'
import { addCohortOf, addTrainee } from '../support/cast.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite()

const quiz = 'introduction-to-group-support/what-group-support-is'
const { questions } = content().quiz(quiz)!

/** Somebody who passed the first quiz with a slip in the first question that was drawn, and all that their browser hears. */
async function afterAPass(browser: Browser, scripts: boolean) {
  const person = await addTrainee(own.db)
  await addCohortOf(own.db, [person])
  await handIn(own.db, content(), person, quiz, asked => ({
    ...rightAnswers(asked),
    ...wrongAnswers(asked.slice(0, 1)),
  }))
  const visitor = await Visitor.signedIn(browser, person.handle, { origin: own.site.origin, scripts })
  const heard: Promise<string>[] = []
  visitor.page.on('response', response => {
    if (/html|json|javascript/.test(response.headers()['content-type'] ?? ''))
      heard.push(response.text().catch(() => ''))
  })
  await visitor.page.goto('/')
  return { person, visitor, heard }
}

/** What is asked now. */
async function asked({ page }: Visitor) {
  const id = await page.locator('#card input[name="question"]').getAttribute('value')
  return questions.find(question => question.id === id)!
}

async function choose({ page }: Visitor, answers: ReturnType<typeof rightAnswers>) {
  for (const [id, options] of Object.entries(answers))
    for (const option of options) await page.locator(`input[name="answers.${id}"][value="${option}"]`).check()
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with JavaScript' : 'without JavaScript', () => {
    test('what one got wrong is asked again, talked over and put off; no key is told before an answer', async ({
      browser,
    }) => {
      const { visitor, heard } = await afterAPass(browser, scripts)
      const { page } = visitor
      const told = async () => (await Promise.all(heard)).join('\n')
      await visitor.follow('One question to keep fresh today')
      await visitor.sees('1 question for today')
      await visitor.follow('Begin')
      await visitor.sees('Question 1 of 1')
      const slip = await asked(visitor)
      const others = questions.filter(question => question !== slip)

      await visitor.press('Check')
      await visitor.sees('Some of this is open still.')
      expect(feedbackIn(await told(), questions)).toEqual([])
      await choose(visitor, wrongAnswers([slip]))
      await visitor.press('Check')
      await visitor.sees('Not quite')
      await visitor.sees('It comes back tomorrow.')
      expect(feedbackIn(await page.content(), [slip]).length).toBeGreaterThan(0)
      expect(feedbackIn(await told(), others)).toEqual([])
      await expect(page.getByRole('button', { name: 'It was easy' })).toHaveCount(0)
      if (scripts) expect(await page.evaluate(() => document.activeElement?.id)).toBe('recall')

      await page.getByRole('link', { name: 'Next' }).click()
      await visitor.sees('That is all for today: 1 question gone over. The next comes tomorrow.')
    })

    test('all of a quiz is gone through from its page, one by one, as often as one likes', async ({
      browser,
    }) => {
      const { visitor, heard } = await afterAPass(browser, scripts)
      const { page } = visitor
      await page.goto(`/courses/${quiz}/quiz`)
      await visitor.press(/^Go through all questions of/)
      await expect(page).toHaveURL(/\/recall\/next\?within=/)
      const left = new Set(questions)
      for (const place of questions.keys()) {
        await visitor.sees(`Question ${place + 1} of ${questions.length}`)
        const question = await asked(visitor)
        const before = (await Promise.all(heard)).join('\n')
        expect(feedbackIn(before, [...left]), 'told before an answer').toEqual([])
        left.delete(question)
        if (place === 1) await visitor.press('Show me')
        else {
          await choose(visitor, rightAnswers([question]))
          await visitor.press('Check')
        }
        await visitor.sees(place === 1 ? 'Left open' : 'Right')
        if (place === 0) await visitor.press('It was easy')
        else await page.getByRole('link', { name: 'Next' }).click()
      }
      expect(left.size).toBe(0)
      await visitor.sees(`That is all for today: ${questions.length} questions gone over.`)

      await page.goto('/recall')
      await page.getByLabel('Go through all questions of').selectOption(quiz)
      await visitor.press('Go through them')
      await visitor.sees(`Question 1 of ${questions.length}`)
    })
  })
}

const withScene = content()
  .courses.flatMap(({ modules }) => modules.flatMap(module => module.quiz ?? []))
  .find(({ questions }) => questions.some(({ kind }) => kind === 'chat'))!
const scene = withScene.questions.find(question => question.kind === 'chat')!

/** What is said to the choices of the scene, each shortened to a part that no escaping changes. */
const coachings = Object.values(scene.turns).flatMap(({ choices }) =>
  choices.map(({ coaching }) => coaching.split(/[^a-z ,]/i).toSorted((a, b) => b.length - a.length)[0]!),
)

for (const scripts of [true, false])
  test(`a scene is played turn by turn, can be left in the middle, and is told at its end, ${scripts ? 'with' : 'without'} JavaScript`, async ({
    browser,
  }) => {
    const { person, visitor, heard } = await afterAPass(browser, scripts)
    const { page } = visitor
    const { id, questions: all, passMark } = withScene
    const now = new Date()
    await own.db.insert(attempt).values({
      ...{ personId: person.id, quiz: id, number: 1, questions: [...all], passMark, outOf: 1, score: 1 },
      ...{ startedAt: now, submittedAt: now, passed: true },
    })
    await own.db.transaction(tx => makeDue(tx, person, id, [scene.id], now))
    await page.goto(`/recall/next?within=${id}`)
    const choices = page.locator('#card input[type="radio"]')
    for (let turn = 0; (await choices.count()) > 0; turn++) {
      const before = (await Promise.all(heard)).join(' ')
      expect(coachings.filter(words => before.includes(words))).toEqual([])
      await choices.first().check()
      await visitor.press('Do this')
      if (turn === 0) await page.goto(`/recall/next?within=${id}`)
    }
    await visitor.sees('It comes back')
    await visitor.sees('Coaching')
    const text = await page.content()
    expect(coachings.filter(words => text.includes(words)).length).toBeGreaterThan(1)
  })

test('what a card was answered is its person’s alone to see, and only after they answered', async ({
  browser,
}) => {
  const { person, visitor } = await afterAPass(browser, false)
  const { page } = visitor
  await own.db.transaction(tx => goThrough(tx, content(), person, { quiz }))
  for (const question of questions.filter(isChoice)) {
    await page.goto(answeredAt({ quiz, question: question.id }))
    await expect(page).toHaveURL(/\/recall\/next$/)
    expect(feedbackIn(await page.content(), questions)).toEqual([])
  }
})

test('by keyboard alone: choose, check, read, go on', async ({ browser }) => {
  const { visitor } = await afterAPass(browser, true)
  const { page } = visitor
  await page.goto('/recall/next')
  await page.locator('#card input:not([type="hidden"])').first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await visitor.sees('It comes back')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Next' })).toBeFocused()
  await page.keyboard.press('Enter')
  await visitor.sees('That is all for today')
})
