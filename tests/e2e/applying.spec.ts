import { type Browser, expect, test } from '@playwright/test'
import { addAdmin } from '../support/cast.ts'
import { ownSite, peopleOf } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite()
const people = peopleOf(own)
let count = 0

async function admin(browser: Browser, scripts: boolean): Promise<Visitor> {
  const { handle } = await addAdmin(own.db, { handle: `alder${++count}` })
  return Visitor.signedIn(browser, handle, { origin: own.site.origin, scripts })
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`a mentor applies, two others speak for them, and an admin reads it all and grants, ${how}`, async ({
    browser,
  }) => {
    const maple = await people.mentor(browser, 'maple', scripts)
    await maple.page.goto('/path/mentor-leader')
    await maple.press('Apply')
    await maple.sees('Please say in a few sentences why you apply.')
    const question = maple.page.getByRole('textbox', { name: /^Which project would you take on/ })
    await question.fill('The evening rooms. <b>Nobody</b> leads there after nine.')
    await maple.press('Apply')
    await maple.sees('Your application is with the admins.')
    await maple.sees('The evening rooms. <b>Nobody</b> leads there after nine.')
    await maple.sees('Nobody yet.')

    for (const name of ['hazel', 'rowan']) {
      const other = await people.mentor(browser, name, scripts)
      await other.page.goto(`/people/${maple.handle}`)
      await other.page.getByText('Endorse them for a badge').click()
      await other.press('Endorse')
      await other.sees('Please say what you have seen them do.')
      await other.page
        .getByRole('textbox', { name: 'What have you seen them do?' })
        .fill(`${name} says: calm.`)
      await other.press('Endorse')
      await other.sees('You endorsed maple for Group Support Mentor Leader:')
    }
    await maple.page.goto('/')
    await maple.sees('endorsed you for Group Support Mentor Leader.')
    await maple.page.goto('/path/mentor-leader')
    await maple.sees('rowan says: calm.')
    await maple.sees('You have all that it takes.')

    const alder = await admin(browser, scripts)
    await alder.page.goto(`/admin/queue/${maple.handle}/mentor-leader`)
    await alder.sees('The evening rooms. <b>Nobody</b> leads there after nine.')
    await alder.sees('hazel says: calm.')
    await alder.press('Grant Group Support Mentor Leader')
    await alder.sees('Granted, and on the record.')
    await maple.page.goto('/path/mentor-leader')
    await maple.sees('You hold it since')
    await expect(maple.page.getByRole('heading', { name: 'Your application' })).toHaveCount(0)
  })

  test(`an application and an endorsement are taken back, ${how}`, async ({ browser }) => {
    const maple = await people.mentor(browser, 'maple', scripts)
    await maple.page.goto('/path/mentor-leader')
    await maple.page.getByRole('textbox', { name: /^Which project/ }).fill('The morning rooms.')
    await maple.press('Apply')
    await maple.page.getByText('Withdraw it').click()
    await maple.press('Withdraw my application')
    await maple.sees('Withdrawn. You can apply again whenever you like.')
    await expect(maple.page.getByRole('button', { name: 'Apply' })).toBeVisible()

    const hazel = await people.mentor(browser, 'hazel', scripts)
    await hazel.page.goto(`/people/${maple.handle}`)
    await hazel.page.getByText('Endorse them for a badge').click()
    await hazel.page.getByRole('textbox', { name: 'What have you seen them do?' }).fill('Calm.')
    await hazel.press('Endorse')
    await hazel.page.getByText('Withdraw this').click()
    await hazel.press('Withdraw my endorsement')
    await hazel.sees('Your endorsement is withdrawn.')
    await expect(hazel.page.getByText('Endorse them for a badge')).toBeVisible()
  })

  test(`somebody on their way chooses a track, and another one later, ${how}`, async ({ browser }) => {
    const clover = await people.joined(browser, 'clover', scripts)
    await clover.page.goto('/path/mentor')
    await clover.press('Choose this track')
    await clover.sees('Please choose one of the tracks.')
    await clover.page.getByRole('radio', { name: /^A team of your own/ }).check()
    await clover.press('Choose this track')
    await clover.sees('Your track is chosen.')
    await clover.page.getByRole('radio', { name: /^Quality everywhere/ }).check()
    await clover.press('Change my track')
    await clover.page.goto('/path/mentor')
    await expect(clover.page.getByRole('radio', { name: /^Quality everywhere/ })).toBeChecked()
  })
}
