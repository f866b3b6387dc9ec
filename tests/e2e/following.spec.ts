import { type Browser, expect, type Page, test } from '@playwright/test'
import type { RunningSite } from '../support/start.ts'
import { twoInstances } from './own-site.ts'
import { Visitor } from './visitor.ts'

const module = 'introduction-to-group-support/what-group-support-is'

/** Two instances of the site on one database: of two people, one is at each. */
const own = twoInstances()

let count = 0

/** Somebody who takes the course and has posted their reflection, at one of the two instances. */
async function inTheDiscussion(browser: Browser, site: RunningSite, scripts = true): Promise<Visitor> {
  const name = `reader${++count}`
  const visitor = await Visitor.joined(browser, name, {
    ...{ origin: site.origin, scripts, name: `Reader ${count}`, course: module.split('/')[0]! },
  })
  await visitor.reflect(module, `What ${name} thinks.`)
  return visitor
}

const threadOf = (page: Page, { handle }: Visitor) =>
  page
    .locator('#work article.post')
    .filter({ hasText: `What ${handle} thinks.` })
    .first()

async function reply(visitor: Visitor, to: Visitor, words: string): Promise<void> {
  const { page } = visitor
  if (!page.url().includes(module)) await page.goto(`/courses/${module}`)
  await page.goto(`/courses/${module}`)
  await threadOf(page, to)
    .getByRole('link', { name: /^Reply/ })
    .first()
    .click()
  await page.getByRole('textbox', { name: /^Reply to/ }).fill(words)
  await visitor.press('Post reply')
}

const marks = (page: Page) => page.locator('.post .new')
const arrivals = (page: Page) => page.locator('#arrivals')
const connected = (page: Page) =>
  page.waitForResponse(response => response.url().includes('/events') && response.status() === 200)

test('what came since one’s last visit is marked as new, one can jump to it, and reading it takes the mark away', async ({
  browser,
}) => {
  const hope = await inTheDiscussion(browser, own.site)
  const moss = await inTheDiscussion(browser, own.there)
  await hope.page.goto('/helplines')
  await reply(moss, hope, 'I have been own.there.')
  const { page } = hope
  await page.goto(`/courses/${module}`)
  await expect(page.locator('#following')).toContainText('2 new posts')
  await expect(marks(page)).toHaveCount(2)
  const told = page.waitForRequest(request => request.url().includes('following.read'))
  await page.getByRole('link', { name: 'Jump to the first new one' }).click()
  await expect(page).toHaveURL(/#post-\d+$/)
  await expect(page.locator(':target .new').first()).toContainText('New')
  await told
  await page.waitForTimeout(500)
  await page.goto(`/courses/${module}`)
  await expect(marks(page)).toHaveCount(1)
  await hope.press('Mark all as read')
  await expect(marks(page)).toHaveCount(0)
  await expect(page.locator('#following')).not.toContainText('new post')
})

test('without JavaScript one jumps from one new post to the next, and marks all as read', async ({
  browser,
}) => {
  const fern = await inTheDiscussion(browser, own.site, false)
  const moss = await inTheDiscussion(browser, own.there)
  await reply(moss, fern, 'One.')
  const { page } = fern
  await page.goto(`/courses/${module}`)
  await expect(marks(page)).toHaveCount(2)
  await page.getByRole('link', { name: 'Jump to the first new one' }).click()
  const first = new URL(page.url()).hash
  await page.locator(`${first} > header .new`).click()
  expect(new URL(page.url()).hash).not.toBe(first)
  await page.goto(`/courses/${module}`)
  await fern.press('Mark all as read')
  await fern.sees('Everything that was here is marked as read.')
  await expect(marks(page)).toHaveCount(0)
})

test('who watches is told once of several posts, and who has muted is told nothing', async ({ browser }) => {
  const hope = await inTheDiscussion(browser, own.site)
  const fern = await inTheDiscussion(browser, own.site)
  const moss = await inTheDiscussion(browser, own.there)
  for (const [who, level] of [
    [hope, 'Watching'],
    [fern, 'Muted'],
  ] as const) {
    await who.page.goto(`/courses/${module}`)
    await who.page.locator('#following summary').click()
    await who.page.getByRole('radio', { name: level }).check()
    await who.press('Follow like this')
    await expect(who.page.locator('#following summary')).toContainText(level.toLowerCase())
    await who.page.goto('/helplines')
  }
  await reply(moss, fern, 'One.')
  await reply(moss, fern, 'Two.')
  await hope.page.goto('/new')
  await expect(hope.page.locator('.news-list li').first()).toContainText('new posts')
  await expect(hope.page.locator('.news-list li').first()).toContainText(`@${moss.handle} wrote last`)
  await hope.page.goto('/')
  await expect(hope.page.locator('#news li')).toHaveText(new RegExp(`@${moss.handle} posted in`))
  await fern.page.goto('/')
  await expect(fern.page.locator('#news')).toHaveCount(0)
  await fern.page.getByRole('link', { name: 'What is new in your discussions' }).click()
  await fern.sees('You are up to date.')
  await hope.page.goto('/new')
  await hope.press('I have seen it all')
  await hope.sees('You are up to date.')
  await expect(hope.page.locator('.news-list')).toHaveCount(0)
})

test('a reply that arrives at the other instance is announced, and moves nothing until one asks for it', async ({
  browser,
}) => {
  const hope = await inTheDiscussion(browser, own.site)
  const moss = await inTheDiscussion(browser, own.there)
  await moss.page.goto('/helplines')
  const { page } = hope
  const stream = connected(page)
  await page.goto(`/courses/${module}`)
  await stream
  // In the middle of writing, somewhere down the page.
  await threadOf(page, moss)
    .getByRole('link', { name: /^Reply/ })
    .first()
    .click()
  const box = page.getByRole('textbox', { name: /^Reply to/ })
  await box.pressSequentially('I was about to say')
  const before = await page.evaluate(() => [scrollY, document.body.scrollHeight])
  await reply(moss, hope, 'It came to you over two instances.')
  await expect(arrivals(page)).toContainText(`1 new reply from @${moss.handle}.`)
  await expect(arrivals(page).getByRole('status')).toHaveText(`1 new reply from @${moss.handle}.`)
  expect(await page.evaluate(() => [scrollY, document.body.scrollHeight])).toEqual(before)
  await expect(box).toBeFocused()
  await expect(box).toHaveValue('I was about to say')
  await page.keyboard.type(' that')

  const loads: string[] = []
  page.on('load', () => loads.push(page.url()))
  await arrivals(page).getByRole('button', { name: 'Show it' }).click()
  const shown = page.locator('.post.reply').filter({ hasText: 'It came to you over two instances.' })
  await expect(shown).toBeFocused()
  await expect(shown.locator('.new')).toContainText('New')
  await expect(box).toHaveValue('I was about to say that')
  await expect(arrivals(page).getByRole('button')).toBeHidden()
  expect(loads).toEqual([])
  // What has been put in is as good as what was own.there.
  await expect(threadOf(page, hope).locator('.post.reply')).toHaveCount(1)
})

test('a new reflection comes in at the top, and a name is never read as HTML', async ({ browser }) => {
  const hope = await inTheDiscussion(browser, own.site)
  const { page } = hope
  const stream = connected(page)
  await page.goto(`/courses/${module}`)
  await stream
  const moss = await inTheDiscussion(browser, own.there)
  await expect(arrivals(page).getByRole('status')).toHaveText(`1 new post from @${moss.handle}.`)
  await arrivals(page).getByRole('button', { name: 'Show it' }).click()
  await expect(page.locator('#discussion > .post').first()).toContainText(`What ${moss.handle} thinks.`)
  // Its links work as those that came with the page.
  const loads: string[] = []
  page.on('load', () => loads.push(page.url()))
  await page
    .locator('#discussion > .post')
    .first()
    .getByRole('link', { name: /^Reply/ })
    .click()
  await expect(page.getByRole('textbox', { name: `Reply to @${moss.handle}` })).toBeVisible()
  expect(loads).toEqual([])
})

test('whoever was offline, or away in another tab, is told on coming back what was missed', async ({
  browser,
}) => {
  const hope = await inTheDiscussion(browser, own.site)
  const moss = await inTheDiscussion(browser, own.there)
  const { page } = hope
  const stream = connected(page)
  await page.goto(`/courses/${module}`)
  await stream
  await page.context().setOffline(true)
  await reply(moss, hope, 'While you were away.')
  await reply(moss, hope, 'And one more.')
  await expect(arrivals(page).getByRole('status')).toHaveText('')
  await page.context().setOffline(false)
  await expect(arrivals(page).getByRole('status')).toHaveText(`2 new replies from @${moss.handle}.`)
  await arrivals(page).getByRole('button', { name: 'Show them' }).click()
  await expect(threadOf(page, hope).locator('.post.reply')).toHaveCount(2)
})
