import { type Browser, expect, type Page, test } from '@playwright/test'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const module = 'introduction-to-group-support/what-group-support-is'
const words = 'The night room, because nobody hurries there.'

const own = ownSite()

let count = 0

/** Somebody who has just begun the course, with their cursor in the reflection. */
async function atTheQuestion(browser: Browser): Promise<{ visitor: Visitor; page: Page }> {
  const visitor = await Visitor.joined(browser, `writer${++count}`, {
    ...{ origin: own.site.origin, scripts: true, name: 'Writer', course: module.split('/')[0]! },
  })
  const { page } = visitor
  await page.goto(`/courses/${module}`)
  return { visitor, page }
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Your reflection' })
const post = (page: Page) => page.getByRole('button', { name: 'Post reflection' })
const posted = (page: Page) => page.locator('#reflection .post')

test('whoever signs up reads times as their own clock shows them', async ({ browser }) => {
  const visitor = await Visitor.open(browser, 'traveller', { origin: own.site.origin, scripts: true })
  await visitor.signUp('Traveller')
  const { page } = visitor
  const zone = await page.evaluate(() => new Intl.DateTimeFormat().resolvedOptions().timeZone)
  expect(zone).not.toBe('UTC')
  await page.goto('/account')
  await expect(page.getByLabel('Time zone')).toHaveValue(zone)
})

test('a double click posts once', async ({ browser }) => {
  const { page } = await atTheQuestion(browser)
  const posts: string[] = []
  page.on('request', request => {
    if (request.method() === 'POST') posts.push(request.url())
  })
  await box(page).fill(words)
  await post(page).dblclick()
  await expect(posted(page)).toContainText(words)
  expect(posts).toHaveLength(1)
  await page.reload()
  await expect(page.getByText(words)).toHaveCount(1)
})

test('whoever was signed out meanwhile keeps every word, signs in in another tab, and posts', async ({
  browser,
}) => {
  const { visitor, page } = await atTheQuestion(browser)
  await box(page).fill(words)
  await page.context().clearCookies()
  await post(page).click()
  await expect(page.locator('#flash')).toContainText('You have been signed out')
  await expect(box(page)).toHaveValue(words)

  const opened = page.context().waitForEvent('page')
  await page
    .locator('#flash')
    .getByRole('link', { name: /Sign in/ })
    .click()
  const tab = await opened
  await tab.getByLabel(/Handle/).fill(visitor.handle)
  await tab.getByLabel('Password').fill('a long password')
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await tab.waitForURL(url => url.pathname !== '/sign-in')
  await tab.close()

  await post(page).click()
  await expect(posted(page)).toContainText(words)
})

test('whoever is offline is told so, and loses nothing', async ({ browser }) => {
  const { page } = await atTheQuestion(browser)
  await box(page).fill(words)
  await page.context().setOffline(true)
  await post(page).click()
  await expect(page.locator('#flash')).toContainText('We could not reach Trellis')
  await expect(box(page)).toHaveValue(words)
  await page.context().setOffline(false)
  await post(page).click()
  await expect(posted(page)).toContainText(words)
})

test('a half-written reflection is there again after the tab was closed, until it is posted', async ({
  browser,
}) => {
  const { page } = await atTheQuestion(browser)
  await box(page).pressSequentially(words.slice(0, 20))
  await page.close()
  const again = await page.context().newPage()
  await again.goto(`/courses/${module}`)
  await expect(box(again)).toHaveValue(words.slice(0, 20))
  await expect(again.getByText('These are your own words from before')).toBeVisible()
  await box(again).fill(words)
  await post(again).click()
  await expect(posted(again)).toContainText(words)
  await again.reload()
  await expect(again.getByText('These are your own words from before')).toHaveCount(0)
})

test('a reply opens in its place, and the rest of the page stays', async ({ browser }) => {
  const { page: first } = await atTheQuestion(browser)
  await box(first).fill('Something to reply to.')
  await post(first).click()
  await expect(posted(first)).toBeVisible()
  const { page } = await atTheQuestion(browser)
  const thread = page.locator('#discussion .post').filter({ hasText: 'Something to reply to.' })
  const loads: string[] = []
  page.on('load', () => loads.push(page.url()))
  await thread.getByRole('link', { name: /^Reply/ }).click()
  await page.getByRole('textbox', { name: /^Reply to/ }).fill('I read this twice.')
  await page.getByRole('button', { name: 'Post reply' }).click()
  await expect(page.locator('.post.reply')).toContainText('I read this twice.')
  expect(loads).toEqual([])
})
