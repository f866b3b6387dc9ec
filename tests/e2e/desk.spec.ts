import { type Browser, type BrowserContextOptions, expect, type Page, test } from '@playwright/test'
import { markingOf, reflect } from '../grading/reflections.ts'
import { addCohortOf, addMentorOf, addTrainee, password } from '../support/cast.ts'
import type { RunningSite } from '../support/start.ts'
import { twoInstances } from './own-site.ts'

/** Two instances of the site on one database: of two mentors, one is at each. */
const own = twoInstances()

const words = (index: number) => `What I noticed, the ${index + 1}th time.`

/** A cohort whose mentors have so many reflections before them, the oldest promise first. */
async function aDesk(reflections: number) {
  const cohort = await addCohortOf(own.db)
  const [maple, myrtle] = [await addMentorOf(own.db, [cohort.id]), await addMentorOf(own.db, [cohort.id])]
  const authors = await Promise.all(Array.from({ length: reflections }, () => addTrainee(own.db)))
  const posts: number[] = []
  for (const [index, author] of authors.entries())
    posts.push(
      await reflect(own.db, author, cohort, { text: words(index), daysAgo: 2 - index / reflections / 2 }),
    )
  const markings = await Promise.all(posts.map(post => markingOf(own.db, post)))
  return { cohort, maple, myrtle, authors, posts, markings }
}

/** Somebody's browser, in which they are signed in. */
async function signIn(
  browser: Browser,
  { handle }: { handle: string },
  site: RunningSite,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.origin, ...options })
  await context.request.post('/sign-in?_action=people.signIn', {
    form: { name: handle, password },
    headers: { origin: site.origin },
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

const rowOf = (page: Page, marking: number | undefined) => page.locator(`[data-marking="${marking}"]`)

/** Opens the list, and waits until it listens. */
async function openList(page: Page): Promise<void> {
  const stream = page.waitForResponse(answer => answer.url().includes('/desk/events') && answer.ok())
  await page.goto('/desk')
  await stream
}

const isAtWork = (page: Page) => expect(page.getByRole('heading', { name: 'Your grade' })).toBeVisible()

/** The first criterion is the one that number keys are for. */
const keysAreOn = (page: Page) =>
  expect(page.locator('#grade fieldset').first()).toHaveAttribute('aria-current', 'true')

/** What has come of each reflection: how many grades there are of it. */
async function gradesOf(posts: readonly number[]): Promise<number[]> {
  return Promise.all(
    posts.map(async post => {
      const [row] = await own.db.$client<[{ count: number }]>`
        select count(*)::int as count from grade where post_id = ${post}`
      return row.count
    }),
  )
}

async function isFree(marking: number | undefined): Promise<boolean> {
  const [row] = await own.db.$client<[{ free: boolean }]>`
    select claimed_by_id is null as free from marking where id = ${marking ?? 0}`
  return row.free
}

test('a mentor sees by itself that another has taken a reflection, put it back, and graded it; nothing moves', async ({
  browser,
}) => {
  const { maple, myrtle, markings } = await aDesk(3)
  const [hers, theirs] = [await signIn(browser, maple, own.site), await signIn(browser, myrtle, own.there)]
  await openList(theirs)
  const row = rowOf(theirs, markings[0])
  const place = () => rowOf(theirs, markings[2]).evaluate(one => one.getBoundingClientRect().top)
  const before = await place()

  await hers.goto('/desk')
  await rowOf(hers, markings[0]).getByRole('button').click()
  await isAtWork(hers)
  await expect(row).toContainText(`@${maple.handle} is at work on it.`)
  await expect(row.getByRole('button')).toBeHidden()
  expect(await place()).toBe(before)
  await expect(theirs.locator('#desk-said')).toContainText(`@${maple.handle} is at work on it.`)

  await hers.getByRole('button', { name: 'Put it back on the desk' }).click()
  await expect(row.getByRole('button', { name: /^Grade/ })).toBeVisible()
  await expect(row).not.toContainText('is at work on it.')

  await rowOf(hers, markings[0]).getByRole('button').click()
  await isAtWork(hers)
  for (const criterion of await hers.locator('#grade fieldset:has([type=radio])').all())
    await criterion.getByRole('radio').last().check()
  await hers.getByLabel('Feedback', { exact: true }).fill('Honest, and kind.')
  await hers.getByRole('button', { name: 'Pass and open next' }).click()
  await expect(row).toContainText('Done.')
  // The next one has been taken at the same press.
  await expect(rowOf(theirs, markings[1])).toContainText(`@${maple.handle} is at work on it.`)
  expect(await place()).toBe(before)
})

test('a page that waits for another mentor says when the reflection is free, and keeps what one reads', async ({
  browser,
}) => {
  const { maple, myrtle, markings } = await aDesk(1)
  const [hers, theirs] = [await signIn(browser, maple, own.site), await signIn(browser, myrtle, own.there)]
  await hers.goto(`/desk/${markings[0]}`)
  await isAtWork(hers)
  const stream = theirs.waitForResponse(answer => answer.url().includes('/desk/events') && answer.ok())
  await theirs.goto(`/desk/${markings[0]}`)
  await stream
  await expect(theirs.locator('#grading')).toContainText(`@${maple.handle} is at work on it.`)
  await expect(theirs.getByRole('button', { name: 'Start grading' })).toHaveCount(0)

  await keysAreOn(hers)
  await hers.keyboard.press('b')
  await expect(theirs.getByRole('button', { name: 'Start grading' })).toBeVisible()
  await expect(theirs.locator('#state-said')).toHaveText('It is free now.')
  await expect(theirs.locator('#reflection-title + .prose')).toContainText(words(0))
  await theirs.getByRole('button', { name: 'Start grading' }).click()
  await isAtWork(theirs)
  await expect(rowOf(hers, markings[0])).toContainText(`@${myrtle.handle} is at work on it.`)
})

test('two who ask for the next one at the same moment get different ones', async ({ browser }) => {
  const { maple, myrtle } = await aDesk(6)
  const [hers, theirs] = [await signIn(browser, maple, own.site), await signIn(browser, myrtle, own.there)]
  await Promise.all([hers, theirs].map(page => page.goto('/desk')))
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      [hers, theirs].map(page => page.getByRole('button', { name: 'Grade the next one' }).click()),
    )
    await Promise.all([isAtWork(hers), isAtWork(theirs)])
    expect(new URL(hers.url()).pathname).not.toBe(new URL(theirs.url()).pathname)
    await Promise.all([hers, theirs].map(page => page.goto('/desk')))
  }
})

test('a tab that is closed lets go of its reflection by itself', async ({ browser }) => {
  const { maple, myrtle, markings } = await aDesk(1)
  const [hers, theirs] = [await signIn(browser, maple, own.site), await signIn(browser, myrtle, own.there)]
  await openList(theirs)
  // From when the page holds the claim under its own name, it lets go of it as it is left.
  const held = hers.waitForResponse(answer => answer.request().postData()?.includes('page=') ?? false)
  await hers.goto(`/desk/${markings[0]}`)
  await isAtWork(hers)
  await held
  await expect(rowOf(theirs, markings[0])).toContainText(`@${maple.handle} is at work on it.`)
  await hers.close({ runBeforeUnload: true })
  await expect(rowOf(theirs, markings[0]).getByRole('button')).toBeVisible()
  expect(await isFree(markings[0])).toBe(true)
})

test('new reflections are announced at the foot of the list, and shown when one asks for them', async ({
  browser,
}) => {
  const { maple, cohort, authors } = await aDesk(1)
  const page = await signIn(browser, maple, own.there)
  await openList(page)
  const other = { module: 'introduction-to-group-support/rooms-and-roles' }
  for (const text of ['One more.', 'And another.']) {
    const author = text === 'One more.' ? authors[0]! : await addTrainee(own.db)
    const id = await markingOf(own.db, await reflect(own.db, author, cohort, { ...other, text }))
    // As handing in tells it.
    await own.db.$client.notify('desk_changed', JSON.stringify({ marking: id, opened: true }))
  }
  await expect(page.locator('#desk-news [role=status]')).toHaveText('2 new reflections wait.')
  await expect(page.locator('.waiting')).toHaveCount(1)
  await page.getByRole('button', { name: 'Show them' }).click()
  await expect(page.locator('.waiting')).toHaveCount(3)
})

test('a mentor grades one after another with keys alone, from the list to the last of them', async ({
  browser,
}) => {
  const { maple, posts } = await aDesk(4)
  const page = await signIn(browser, maple, own.site)
  await page.goto('/desk')
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible()
  const { keyboard } = page
  await keyboard.press('j')
  await expect(page.locator('.waiting').first().getByRole('link').first()).toBeFocused()
  await keyboard.press('j')
  await expect(page.locator('.waiting').nth(1).getByRole('link').first()).toBeFocused()
  await keyboard.press('k')
  await keyboard.press('Enter')
  for (let index = 0; index < posts.length; index++) {
    await isAtWork(page)
    await expect(page.locator('#reflection-title + .prose')).toContainText(words(index))
    const criteria = page.locator('#grade fieldset:has([type=radio])')
    await keysAreOn(page)
    for (const [at, key] of ['3', '2', '3'].entries()) {
      await keyboard.press(key)
      await expect(
        criteria
          .nth(at)
          .getByRole('radio')
          .nth(Number(key) - 1),
      ).toBeChecked()
    }
    await keyboard.press('f')
    await keyboard.type('dp1 you waited, and asked.')
    await expect(page.getByLabel('Feedback', { exact: true })).toHaveValue('dp1 you waited, and asked.')
    await keyboard.press('Escape')
    const path = new URL(page.url()).pathname
    await keyboard.press(index === 1 ? 'd' : 'p')
    await page.waitForURL(url => url.pathname !== path)
  }
  await expect(page.getByText('Nothing else waits for you.')).toBeVisible()
  expect(await gradesOf(posts)).toEqual([1, 1, 1, 1])
  const outcomes = await own.db.$client<
    { outcome: string }[]
  >`select outcome from grade where post_id = any(${posts}::bigint[]) order by id`
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['pass', 'distinction', 'pass', 'pass'])
})

test('a key that would send too early goes to what is missing, and says so', async ({ browser }) => {
  const { maple, posts } = await aDesk(2)
  const page = await signIn(browser, maple, own.site)
  const { keyboard } = page
  await page.goto('/desk')
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible()
  await keyboard.press('n')
  await keysAreOn(page)
  const criteria = page.locator('#grade fieldset:has([type=radio])')
  await keyboard.press('3')
  await keyboard.press('p')
  await expect(page.locator('#flash')).toContainText('Please choose a level for')
  await expect(criteria.nth(1)).toBeFocused()
  await keyboard.press('3')
  await keyboard.press('3')
  await keyboard.press('p')
  await expect(page.locator('#flash')).toContainText('Please write a few words of feedback first.')
  await expect(page.getByLabel('Feedback', { exact: true })).toBeFocused()
  await keyboard.type('Say more.')
  await keyboard.press('Escape')
  await keyboard.press('r')
  await expect(page.getByRole('textbox', { name: /^What to change/ })).toBeFocused()
  expect(await gradesOf(posts)).toEqual([0, 0])
  await keyboard.type('What did you do?')
  await keyboard.press('Escape')
  await keyboard.press('k')
  await expect(criteria.nth(1)).toBeFocused()
  await keyboard.press('1')
  await expect(criteria.nth(1).getByRole('radio').first()).toBeChecked()
  await keyboard.press('h')
  await expect(page.getByRole('checkbox', { name: /^Hold the answer/ })).toBeChecked()
  await keyboard.press('h')
  await keyboard.press('o')
  await expect(page.locator('details.question')).not.toHaveAttribute('open')
  await keyboard.press('r')
  await expect(page.locator('#flash')).toContainText('Returned for another try.')
  expect(await gradesOf(posts)).toEqual([1, 0])
})

test('the keys are shown on asking, do nothing with a modifier, and stay off for who turns them off', async ({
  browser,
}) => {
  const { maple, markings } = await aDesk(1)
  const page = await signIn(browser, maple, own.site)
  const { keyboard } = page
  await page.goto(`/desk/${markings[0]}`)
  await keysAreOn(page)
  const first = page.locator('#grade fieldset').first()
  for (const key of ['Control+1', 'Alt+1', 'Meta+1']) await keyboard.press(key)
  await expect(first.getByRole('radio', { checked: true })).toHaveCount(0)
  await keyboard.press('j')
  await keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keys' })
  await expect(dialog).toBeVisible()
  await keyboard.press('1')
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  for (let count = 0; count < 4; count++) {
    await keyboard.press('Tab')
    // The browser lets the focus out to its own bars, and to nothing else of the page.
    expect(await page.evaluate(() => document.activeElement?.closest('#keys, body')?.tagName)).toMatch(
      /DIALOG|BODY/,
    )
  }
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.locator('#grade fieldset').nth(1)).toBeFocused()

  await page.getByRole('button', { name: 'Keys' }).click()
  await dialog.getByRole('checkbox', { name: /^Use these keys/ }).uncheck()
  await dialog.getByRole('button', { name: 'Close' }).click()
  for (let round = 0; round < 2; round++) {
    for (const key of ['1', 'p', 'b', '?']) await keyboard.press(key)
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
    await expect(dialog).toBeHidden()
    await expect(page.locator('[aria-current=true][class*=choice]')).toHaveCount(0)
    await page.reload()
    await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible()
  }
})

test('a mentor grades by touch alone on a small telephone', async ({ browser }) => {
  const { maple, posts } = await aDesk(2)
  const page = await signIn(browser, maple, own.site, {
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
  })
  await page.goto('/desk')
  await page.getByRole('button', { name: 'Grade the next one' }).tap()
  for (const index of posts.keys()) {
    await isAtWork(page)
    const jump = page.getByRole('navigation', { name: 'Text and grade' })
    await jump.getByRole('link', { name: 'Grade' }).tap()
    await expect(page.locator('#grade-title')).toBeInViewport()
    await jump.getByRole('link', { name: 'Read' }).tap()
    await expect(page.locator('#reflection-title')).toBeInViewport()
    const labels = page.locator('#grade fieldset:has([type=radio]) label:last-child')
    for (const label of await labels.all()) {
      expect((await label.boundingBox())!.height).toBeGreaterThanOrEqual(44)
      await label.tap()
    }
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(3)
    const feedback = page.getByLabel('Feedback', { exact: true })
    await feedback.tap()
    await feedback.fill('You stayed with it.')
    await page.getByRole('button', { name: 'Pass and open next' }).tap()
    await expect(page.locator('#flash')).toContainText('Passed.')
    expect(await gradesOf(posts)).toEqual(posts.map((_, at) => (at <= index ? 1 : 0)))
  }
})

test('without JavaScript the same is done by buttons, and no key is promised', async ({ browser }) => {
  const { maple, myrtle, markings, posts } = await aDesk(2)
  const page = await signIn(browser, maple, own.site, { javaScriptEnabled: false })
  const theirs = await signIn(browser, myrtle, own.there, { javaScriptEnabled: false })
  await page.goto('/desk')
  await expect(page.getByRole('button', { name: 'Keys' })).toBeHidden()
  await page.goto(`/desk/${markings[0]}`)
  await page.getByRole('button', { name: 'Start grading' }).click()
  await isAtWork(page)
  await theirs.goto('/desk')
  await expect(rowOf(theirs, markings[0])).toContainText(`@${maple.handle} is at work on it.`)
  await expect(rowOf(theirs, markings[0]).getByRole('button')).toBeHidden()
  await theirs.goto(`/desk/${markings[0]}`)
  await theirs.getByRole('button', { name: 'Grade the next one' }).click()
  await expect(theirs).toHaveURL(new RegExp(`/desk/${markings[1]}$`))
  await theirs.getByRole('button', { name: 'Put it back on the desk' }).click()
  for (const criterion of await page.locator('#grade fieldset:has([type=radio])').all())
    await criterion.getByRole('radio').last().check()
  await page.getByLabel('Feedback', { exact: true }).fill('You stayed with it.')
  await page.getByRole('button', { name: 'Pass and open next' }).click()
  await expect(page).toHaveURL(new RegExp(`/desk/${markings[1]}$`))
  expect(await gradesOf(posts)).toEqual([1, 0])
})
