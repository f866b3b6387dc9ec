import { type Browser, expect, test } from '@playwright/test'
import { content } from '../../src/authoring/content.ts'
import { handOut } from '../../src/grading/pace/hand-out.ts'
import { ownSite, peopleOf } from './own-site.ts'
import { daysAgo, Visitor } from './visitor.ts'

const course = 'introduction-to-group-support'
const module = `${course}/what-group-support-is`

const own = ownSite()

const people = peopleOf(own)

const trainee = (browser: Browser, scripts: boolean) => people.joined(browser, 'river', scripts, course)

/** Somebody who holds the Mentor badge, has graded the examples, and is the only one. */
async function mentor(browser: Browser, scripts: boolean): Promise<Visitor> {
  await own.db
    .$client`update certificate set ended_at = now(), ended_by = 'revocation' where ended_at is null`
  return people.mentor(browser, 'maple', scripts)
}

const share = () => own.db.transaction(tx => handOut(tx, content()))

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`a mentor is handed work, goes away, and comes back early, ${how}`, async ({ browser }) => {
    const river = await trainee(browser, scripts)
    await river.reflect(module, 'I would wait, and then ask.')
    const maple = await mentor(browser, scripts)
    const { page } = maple
    await share()
    await page.goto('/desk')
    const yours = page.locator('.waiting').filter({ hasText: river.handle }).getByText('Yours')
    await expect(yours).toBeVisible()

    await maple.follow('Your pace')
    await page.getByLabel('Reflections a week').fill('8')
    await page.getByLabel('First day away').fill(daysAgo(0))
    await maple.press('Keep this')
    await maple.sees('Please give your last day away too')
    await expect(page.getByLabel('Reflections a week')).toHaveValue('8')
    await page.getByLabel('Last day away').fill(daysAgo(-7))
    await maple.press('Keep this')
    await maple.sees('Kept. Work is handed out to you by it from now on.')
    await maple.sees(/You are away until/)

    await page.goto('/desk')
    await maple.sees(/You are away until/)
    await expect(yours).toHaveCount(0)
    await share()
    await page.goto('/desk')
    await expect(yours).toHaveCount(0)

    await maple.press('I am back')
    await maple.misses(/You are away until/)
    await share()
    await page.goto('/desk')
    await expect(yours).toBeVisible()
    await page.goto('/desk/pace')
    await expect(page.getByLabel('Reflections a week')).toHaveValue('8')
  })

  test(`a mentor finds who has gone quiet, and how the work lies, ${how}`, async ({ browser }) => {
    const river = await trainee(browser, scripts)
    const maple = await mentor(browser, scripts)
    await maple.page.goto('/desk/people')
    await maple.misses(river.handle)
    await own.db.$client`
      update enrolment set at = now() - interval '20 days'
      where person_id = (select id from person where handle = ${river.handle})`
    await maple.page.goto('/desk/people')
    const row = maple.page.locator('.person-row').filter({ hasText: river.handle })
    await expect(row).toContainText('Last here')
    await row.getByRole('link').click()
    await expect(maple.page).toHaveURL(`/people/${river.handle}`)

    // Whoever stands there sees nothing of it.
    await river.page.goto('/')
    await river.misses(/quiet/i)

    await maple.page.goto('/desk/load')
    await maple.sees('You are the only mentor at this moment.')
    await maple.sees('No answer has gone out in the last 28 days.')
  })
}
