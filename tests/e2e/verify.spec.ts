import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { person } from '../../db/schema/people.ts'
import { content } from '../../src/authoring/content.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { readBaked } from '../../src/credentials/baked/read-baked.ts'
import { certify } from '../credentials/certificate.ts'
import { proofVerifies, tokenVerifies } from '../credentials/outside/verify.ts'
import { addAdmin } from '../support/cast.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite()

interface Brought {
  name: string
  buffer: Buffer
}

/** A holder, and all that they downloaded of their certificate. */
async function holder(browser: Browser, handle: string, scripts: boolean) {
  const { page } = await Visitor.joined(browser, handle, { origin: own.site.origin, scripts })
  const people = await own.db.select().from(person)
  const { id } = people.find(one => one.handle === handle)!
  const code = await certify(own.db, { id })
  await page.goto(`/certificates/${code}`)
  const files: Brought[] = []
  for (const name of ['Badge as a picture', 'Badge as a drawing', 'Credential', 'Credential as a token']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name, exact: true }).click(),
    ])
    files.push({ name: download.suggestedFilename(), buffer: readFileSync(await download.path()) })
  }
  return { id, code, files }
}

/** An employer, who has no account. */
async function employer(browser: Browser, scripts: boolean): Promise<Page> {
  const context = await browser.newContext({ baseURL: own.site.origin, javaScriptEnabled: scripts })
  return context.newPage()
}

async function bring(page: Page, { name, buffer }: Brought): Promise<void> {
  await page.goto('/verify')
  await page.getByLabel('Or a file').setInputFiles({ name: basename(name), mimeType: 'text/plain', buffer })
  await page.getByRole('button', { name: 'Check it' }).click()
}

const verdict = (page: Page) => page.getByRole('heading', { level: 1 })

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
}

/** Whether somebody who had no part in the signing finds it sound. */
async function soundElsewhere({ buffer }: Brought, did: Record<string, unknown>): Promise<boolean> {
  const text = readBaked(buffer)
  return text.startsWith('{')
    ? proofVerifies(JSON.parse(text) as Record<string, unknown>, did)
    : tokenVerifies(text, did) !== null
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`an employer checks what a holder downloaded, before and after it was revoked, ${how}`, async ({
    browser,
    request,
  }) => {
    const { id, code, files } = await holder(browser, scripts ? 'hope' : 'fern', scripts)
    const did = (await (await request.get(`${own.site.origin}/.well-known/did.json`)).json()) as Record<
      string,
      unknown
    >
    const page = await employer(browser, scripts)
    for (const file of files) {
      await bring(page, file)
      await expect(verdict(page), file.name).toHaveText('This certificate is valid')
      expect(await soundElsewhere(file, did), file.name).toBe(true)
    }
    if (scripts) await isAccessible(page)

    const admin = await addAdmin(own.db)
    const ended = { personId: id, badge: 'moderator', reasonClass: 'conduct', reason: 'A test.' }
    await own.db.transaction(tx => revokeBadge(tx, content(), admin, ended))
    for (const file of files) {
      await bring(page, file)
      await expect(verdict(page), file.name).toHaveText('This certificate was revoked')
    }
    const revoked = page.getByRole('listitem').filter({ hasText: 'It was not revoked' })
    await expect(revoked.getByText('Failed')).toBeVisible()
    await page.goto(`/certificates/${code}`)
    await expect(verdict(page)).toHaveText('This certificate was revoked')
    if (scripts) await isAccessible(page)
  })

  test(`an employer pastes a link, passes the answer on, and asks whose it is, ${how}`, async ({
    browser,
  }) => {
    const handle = scripts ? 'juno' : 'ines'
    const { code } = await holder(browser, handle, scripts)
    const page = await employer(browser, scripts)
    await page.goto('/sign-in')
    await page.getByRole('main').getByRole('link', { name: 'Check it' }).click()
    await page.getByLabel('Link or code').fill(`${own.site.origin}/certificates/${code}`)
    await page.getByRole('button', { name: 'Check it' }).click()
    await expect(page).toHaveURL(`/verify?code=${code}`)
    await expect(verdict(page)).toHaveText('This certificate is valid')

    await page.getByLabel('Their e-mail address').fill('somebody@else.example')
    await page.getByRole('button', { name: 'Compare' }).click()
    await expect(page.getByText('It is not theirs, as far as we can tell')).toBeVisible()
    if (scripts) await isAccessible(page)
    await page.getByLabel('Their e-mail address').fill(`${handle}@example.org`)
    await page.getByRole('button', { name: 'Compare' }).click()
    await expect(
      page.locator('#recipient').getByText('It was made out to the address that you typed.'),
    ).toBeVisible()
    await expect(verdict(page)).toHaveText('This certificate is valid')
  })

  test(`an employer is warned of a file that was changed, and told what to do, ${how}`, async ({
    browser,
  }) => {
    const { files } = await holder(browser, scripts ? 'kim' : 'lou', scripts)
    const page = await employer(browser, scripts)
    const [, , credential] = files
    const changed = Buffer.from(credential!.buffer.toString().replace('"Moderator"', '"Mentor"'))
    await bring(page, { name: 'credential.json', buffer: changed })
    await expect(verdict(page)).toHaveText('Do not rely on this')
    const unchanged = page.getByRole('listitem').filter({ hasText: 'Nothing was changed since' })
    await expect(unchanged.getByText('Failed')).toBeVisible()
    if (scripts) await isAccessible(page)

    await bring(page, { name: 'holiday.png', buffer: Buffer.from('not a picture at all') })
    await expect(verdict(page)).toHaveText('This can’t be read')
    await expect(page.getByLabel('Or a file')).toBeVisible()
    if (scripts) await isAccessible(page)
  })
}
