import { type Browser, expect, test } from '@playwright/test'
import { attempt } from '../../db/schema/quizzes.ts'
import { draw } from '../../src/quizzes/drawing.ts'
import type { Ordering } from '../../src/quizzes/questions/ordering.ts'
import { allKinds } from '../quizzes/all-kinds.ts'
import { quizOf } from '../quizzes/made-up.ts'
import { addCohortOf, addTrainee } from '../support/cast.ts'
import { ownSite } from './own-site.ts'
import { putInOrder, Visitor } from './visitor.ts'

const own = ownSite()

const quiz = 'introduction-to-group-support/what-group-support-is'

/** Somebody with a try before them that asks a question of each kind, in an order of its own. */
async function atThePaper(browser: Browser, scripts: boolean) {
  const person = await addTrainee(own.db)
  await addCohortOf(own.db, [person])
  const { questions } = draw(
    quizOf('q', { questions: allKinds, draw: allKinds.length, shuffle: true }),
    Math.random,
  )
  const [row] = await own.db
    .insert(attempt)
    .values({ personId: person.id, quiz, number: 1, questions, passMark: 80, outOf: questions.length })
    .returning()
  const visitor = await Visitor.signedIn(browser, person.handle, { origin: own.site.origin, scripts })
  const heard: Promise<string>[] = []
  visitor.page.on('response', response => {
    if (/html|json|javascript/.test(response.headers()['content-type'] ?? ''))
      heard.push(response.text().catch(() => ''))
  })
  await visitor.page.goto(`/attempts/${row!.id}`)
  return { visitor, heard, address: `/attempts/${row!.id}` }
}

/** Everything but the scene, as it is right. */
async function answerAll(visitor: Visitor) {
  const { page } = visitor
  await page.getByRole('radio', { name: 'A question that opens' }).check()
  await page.getByRole('checkbox', { name: 'Slowing down' }).check()
  await page.getByRole('checkbox', { name: 'Naming what one sees' }).check()
  await page.getByRole('radio', { name: 'False' }).check()
  await visitor
    .question(/steps from a reminder/)
    .getByLabel('Your answer')
    .fill('Warning Ladder')
  await visitor
    .question(/claim last/)
    .getByLabel('Your answer')
    .fill('15 min')
  await page.getByLabel('Moderator', { exact: true }).selectOption('keeps the room safe')
  await page.getByLabel('Mentor', { exact: true }).selectOption('answers reflections')
  await page.getByLabel('Gap 1').fill('listen')
  await page.getByLabel('Gap 2').selectOption('ask')
  const steps = allKinds.find(({ kind }) => kind === 'ordering') as Ordering
  await putInOrder(visitor.question(/in order/), steps)
}

async function playScene(visitor: Visitor) {
  const scene = visitor.question(/quiet room/)
  await expect(scene).toContainText('long day')
  await expect(scene).not.toContainText('A minute goes by.')
  await scene.getByRole('radio', { name: 'Long how?' }).check()
  await visitor.press('Do this', scene)
  await expect(scene).toContainText('A minute goes by.')
  await expect(scene.getByRole('radio', { name: 'Say nothing' })).toHaveCount(0)
  await scene.getByRole('radio', { name: 'Wait with them' }).check()
  await visitor.press('Do this', scene)
  await expect(scene).toContainText('The scene ends here.')
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with JavaScript' : 'without JavaScript', () => {
    test('a question of each kind is answered, kept, handed in and talked over; no key is told before', async ({
      browser,
    }) => {
      const { visitor, heard, address } = await atThePaper(browser, scripts)
      const { page } = visitor
      await visitor.press('Show a hint')
      await visitor.sees('Think of a door.')
      await playScene(visitor)
      await answerAll(visitor)
      await visitor.press('Save and come back later')
      await page.goto(address)
      await expect(visitor.question(/claim last/).getByLabel('Your answer')).toHaveValue('15 min')
      await expect(page.getByRole('checkbox', { name: 'Slowing down' })).toBeChecked()
      await expect(visitor.question(/quiet room/)).toContainText('The scene ends here.')
      if (scripts)
        await expect(
          visitor
            .question(/in order/)
            .locator('.item')
            .first(),
        ).toHaveText('A reminder')

      await page.getByLabel('Gap 1').fill('')
      await visitor.press('Hand in')
      await visitor.sees('Nothing is handed in yet')
      await page.getByLabel('Gap 1').fill('Listen')
      const before = await Promise.all(heard)
      expect(before.filter(text => text.includes('KEY'))).toEqual([])
      expect(before.length).toBeGreaterThan(3)

      await visitor.press('Hand in')
      await visitor.sees('Passed. Well done.')
      await visitor.sees('8.75 of 9 points')
      await visitor.sees('KEY: you stayed.')
      await visitor.sees('KEY: from gentle to firm.')
    })
  })
}

test('a choice in a scene is made once, however often it is pressed, and the page goes on where one was', async ({
  browser,
}) => {
  const { visitor, address } = await atThePaper(browser, true)
  const { page } = visitor
  const scene = visitor.question(/quiet room/)
  await scene.getByRole('radio', { name: 'Cheer up' }).check()
  await scene.getByRole('button', { name: 'Do this' }).dblclick()
  await expect(scene).toContainText('moss has left.')
  await expect(scene).toContainText('The scene ends here.')
  await expect(page).toHaveURL(/#question-scene$/)
  await page.goto(address)
  await expect(scene.getByRole('radio')).toHaveCount(0)
})

test('Enter in a field saves, and neither hands in nor buys a hint', async ({ browser }) => {
  const { visitor, address } = await atThePaper(browser, false)
  const { page } = visitor
  await visitor
    .question(/claim last/)
    .getByLabel('Your answer')
    .fill('15 minutes')
  await visitor
    .question(/claim last/)
    .getByLabel('Your answer')
    .press('Enter')
  await page.waitForLoadState('load')
  await page.goto(address)
  await expect(visitor.question(/claim last/).getByLabel('Your answer')).toHaveValue('15 minutes')
  await visitor.misses('Think of a door.')
})
