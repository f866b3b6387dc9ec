import { expect, test } from '@playwright/test'
import { ownSite, peopleOf } from './own-site.ts'

const own = ownSite()
const people = peopleOf(own)

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`practice with a mentor beside one waits for their word and then counts by the hour, ${how}`, async ({
    browser,
  }) => {
    const hope = await people.joined(browser, 'hope', scripts)
    const maple = await people.mentor(browser, 'maple', scripts)
    const form = hope.page.locator('#log')
    await hope.page.goto('/practice')
    await form.getByLabel('What was it?').selectOption('Practice session')
    await form.getByLabel('Where?').fill('Evening circle')
    await form.getByLabel('Their handle').fill('@nobody-here')
    await form.getByLabel('How many minutes?').fill('150')
    await hope.press('Log it')
    await hope.sees('Nobody has this handle.')
    await expect(form.getByLabel('How many minutes?')).toHaveValue('150')
    await form.getByLabel('Their handle').fill(`@${maple.handle}`)
    await hope.press('Log it')
    await hope.sees('Logged. Whoever was beside you will look at it.')
    await hope.sees(`Waits for @${maple.handle}`)

    await maple.page.goto('/')
    await maple.page.getByText('says that you were beside them').click()
    await maple.sees('2½ hours with')
    await maple.press(/^Confirm/)
    await maple.sees('Confirmed. It counts from now on.')
    await maple.sees('Nothing waits for your word.')
    await hope.page.goto('/path/support-session-leader')
    await hope.sees('2 hours of practice sessions with somebody beside you')
    await expect(
      hope.page.locator('.standing-list li.met').filter({ hasText: '2 hours of practice sessions' }),
    ).toBeVisible()
  })

  test(`a session is assessed by a checklist, read by whoever led it, and taken back, ${how}`, async ({
    browser,
  }) => {
    const hope = await people.joined(browser, 'hope', scripts)
    const maple = await people.mentor(browser, 'maple', scripts)
    await maple.page.goto(`/people/${hope.handle}`)
    await maple.page.getByRole('link', { name: 'Assess it: Leading a practice session' }).click()
    await maple.page.getByLabel('Where?').fill('Evening circle')
    for (const seen of await maple.page.getByRole('radio', { name: 'Seen' }).all()) await seen.check()
    await maple.press('Send it to them')
    await maple.sees('Please say what went well, and what to try next.')
    await expect(maple.page.getByRole('radio', { name: 'Seen' }).first()).toBeChecked()
    await maple.page
      .getByRole('textbox', { name: 'What went well, and what to try next?' })
      .fill('You let the silence be.')
    await maple.press('Send it to them')
    await maple.sees('Sent. It counts for them from now on.')

    await hope.page.goto('/')
    await hope.page.getByText('has assessed your practice session').click()
    await hope.sees('You let the silence be.')
    await hope.sees('Passed: 10 of 10 seen')
    await hope.page.goto('/practice/checklists/leading-a-session')
    await hope.sees('Your sessions so far')

    await maple.page.getByText('Take it back').click()
    await maple.press('Take this assessment back')
    await maple.sees('Taken back, and they are told.')
    await hope.page.goto('/practice')
    await hope.sees('Taken back')
  })
}
