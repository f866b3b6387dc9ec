import { type Browser, expect, test } from '@playwright/test'
import type { Visitor } from '../visitor.ts'
import { quizCourse } from './content.ts'
import type { Place } from './place.ts'

/** Two quizzes with the same mistake: one is mended by an admin with JavaScript, one by one without. */
const quizzes = { with: 'a-wrong-key', without: 'another-wrong-key' }
const reason = 'The key said to wait; saying hello is right.'

/** Who was right and marked wrong, and who was wrong and marked right. */
export interface Takers {
  wronged: Visitor
  lucky: Visitor
}

async function takeBoth(visitor: Visitor, answer: string, outcome: string) {
  await visitor.take(quizCourse)
  for (const quiz of Object.values(quizzes)) {
    await visitor.page.goto(`/courses/${quizCourse}/${quiz}/quiz`)
    await visitor.press('Start the quiz')
    await visitor.page.getByRole('radio', { name: answer }).check()
    await visitor.page.getByRole('radio', { name: 'True' }).check()
    await visitor.press('Hand in')
    await visitor.sees(outcome)
  }
}

/** Two people take both quizzes while the key is wrong. */
export async function takeWithWrongKey(place: Place, browser: Browser): Promise<Takers> {
  const [wronged, lucky] = [await place.somebody(browser, true), await place.somebody(browser, false)]
  await takeBoth(wronged, 'Say hello.', 'Not yet passed')
  await takeBoth(lucky, 'Wait.', 'Passed. Well done.')
  return { wronged, lucky }
}

/** Opens the try that a notification on somebody's home tells of. */
async function openTold(visitor: Visitor, words: string) {
  await visitor.page.goto('/')
  await visitor.press(words)
  await visitor.page.waitForURL(/\/attempts\/\d+$/)
}

/** What becomes of tries whose key was wrong, once that is mended in its file. */
export function remarked(place: () => Place, takers: () => Takers): void {
  for (const scripts of [true, false] as const)
    test(`an admin marks a quiz anew, who gains is told, and nobody ${scripts ? 'loses a pass' : 'but whom the admin lets lose it does'}, ${scripts ? 'with' : 'without'} JavaScript`, async ({
      browser,
    }) => {
      const quiz = `${quizCourse}/${quizzes[scripts ? 'with' : 'without']}`
      const { wronged, lucky } = takers()
      const admin = await place().admin(browser, scripts)
      const { page } = admin
      await page.goto(`/admin/quizzes/${quiz}`)
      await admin.follow('see whom re-marking concerns')
      await admin.sees('Somebody new comes in. What do you do?')
      const row = ({ handle }: Visitor) => page.getByRole('row').filter({ hasText: `@${handle}` })
      await expect(row(wronged)).toContainText(/1 of 2\s*2 of 2\s*now/)
      await expect(row(lucky)).toContainText(/2 of 2\s*1 of 2\s*no more/)
      await admin.press('Mark them anew')
      await admin.sees('Please say what was wrong: those concerned read it.')
      await expect(page.getByRole('radio', { name: 'keeps it' })).toBeChecked()
      await page.getByLabel('What was wrong').fill(reason)
      if (!scripts) await page.getByRole('radio', { name: /has not passed: 1 try/ }).check()
      await admin.press('Mark them anew')
      await admin.sees('Marked anew: 2 tries.')
      await admin.sees('Every try is marked by the keys as they stand.')
      await page.getByRole('navigation', { name: 'You are in' }).getByRole('link').last().click()
      await expect(page).toHaveURL(`/admin/quizzes/${quiz}`)

      await openTold(wronged, 'has 2 of 2 points now: it has passed')
      await wronged.sees('Passed. Well done.')
      await wronged.sees(/from 1 to 2 of 2 points:/)
      await wronged.sees(reason)
      await openTold(lucky, scripts ? 'and it stays passed' : 'and it has not passed any more')
      await lucky.sees(scripts ? 'Passed. Well done.' : 'Not yet passed')
      await lucky.sees(/from 2 to 1 of 2 points:/)
    })
}
