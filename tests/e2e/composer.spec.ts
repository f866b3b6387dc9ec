import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const course = 'introduction-to-group-support'
const module = `${course}/what-group-support-is`
const words = 'The night room, because nobody hurries there.'

const own = ownSite()
// More people sign up here within a few minutes than one address may.
test.beforeEach(() => own.db.$client`delete from rate_limit`)

let count = 0

/** Somebody who takes the course, at the question of its first module. */
async function atTheQuestion(browser: Browser, scripts = true): Promise<{ visitor: Visitor; page: Page }> {
  const visitor = await Visitor.joined(browser, `composer${++count}`, {
    ...{ origin: own.site.origin, scripts, name: `Composer ${count}`, course },
  })
  const { page } = visitor
  await page.goto(`/courses/${module}`)
  return { visitor, page }
}

/** The same person on another device. */
async function onAnotherDevice(browser: Browser, visitor: Visitor): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: own.site.origin })).newPage()
  page.setDefaultTimeout(10_000)
  await page.goto('/sign-in')
  await page.getByLabel(/Handle/).fill(visitor.handle)
  await page.getByLabel('Password').fill('a long password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(url => url.pathname !== '/sign-in')
  return page
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Your reflection' })
const replyBox = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ })
const kept = (page: Page) =>
  page.waitForResponse(answer => answer.url().includes('drafts.keep') && answer.status() === 204)

/** Types as people do, and waits until the server has it. */
async function type(page: Page, text: string, field = box(page)): Promise<void> {
  const sent = kept(page)
  await field.fill(text)
  await sent
}

/** A reflection of somebody else to reply to, and a reader with the form for it. */
async function atAReply(browser: Browser, scripts = true) {
  const { page: first } = await atTheQuestion(browser, false)
  const text = `Something to reply to, number ${count}.`
  await box(first).fill(text)
  await first.getByRole('button', { name: 'Post reflection' }).click()
  await first.waitForURL(/#reflection/)
  const { visitor, page } = await atTheQuestion(browser, scripts)
  const thread = page.locator('#discussion .post').filter({ hasText: text })
  await thread
    .getByRole('link', { name: /^Reply/ })
    .first()
    .click()
  await expect(replyBox(page)).toBeVisible()
  return { visitor, page, thread, text }
}

const postsSaying = async (text: string) =>
  (await own.db.$client`select from post where markdown = ${text}`).length
const closeAll = () => own.db.$client`update discussion set closed_at = now() where closed_at is null`
const openAll = () => own.db.$client`update discussion set closed_at = null`

test.describe('drafts', () => {
  test('a draft begun on one device is there on another, and goes from both when it is posted', async ({
    browser,
  }) => {
    const { visitor, page: phone } = await atTheQuestion(browser)
    await type(phone, 'The night room,')
    const laptop = await onAnotherDevice(browser, visitor)
    await laptop.goto(`/courses/${module}`)
    await expect(box(laptop)).toHaveValue('The night room,')
    await expect(laptop.getByText('These are your own words from before.')).toBeVisible()
    await type(laptop, words)

    await phone.reload()
    await expect(box(phone)).toHaveValue(words)
    await expect(phone.getByRole('button', { name: 'Use the words from this device instead' })).toHaveCount(0)
    await phone.getByRole('button', { name: 'Post reflection' }).click()
    await expect(phone.locator('#reflection .post')).toContainText(words)
    await laptop.reload()
    await expect(box(laptop)).toHaveCount(0)
    expect(await own.db.$client`select from draft where words = ${words}`).toHaveLength(0)
  })

  test('of two devices the newer words win, and the older can be had instead', async ({ browser }) => {
    const { visitor, page: phone } = await atTheQuestion(browser)
    await type(phone, 'On the phone.')
    const laptop = await onAnotherDevice(browser, visitor)
    await laptop.goto(`/courses/${module}`)
    await type(laptop, 'Something else, on the laptop.')

    await phone.reload()
    await expect(box(phone)).toHaveValue('Something else, on the laptop.')
    const sent = kept(phone)
    await phone.getByRole('button', { name: 'Use the words from this device instead' }).click()
    await expect(box(phone)).toHaveValue('On the phone.')
    await expect(phone.getByRole('button', { name: 'Use your other words' })).toBeVisible()
    await sent
    await laptop.reload()
    await expect(box(laptop)).toHaveValue('On the phone.')
  })

  test('what is typed offline reaches the server when the browser is back', async ({ browser }) => {
    const { visitor, page } = await atTheQuestion(browser)
    await page.context().setOffline(true)
    await box(page).fill('Typed in a tunnel.')
    await page.waitForTimeout(1800)
    const sent = kept(page)
    await page.context().setOffline(false)
    await sent
    const laptop = await onAnotherDevice(browser, visitor)
    await laptop.goto(`/courses/${module}`)
    await expect(box(laptop)).toHaveValue('Typed in a tunnel.')
  })

  test('leaving the page at once after the last key loses nothing', async ({ browser }) => {
    const { visitor, page } = await atTheQuestion(browser)
    await box(page).fill('Typed in a hurry.')
    await page.goto('/guides')
    const laptop = await onAnotherDevice(browser, visitor)
    await expect(async () => {
      await laptop.goto(`/courses/${module}`)
      await expect(box(laptop)).toHaveValue('Typed in a hurry.', { timeout: 500 })
    }).toPass()
  })

  test('a draft can be discarded, and put back', async ({ browser }) => {
    const { page } = await atTheQuestion(browser)
    await type(page, words)
    await page.reload()
    const gone = kept(page)
    await page.getByRole('button', { name: 'Discard them' }).click()
    await expect(box(page)).toHaveValue('')
    await gone
    await page.getByRole('button', { name: 'Put them back' }).click()
    await expect(box(page)).toHaveValue(words)
    await page.getByRole('button', { name: 'Discard them' }).click()
    await kept(page)
    await page.reload()
    await expect(box(page)).toHaveValue('')
    await expect(page.locator('.kept')).toHaveCount(0)
  })

  test('signing out leaves no words on the device, and they are back when one is', async ({ browser }) => {
    const { visitor, page } = await atTheQuestion(browser)
    await box(page).fill(words)
    await page.goto('/account')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL(url => url.pathname === '/')
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('draft:'))),
    ).toEqual([])
    const again = await onAnotherDevice(browser, visitor)
    await again.goto(`/courses/${module}`)
    await expect(box(again)).toHaveValue(words)
  })
})

test.describe('words given back', () => {
  test.afterEach(openAll)

  test('a discussion closed while somebody types: the words stay in their form', async ({ browser }) => {
    const { page } = await atAReply(browser)
    await replyBox(page).fill('I was about to say this.')
    await closeAll()
    await page.getByRole('button', { name: 'Post reply' }).click()
    await expect(page.locator('#flash')).toContainText('This discussion has been closed')
    await expect(replyBox(page)).toHaveValue('I was about to say this.')
    expect(await postsSaying('I was about to say this.')).toBe(0)
  })

  test('and so they do without JavaScript', async ({ browser }) => {
    const { page } = await atAReply(browser, false)
    await replyBox(page).fill('I was about to say this too.')
    await closeAll()
    await page.getByRole('button', { name: 'Post reply' }).click()
    await expect(page.getByText('This discussion has been closed').first()).toBeVisible()
    await expect(replyBox(page)).toHaveValue('I was about to say this too.')
  })

  test('somebody who was signed out, without JavaScript, signs in elsewhere and posts from where they are', async ({
    browser,
  }) => {
    const { visitor, page } = await atAReply(browser, false)
    await replyBox(page).fill('Said after a while.')
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Post reply' }).click()
    await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'What you wrote' })).toHaveValue('Said after a while.')
    await signInAgain(page.context(), visitor)
    await page.getByRole('button', { name: 'Post it now' }).click()
    await expect(page.locator('.post.reply')).toContainText('Said after a while.')
  })

  test('a reply pressed twice is posted once, with JavaScript and without', async ({ browser }) => {
    for (const scripts of [true, false]) {
      const { page } = await atAReply(browser, scripts)
      const text = `Once only, ${scripts ? 'with' : 'without'} scripts.`
      await replyBox(page).fill(text)
      await page.getByRole('button', { name: 'Post reply' }).dblclick()
      await expect(page.locator('.post.reply').filter({ hasText: text })).toHaveCount(1)
      expect(await postsSaying(text)).toBe(1)
    }
  })
})

test.describe('handles', () => {
  test('a handle is completed by keyboard, among those who see the discussion', async ({ browser }) => {
    const { visitor: other } = await atTheQuestion(browser)
    const { page } = await atAReply(browser)
    const field = page.locator('.post-form[id^="reply-"] textarea')
    await field.pressSequentially(`Thank you, @${other.handle.slice(0, -1)}`)
    const list = page.getByRole('listbox', { name: 'People to mention' })
    await expect(list).toBeVisible()
    await expect(page.locator('.post-form [role=status]').filter({ hasText: 'to mention' })).toBeAttached()
    const options = list.getByRole('option')
    await expect(options.first()).toHaveAttribute('aria-selected', 'true')
    await field.press('ArrowDown')
    await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true')
    const marked = await options.nth(1).getAttribute('id')
    await expect(field).toHaveAttribute('aria-activedescendant', marked ?? '')
    const handle = /@\S+/.exec((await options.nth(1).textContent()) ?? '')?.[0] ?? ''
    await field.press('Enter')
    await expect(field).toHaveValue(`Thank you, ${handle.replace('Mentor', '')} `)
    await expect(list).toHaveCount(0)

    await field.pressSequentially('and @compos')
    await expect(list).toBeVisible()
    await field.press('Escape')
    await expect(list).toHaveCount(0)
    await expect(field).toBeFocused()
    await field.press('Tab')
    await expect(field).not.toBeFocused()
  })

  test('and by touch', async ({ browser }) => {
    const { page } = await atAReply(browser)
    const field = page.locator('.post-form[id^="reply-"] textarea')
    await field.pressSequentially('@compos')
    const option = page.locator('#mentions [role=option]').first()
    await option.click()
    await expect(field).toHaveValue(/^@composer\d+ $/)
    await expect(field).toBeFocused()
  })
})

test.describe('quoting', () => {
  /** Selects words as a reader does. */
  const select = (page: Page, text: string, words: string) =>
    page
      .locator('#discussion .prose')
      .filter({ hasText: text })
      .first()
      .evaluate((prose, wanted) => {
        const node = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT).nextNode()!
        const from = node.textContent!.indexOf(wanted)
        getSelection()!.setBaseAndExtent(node, from, node, from + wanted.length)
      }, words)

  test('words that are selected go into the reply, with whose they are', async ({ browser }) => {
    const { page, thread, text } = await atAReply(browser)
    await replyBox(page).fill('Before. After.')
    await replyBox(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(7, 7))
    await select(page, text, 'reply to')
    await expect(async () => {
      await select(page, text, 'reply to')
      await thread.locator('[data-quote]').first().click({ timeout: 1000 })
      await expect(replyBox(page)).toHaveValue(/reply to/, { timeout: 1000 })
    }).toPass()
    await expect(replyBox(page)).toHaveValue(
      /^Before\.\n\n> \[@composer\d+ wrote\]\(\/posts\/\d+\):\n>\n> reply to\n\n After\.$/,
    )
  })

  test('and open the form for it first where none is', async ({ browser }) => {
    const { page, thread, text } = await atAReply(browser)
    await page.getByRole('link', { name: 'Cancel' }).click()
    await expect(replyBox(page)).toHaveCount(0)
    await select(page, text, 'Something')
    await page.waitForLoadState('networkidle')
    await thread.getByRole('link', { name: /^Quote/ }).click()
    await expect(replyBox(page)).toHaveValue(
      /^> \[@composer\d+ wrote\]\(\/posts\/\d+\):\n>\n> Something\n\n$/,
    )
  })

  test('a quote goes after what was begun, and nothing of that is lost', async ({ browser }) => {
    const { page, thread } = await atAReply(browser)
    await type(page, 'Begun before.', replyBox(page))
    await page.getByRole('link', { name: 'Cancel' }).click()
    await expect(replyBox(page)).toHaveCount(0)
    await thread.getByRole('link', { name: /^Quote/ }).click()
    await expect(replyBox(page)).toHaveValue(
      /^Begun before\.\n\n> \[@composer\d+ wrote\][^]*Something to reply to/,
    )
  })
})

test.describe('helplines', () => {
  const hard = 'Some days I can’t go on, and nobody in the room knows.'
  const panel = (page: Page) => page.getByRole('complementary', { name: 'Helplines' })

  test('appear beside hard words without taking the cursor, and nobody is told', async ({ browser }) => {
    const { page } = await atTheQuestion(browser)
    const asked: string[] = []
    page.on('request', request => {
      const path = request.url().replace(own.site.origin, '')
      // What is asked on any page, whatever is typed there: what is new.
      if (!/^\/(favicon|new|discussions)/.test(path)) asked.push(path)
      else expect(request.postData() ?? '').not.toContain('go on')
    })
    await box(page).pressSequentially('Some days I can’t go', { delay: 5 })
    await expect(panel(page)).toHaveCount(0)
    await box(page).pressSequentially(' on, and nobody in the room knows.', { delay: 5 })
    await expect(panel(page)).toBeVisible()
    await expect(panel(page)).toContainText('Samaritans')
    await expect(box(page)).toBeFocused()
    await expect(box(page)).toHaveValue(hard)
    await page.waitForTimeout(2000)
    expect(new Set(asked)).toEqual(new Set(['/crisis-words.json', '/?_action=drafts.keep']))
    expect(own.site.said).not.toMatch(/can’t go on|helpline|crisis-words[^.]/i)

    await page.getByRole('button', { name: 'Put this away' }).click()
    await expect(panel(page)).toHaveCount(0)
    await expect(box(page)).toBeFocused()
    await box(page).pressSequentially(' I want to die.')
    await page.waitForTimeout(300)
    await expect(panel(page)).toHaveCount(0)
    await page.getByRole('button', { name: 'Post reflection' }).click()
    await expect(page.locator('#reflection .post')).toContainText('Some days')
    await expect(panel(page)).toHaveCount(0)
  })

  test('without JavaScript stand beside one’s own post just after it, for that view alone', async ({
    browser,
  }) => {
    const { page } = await atTheQuestion(browser, false)
    await box(page).fill(hard)
    await page.getByRole('button', { name: 'Post reflection' }).click()
    await expect(page.locator('#reflection .post')).toContainText('Some days')
    await expect(panel(page)).toBeVisible()
    await page.goto(`/courses/${module}`)
    await expect(panel(page)).toHaveCount(0)
    const { page: other } = await atTheQuestion(browser, false)
    await expect(other.locator('#discussion')).toContainText('Some days')
    await expect(panel(other)).toHaveCount(0)
  })
})

async function signInAgain(context: BrowserContext, visitor: Visitor): Promise<void> {
  const tab = await context.newPage()
  await tab.goto('/sign-in')
  await tab.getByLabel(/Handle/).fill(visitor.handle)
  await tab.getByLabel('Password').fill('a long password')
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await tab.waitForURL(url => url.pathname !== '/sign-in')
  await tab.close()
}
