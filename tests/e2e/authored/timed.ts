import { expect, test } from '@playwright/test'
import type { Visitor } from '../visitor.ts'
import { quizCourse } from './content.ts'
import type { Place } from './place.ts'

const quiz = `/courses/${quizCourse}/against-the-clock/quiz`
const stem = 'You may ask for more time.'

export const attemptOf = ({ page }: Visitor) => Number(/\d+$/.exec(page.url())?.[0])

/** Moves the end of a try, as if one had begun it earlier: seconds from now, below 0 where it is over. */
export const endsIn = ({ db }: Place, attempt: number, seconds: number) =>
  db.$client`update attempt set ends_at = now() + make_interval(secs => ${seconds}),
    started_at = least(started_at, now() + make_interval(secs => ${seconds})) where id = ${attempt}`

/** Begins the quiz with the clock, answers it rightly, and has that saved. */
export async function begin(visitor: Visitor, answer: 'True' | 'False' = 'True'): Promise<number> {
  await visitor.page.goto(quiz)
  await visitor.press('Start the quiz')
  const attempt = attemptOf(visitor)
  await visitor.question(stem).getByRole('radio', { name: answer }).check()
  await visitor.press('Save and come back later')
  return attempt
}

/** What becomes of a quiz with a time limit. */
export function timed(place: () => Place): void {
  for (const scripts of [true, false])
    test.describe(scripts ? 'with JavaScript' : 'without JavaScript', () => {
      test('the clock is shown; what comes after its end is told kindly, and what was saved counts', async ({
        browser,
      }) => {
        const rowan = await place().somebody(browser, scripts)
        const { page } = rowan
        await rowan.take(quizCourse)
        await page.goto(quiz)
        await rowan.sees(/You have 10 minutes once you begin\. Your answers are saved as you go/)
        const attempt = await begin(rowan)
        await page.goto(`/attempts/${attempt}`)
        await rowan.sees(/^Time until /)
        if (scripts) await rowan.sees(', 10 minutes left')
        await endsIn(place(), attempt, 100)
        await page.reload()
        if (scripts) await rowan.sees(/, 1:\d\d left/)

        await endsIn(place(), attempt, -20)
        await rowan.question(stem).getByRole('radio', { name: 'False' }).check()
        if (!scripts) await rowan.press('Hand in')
        await rowan.sees('The time is over. What was saved by then has been handed in.')
        await page.goto(`/attempts/${attempt}`)
        await rowan.sees('Passed. Well done.')
        await rowan.sees('1 of 1 point')
      })

      test('an admin gives somebody more time, and they have it in their next try', async ({ browser }) => {
        const linden = await place().somebody(browser, scripts)
        await linden.take(quizCourse)
        const admin = await place().admin(browser, scripts)
        await admin.page.goto(`/admin/people/${linden.handle}`)
        const time = admin.page.getByRole('region', { name: 'Time in quizzes' })
        await time.getByText('Give extra time').click()
        await time.getByLabel('How much more, in per cent').fill('50')
        await time.getByLabel('Why').fill('Reads with a screen reader.')
        await admin.press('Keep this', time)
        await admin.sees('50% more than everybody')

        await linden.page.goto(quiz)
        await linden.sees('You have 15 minutes, 50% more than is usual once you begin.')
        const attempt = await begin(linden)
        const [row] = await place().db.$client<{ minutes: number }[]>`
          select extract(epoch from ends_at - started_at)::float8 / 60 as minutes from attempt where id = ${attempt}`
        expect(row?.minutes).toBeCloseTo(15)
        if (!scripts) return
        await linden.page.goto(`/attempts/${attempt}`)
        await linden.sees(', 15 minutes left')
      })
    })
}
