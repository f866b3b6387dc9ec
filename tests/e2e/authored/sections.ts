import { expect, test } from '@playwright/test'
import type { Visitor } from '../visitor.ts'
import { bank, deeds, quizCourse } from './content.ts'
import type { Place } from './place.ts'

const quiz = `/courses/${quizCourse}/in-two-parts/quiz`
const fitting = bank.filter(({ id }) => id.startsWith('fits')).map(({ stem }) => stem)

const stemsOf = async ({ page }: Visitor) =>
  (await page.getByRole('group').locator('.stem').allInnerTexts()).map(text => text.trim())

/** Answers so many of what was drawn from the bank rightly, and all of the other section. */
async function answer(visitor: Visitor, drawn: readonly string[], right: number) {
  for (const [index, stem] of drawn.entries())
    await visitor
      .question(stem)
      .getByRole('radio', { name: index < right ? 'True' : 'False' })
      .check()
  for (const { stem } of deeds) await visitor.question(stem).getByRole('radio', { name: 'True' }).check()
  await visitor.press('Hand in')
}

/** What becomes of a quiz in sections, one of which draws from a bank. */
export function sections(place: () => Place): void {
  for (const scripts of [true, false])
    test(`each try draws what fits from the bank, and a section that falls short decides, ${scripts ? 'with' : 'without'} JavaScript`, async ({
      browser,
    }) => {
      const hazel = await place().somebody(browser, scripts)
      await hazel.take(quizCourse)
      await hazel.page.goto(quiz)
      await hazel.sees(
        '5 questions; it takes 3 of 5 points to pass. In “Opening a room” it takes 100% as well.',
      )
      for (const right of [1, 2]) {
        await hazel.page.goto(quiz)
        await hazel.press(right === 1 ? 'Start the quiz' : 'Try again')
        for (const title of ['Opening a room', 'Being there'])
          await expect(hazel.page.getByRole('heading', { name: title })).toBeVisible()
        const stems = await stemsOf(hazel)
        const drawn = stems.slice(0, 2)
        expect(new Set(drawn).size).toBe(2)
        expect(fitting).toEqual(expect.arrayContaining(drawn))
        expect(stems.slice(2)).toEqual(deeds.map(({ stem }) => stem))
        await answer(hazel, drawn, right)
        await hazel.sees(right === 1 ? 'Not yet passed' : 'Passed. Well done.')
        await hazel.sees(right === 1 ? '4 of 5 points' : '5 of 5 points')
        const results = hazel.page.locator('.section-results li')
        await expect(results.first()).toContainText(
          right === 1 ? /1 of 2 points\s*takes 2/ : /2 of 2 points\s*reached/,
        )
        await expect(results.last()).toContainText('Being there 3 of 3 points')
      }
    })
}
