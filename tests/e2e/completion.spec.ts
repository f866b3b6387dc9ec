import { expect, test } from '@playwright/test'
import { calibrate, hold } from '../support/cast.ts'
import { ownSite, peopleOf } from './own-site.ts'
import { Visitor } from './visitor.ts'

const course = 'introduction-to-group-support'
const module = `${course}/what-group-support-is`

const own = ownSite()
// More people sign up here within a few minutes than one address may.
test.beforeEach(() => own.db.$client`delete from rate_limit`)

const people = peopleOf(own)

const idOf = async ({ handle }: Visitor) => {
  const [row] = await own.db.$client<{ id: string }[]>`select id from person where handle = ${handle}`
  return Number(row!.id)
}

/** Moves the moment at which the page was opened back, as if it had been read slowly. */
const readSlowly = ({ page }: Visitor) =>
  page.locator('#read-opened').evaluate(field => {
    const input = field as HTMLInputElement
    input.value = String(Number(input.value) - 3_600_000)
  })

for (const scripts of [true, false])
  test.describe(scripts ? 'with JavaScript' : 'without JavaScript', () => {
    test('a fast reader is asked once, kindly, and their word is enough; opening a page counts for nothing', async ({
      browser,
    }) => {
      const river = await people.joined(browser, 'river', scripts)
      await river.page.goto(`/courses/${course}`)
      await river.press('Start this course')
      await river.page.goto(`/courses/${module}`)
      await river.page.goto(`/courses/${module}`)
      await river.misses('You have read this module.')

      await river.press('I have read this to the end')
      await river.sees(
        /It takes most people about \d+ minutes\. Have you read it, or did somebody read it to you\?/,
      )
      await river.misses('You have read this module.')
      await river.press('Yes, I have read it')
      await river.sees('You have read this module.')
      await river.page.goto(`/courses/${course}`)
      await river.sees(/^0 of \d+ modules$/)
    })

    test('somebody bookmarks a guide, finds it again by its address, and takes the bookmark off', async ({
      browser,
    }) => {
      const moss = await people.joined(browser, 'moss', scripts)
      await moss.page.goto('/guides')
      const row = moss.page.locator('.guides li').filter({ hasText: 'Giving a warning' })
      await moss.press(/^Bookmark “Giving a warning”/, row)
      await expect(row.getByRole('button', { name: /^Bookmarked/ })).toBeVisible()
      await moss.page.getByRole('combobox', { name: 'Yours' }).selectOption('Bookmarked')
      await moss.page.getByRole('button', { name: 'Show' }).click()
      await expect(moss.page).toHaveURL(/show=bookmarked/)
      await expect(moss.page.locator('.guides li')).toHaveCount(1)
      await moss.follow('Giving a warning')
      await moss.press(/^Bookmarked/)
      await moss.page.goto('/guides?show=bookmarked')
      await moss.sees('No bookmark here yet.')
      await moss.follow('Show all guides')
      await moss.sees('Completed, for Group Support Mentor')
    })

    test('a mentor vouches for what they saw, and takes it back with a reason', async ({ browser }) => {
      const [fern, maple] = [
        await people.joined(browser, 'fern', scripts),
        await people.joined(browser, 'maple', scripts),
      ]
      await fern.page.goto(`/courses/${course}`)
      await fern.press('Start this course')
      await hold(own.db, { id: await idOf(maple) }, 'mentor')
      await calibrate(own.db, await idOf(maple))

      await maple.page.goto(`/people/${fern.handle}`)
      await maple.page.getByText('Vouch for something you saw').click()
      await maple.page.getByLabel(`I have seen @${fern.handle} do this`).selectOption('Giving a warning')
      await maple.press('Vouch for it')
      await maple.sees('Please say what you saw, in a sentence.')
      await maple.page.getByLabel('What you saw').fill('On Tuesday evening, calm and short.')
      await maple.press('Vouch for it')
      await maple.sees('On Tuesday evening, calm and short.')
      await maple.sees('1 of 30 guides')

      await fern.page.goto('/guides/giving-a-warning')
      await fern.sees('has seen you put this guide to use')
      await fern.page.goto('/')
      await fern.sees(`@${maple.handle} has seen you put “Giving a warning” to use`)

      await maple.page.getByText('Take this back').click()
      await maple.page.getByLabel('Why').fill('It was somebody else.')
      await maple.press('Take it back')
      await maple.sees('0 of 30 guides')
      await fern.page.goto('/guides/giving-a-warning')
      await fern.sees('Check my answers')
    })
  })

test('what is written beside it does not make a slow reader a fast one', async ({ browser }) => {
  const reed = await people.joined(browser, 'reed', true)
  await reed.page.goto(`/courses/${course}`)
  await reed.press('Start this course')
  await reed.page.goto(`/courses/${module}`)
  await readSlowly(reed)
  await reed.page.getByRole('textbox', { name: 'Your reflection' }).fill('I waited, and then I asked.')
  await reed.press('Post reflection')
  await reed.press('I have read this to the end')
  await reed.sees('You have read this module.')
})
