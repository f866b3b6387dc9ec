import { type Browser, expect, test } from '@playwright/test'
import { alike, anchorsOf, apart, course } from '../grading/calibration/anchors.ts'
import { addNewMentorOf } from '../support/cast.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite()

const anchors = anchorsOf()

/** A mentor who is new to the desk, at the list of what is to calibrate. */
async function newMentor(browser: Browser, scripts: boolean) {
  const { handle } = await addNewMentorOf(own.db)
  const visitor = await Visitor.signedIn(browser, handle, { origin: own.site.origin, scripts })
  const { page } = visitor
  await page.goto('/desk/calibration')
  await expect(page.getByRole('heading', { name: 'Desk' })).toBeVisible()
  return visitor
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with JavaScript' : 'without JavaScript', () => {
    test('a new mentor grades the examples, is a round short, goes again, and live work opens', async ({
      browser,
    }) => {
      const mentor = await newMentor(browser, scripts)
      const { page } = mentor
      await mentor.follow('Introduction to Group Support')
      await mentor.sees('0 of 5 examples')
      await mentor.follow('Grade the first one')

      await mentor.press('Grade it and compare')
      await mentor.sees('Please look at this again')
      await mentor.sees('Please choose a level for “Honest and specific”.')
      await mentor.sees('Please choose what you would make of it.')

      for (const [index, anchor] of anchors.entries()) {
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Reflection ${index + 1} of 5`)
        await mentor.misses(anchor.note)
        await mentor.grade(apart(anchor))
        await expect(page.locator('#compare .sum')).toHaveText(/^0 of \d alike$/)
        await mentor.sees(anchor.note)
        if (index < anchors.length - 1) await mentor.follow('Next reflection')
      }
      await mentor.sees('That was the last one. See how you compare over all')
      await mentor.follow('How you compare over all')
      await mentor.sees('Not quite alike yet. One more round.')
      await page.getByRole('link', { name: 'Reflection 3: 0 of 4 alike' }).click()
      await mentor.sees('How you compare, round 1')
      await page.goBack()

      await mentor.follow('Grade the first one')
      for (const [index, anchor] of anchors.entries()) {
        await expect(page.getByRole('heading', { name: 'Your grade, round 2' })).toBeVisible()
        await mentor.grade(alike(anchor))
        await mentor.sees('you and the author saw the same')
        if (index < anchors.length - 1) await mentor.follow('Next reflection')
      }
      await mentor.sees('Live work is open to you.')
      await page.goto(`/desk/calibration/${course}`)
      await mentor.sees('Done: live work is open to you in this course.')
      await mentor.sees('Round 1: 0 of 22 alike')
    })

    test('somebody in two tabs grades an example once, and both show what counts', async ({ browser }) => {
      const mentor = await newMentor(browser, scripts)
      const anchor = anchors[0]!
      const address = `/desk/calibration/${course}/${anchor.id}`
      await mentor.page.goto(address)
      const other = await mentor.page.context().newPage()
      await other.goto(address)
      await mentor.grade(alike(anchor))
      for (const radio of ['levels.honesty', 'levels.connection', 'levels.care', 'outcome'])
        await other.locator(`input[name="${radio}"]`).first().check()
      await other.getByRole('button', { name: 'Grade it and compare' }).click()
      await expect(other.getByText('You have graded this one in this round.')).toBeVisible()
      await expect(other.locator('#compare .sum')).toContainText('4 of 4 alike')
    })
  })
}
