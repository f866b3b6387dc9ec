import { type Browser, expect, test } from '@playwright/test'
import { addMentorOf, addTrainee } from '../support/cast.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite()

/** Somebody at their browser, on the community's board. */
async function atTheBoard(browser: Browser, { handle }: { handle: string }, scripts: boolean) {
  const visitor = await Visitor.signedIn(browser, handle, { origin: own.site.origin, scripts })
  const { page } = visitor
  await page.goto('/boards/community')
  await expect(page.getByRole('heading', { name: 'The whole community' })).toBeVisible()
  return visitor
}

/** Two people at once, a trainee and a mentor. */
async function two(browser: Browser, scripts: boolean) {
  const mark = scripts ? 'with' : 'without'
  const trainee = await addTrainee(own.db, { displayName: `River ${mark}`, timeZone: 'Europe/London' })
  const mentor = await addMentorOf(own.db, [], { displayName: `Maple ${mark}` })
  return [await atTheBoard(browser, trainee, scripts), await atTheBoard(browser, mentor, scripts)] as const
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with JavaScript' : 'without JavaScript', () => {
    test('a trainee starts a topic and talks with a mentor, who pins it and closes it', async ({
      browser,
    }) => {
      const [trainee, mentor] = await two(browser, scripts)
      const title = `An ideal room, ${scripts ? 'by day' : 'by night'}`
      await trainee.follow('Start a topic')
      await trainee.page.getByLabel('Title').fill(title)
      await trainee.press('Start the topic')
      await expect(trainee.page.getByLabel('Title')).toHaveValue(title)
      await trainee.page.getByLabel('What would you like to say?').fill('One with a *kettle*.')
      await trainee.press('Start the topic')
      await expect(trainee.page.locator('.post em')).toHaveText('kettle')

      await mentor.page.reload()
      await mentor.follow(title)
      await mentor.page.getByLabel('Your reply').fill('And a window.')
      await mentor.press('Post reply')
      await expect(mentor.page.locator('.post.reply')).toContainText('And a window.')
      await expect(mentor.page.getByLabel('Your reply')).toHaveValue('')
      await mentor.press('Pin it to the head of the board')
      await mentor.sees('Pinned: it stands first on its board.')

      await trainee.page.getByLabel('Your reply').fill('A word that comes too late.')
      await mentor.press('Close the discussion')
      await mentor.sees(/Closed by/)
      await trainee.press('Post reply')
      await trainee.sees(/This discussion has been closed/)
      await expect(trainee.page.getByLabel('Your reply')).toHaveValue('A word that comes too late.')
      await trainee.page.goto('/boards/community')
      const first = trainee.page.locator('.topic-row').first()
      await expect(first).toContainText(title)
      await expect(first).toContainText('Pinned')
      await expect(first).toContainText('Closed')

      await mentor.press('Open the discussion again')
      await mentor.press('Unpin it')
      await trainee.follow(title)
      await trainee.page.getByLabel('Your reply').fill('In time after all.')
      await trainee.press('Post reply')
      await expect(trainee.page.locator('.post.reply').last()).toContainText('In time after all.')

      await trainee.page
        .locator('#discussion .post')
        .first()
        .getByRole('link', { name: /^Edit/ })
        .first()
        .click()
      await trainee.page.getByLabel('Title').fill(`${title}, with tea`)
      await trainee.press('Save changes')
      await expect(trainee.page.getByRole('heading', { level: 1 })).toHaveText(`${title}, with tea`)
    })

    test('a mentor asks, two people vote, and one changes their mind', async ({ browser }) => {
      const [trainee, mentor] = await two(browser, scripts)
      const question = `When shall we meet, ${scripts ? 'then' : 'now'}?`
      await mentor.page.goto('/boards/community/new')
      await mentor.follow('Poll')
      await mentor.page.getByLabel('Question').fill(question)
      await mentor.page.getByLabel('Answer 1').fill('Mornings')
      await mentor.page.getByLabel('Answer 2').fill('Evenings')
      await mentor.press('Start the poll')
      await mentor.page.getByRole('radio', { name: 'Mornings' }).check()
      await mentor.press('Vote')
      const votes = (visitor: Visitor) => visitor.page.locator('.bars b')
      await expect(votes(mentor)).toHaveText([/^1 vote · 100%$/, /^0 votes · 0%$/])

      await trainee.page.reload()
      await trainee.follow(question)
      await trainee.press('Vote')
      await trainee.sees('Please choose one of these.')
      await trainee.page.locator('#poll').getByRole('link', { name: 'See the results' }).click()
      await expect(votes(trainee)).toHaveText([/^1 vote · 100%$/, /^0 votes · 0%$/])
      await trainee.page.locator('#poll').getByRole('link', { name: 'Vote' }).click()
      await trainee.page.getByRole('radio', { name: 'Mornings' }).check()
      await trainee.press('Vote')
      await expect(votes(trainee)).toHaveText([/^2 votes · 100%$/, /^0 votes · 0%$/])
      await expect(trainee.page.locator('.bars .own')).toContainText('Mornings')
      await expect(trainee.page.locator('.bars .own')).toContainText('Your choice')

      await trainee.page.getByRole('link', { name: 'Change my vote' }).click()
      await expect(trainee.page.getByRole('radio', { name: 'Mornings' })).toBeChecked()
      await trainee.page.getByRole('radio', { name: 'Evenings' }).check()
      await trainee.press('Change my vote')
      await expect(votes(trainee)).toHaveText([/^1 vote · 50%$/, /^1 vote · 50%$/])

      await mentor.press('Close the discussion')
      await expect(votes(mentor)).toHaveText([/^1 vote · 50%$/, /^1 vote · 50%$/])
      await expect(mentor.page.getByRole('link', { name: 'Change my vote' })).toHaveCount(0)
    })

    test('a mentor asks how people are; two answer, and the hard day gets a gentle word', async ({
      browser,
    }) => {
      const [trainee, mentor] = await two(browser, scripts)
      await mentor.page.goto('/boards/community/new?form=check-in')
      await mentor.page.getByLabel('Question').fill(`How are you, ${scripts ? 'sun' : 'moon'}?`)
      await mentor.press('Start the check-in')
      await mentor.page.getByRole('radio', { name: 'Good' }).check()
      await mentor.page.getByLabel('A line about it').fill('The plums are ripe.')
      await mentor.press('Answer')
      await expect(mentor.page.locator('.columns b')).toHaveText(['0', '0', '0', '0', '1'])
      await expect(mentor.page.locator('.post.reply')).toContainText('The plums are ripe.')
      await mentor.misses(/You don’t have to carry it alone/)

      await trainee.page.goto(new URL(mentor.page.url()).pathname)
      await expect(trainee.page.locator('.post.reply')).toContainText('The plums are ripe.')
      await trainee.page.getByRole('radio', { name: 'Struggling' }).check()
      await trainee.press('Answer')
      await expect(trainee.page.locator('.columns b')).toHaveText(['1', '0', '0', '0', '1'])
      await trainee.sees(/You don’t have to carry it alone/)
      await trainee.sees('Helplines in United Kingdom')

      await trainee.page.getByRole('link', { name: 'Change my answer' }).click()
      await trainee.page.getByRole('radio', { name: 'So-so' }).check()
      await trainee.page.getByLabel('A line about it').fill('Tea helped.')
      await trainee.press('Answer')
      await expect(trainee.page.locator('.columns b')).toHaveText(['0', '0', '1', '0', '1'])
      await trainee.misses(/You don’t have to carry it alone/)
      await mentor.page.reload()
      await expect(mentor.page.locator('.post.reply').last()).toContainText('Tea helped.')
    })
  })
}
