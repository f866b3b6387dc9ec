import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { type RunningSite, startTrellis } from '../support/start.ts'
import { Visitor } from './visitor.ts'

const course = 'introduction-to-group-support'
const module = `/courses/${course}/what-group-support-is`
const halfWritten = 'The night room, because nobody hurr'

let site: RunningSite
test.beforeEach(async () => {
  site = await startTrellis()
})
test.afterEach(() => site.stop())

test('the site is killed in the middle, and comes back with all that it had acknowledged', async ({
  browser,
}) => {
  const { writer, replier, post } = await twoAtWork(browser)
  const acknowledged: string[] = []
  const replying = reply(replier, post, acknowledged)
  await expect.poll(() => acknowledged.length).toBeGreaterThan(5)
  await site.kill()
  await replying
  await writer.getByRole('button', { name: 'Post reflection' }).click()
  await expect(writer.locator('#flash')).toContainText('We could not reach Trellis')

  await site.start()
  await expectWhole(writer, post, acknowledged)
})

test('PostgreSQL is killed in the middle; the site says so in plain words, and goes on by itself', async ({
  browser,
}) => {
  const { writer, replier, post } = await twoAtWork(browser)
  const acknowledged: string[] = []
  const replying = reply(replier, post, acknowledged)
  await expect.poll(() => acknowledged.length).toBeGreaterThan(5)
  const [postmaster = ''] = readFileSync(join(site.dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(postmaster), 'SIGKILL')

  const answers = await lookUntilBack(replier)
  for (const { status, text } of answers) {
    expect([200, 503]).toContain(status)
    if (status === 503) expect(text).toContain('It will be back by itself')
    expect(text).not.toMatch(/Error:|\n\s+at /)
  }
  await replying
  await expectWhole(writer, post, acknowledged)
})

/** Somebody half through a sentence, and somebody else about to reply to a third. */
async function twoAtWork(browser: Browser) {
  const [author, writer, replier] = await Promise.all(['author', 'writer', 'replier'].map(arrive(browser)))
  await author!.page.getByRole('textbox', { name: 'Your reflection' }).fill('What I think of it.')
  await author!.press('Post reflection')
  const post = await author!.page.locator('#reflection .post').first().getAttribute('id')
  await writer!.page.getByRole('textbox', { name: 'Your reflection' }).pressSequentially(halfWritten)
  return { writer: writer!.page, replier: replier!.page, post: post!.replace('post-', '') }
}

const arrive = (browser: Browser) => async (handle: string) => {
  const visitor = await Visitor.joined(browser, handle, { origin: site.origin, scripts: true, course })
  await visitor.page.goto(module)
  return visitor
}

/** Replies one by one, and notes what was acknowledged; what failed is tried again, once, as people do. */
async function reply(page: Page, post: string, acknowledged: string[]): Promise<void> {
  for (let count = 1; count <= 40; count++) {
    const markdown = `Reply number ${count}.`
    const form = { post, subject: post, markdown, key: randomUUID() }
    for (let tries = 0; tries < 2; tries++) {
      const answer = await page.request
        .post(`${module}?_action=discussions.reply`, {
          form,
          headers: { origin: site.origin },
          maxRedirects: 0,
        })
        .catch(() => null)
      if (answer?.status() === 303) {
        acknowledged.push(markdown)
        break
      }
    }
    await wait(40)
  }
}

/** What a reader gets, again and again, until the page is there. */
async function lookUntilBack(page: Page) {
  const answers: { status: number; text: string }[] = []
  const until = Date.now() + 30_000
  for (let wasAway = false; Date.now() < until;) {
    const answer = await page.request.get(module)
    answers.push({ status: answer.status(), text: await answer.text() })
    if (answer.status() === 503) wasAway = true
    else if (wasAway) break
    await wait(100)
  }
  expect(answers.at(-1)?.status).toBe(200)
  return answers
}

/** Everybody is still signed in, what was acknowledged is there once, and the half-written sentence can be posted. */
async function expectWhole(writer: Page, post: string, acknowledged: string[]): Promise<void> {
  await writer.goto(module)
  const box = writer.getByRole('textbox', { name: 'Your reflection' })
  await expect(box).toHaveValue(halfWritten)
  await box.fill(`${halfWritten}ies there.`)
  await writer.getByRole('button', { name: 'Post reflection' }).click()
  await expect(writer.locator('#reflection .post')).toContainText('nobody hurries there.')

  const replies: string[] = []
  await writer.goto(`${module}?replies=${post}`)
  for (;;) {
    replies.push(...(await writer.locator('.post.reply').allTextContents()))
    const more = writer.getByRole('link', { name: 'More replies' })
    if ((await more.count()) === 0) break
    await more.click()
    await writer.waitForLoadState('load')
  }
  for (const words of acknowledged)
    expect(
      replies.filter(text => text.includes(words)),
      words,
    ).toHaveLength(1)
  expect(new Set(replies).size).toBe(replies.length)
}
