import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, test } from '@playwright/test'
import { sql } from 'drizzle-orm'
import { content } from '../../src/authoring/content.ts'
import { eraseDue } from '../../src/own/erasing/erase.ts'
import { grantFounding } from '../../src/badges/found.ts'
import { addAdmin, addMentorOf, addTrainee, password } from '../support/cast.ts'
import { pageFile } from '../own/unzip.ts'
import { ownSite, peopleOf } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite()
const people = peopleOf(own)
let count = 0

/** A mentor whose badge stands on the record. */
async function certified(
  browser: Browser,
  scripts: boolean,
): Promise<{ visitor: Visitor; id: number; code: string }> {
  const { id, handle } = await addTrainee(own.db, { handle: `linden${++count}`, displayName: 'Linden Ray' })
  await own.db.transaction(tx =>
    grantFounding(tx, content(), { personId: id, badge: 'mentor', reason: 'A founding mentor.' }),
  )
  const [row] = await own.db.execute<{ code: string }>(
    sql`select code from certificate where person_id = ${id} and badge = 'mentor'`,
  )
  const visitor = await Visitor.signedIn(browser, handle, { origin: own.site.origin, scripts })
  return { visitor, id, code: row!.code }
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'
  const at = () => ({ origin: own.site.origin, scripts })

  test(`a person chooses what others see of them, and a guest sees it only where they said so, ${how}`, async ({
    browser,
  }) => {
    const { visitor: linden } = await certified(browser, scripts)
    const page = `/people/${linden.handle}`
    const [other, guest] = [
      await people.joined(browser, 'moss', scripts),
      await Visitor.open(browser, 'guest', at()),
    ]
    await other.page.goto(page)
    await other.sees('Group Support Mentor')
    await guest.page.goto(page)
    await expect(guest.page).toHaveURL(/sign-in/)

    await linden.page.goto('/account')
    await linden.page
      .getByLabel('A few words about you')
      .fill('Evenings.\n<b>Bold</b> [x](javascript:1) \u202Eabc')
    await linden.page.getByRole('checkbox', { name: 'Moderator' }).uncheck()
    await linden.page.getByLabel('Place of Group Support Mentor').fill('1')
    await linden.page.getByLabel('Place of Room Supporter').fill('2')
    await linden.page.getByRole('checkbox', { name: /^Anybody with the link/ }).check()
    await linden.press('Save your page')
    await linden.sees('Your page is as you chose.')
    await linden.page.goto(page)
    await linden.sees('hidden from others')

    for (const viewer of [other, guest]) {
      await viewer.page.goto(page)
      await expect(viewer.page.locator('.held li')).toHaveText([/^Group Support Mentor/, /^Room Supporter/])
      await viewer.sees('<b>Bold</b> [x](javascript:1)')
    }
    await expect(guest.page.getByRole('heading', { name: 'Latest posts' })).toHaveCount(0)
    await guest.page.getByRole('link', { name: 'Group Support Mentor' }).click()
    await guest.sees('This certificate is valid')
    const { handle } = await addAdmin(own.db, { handle: `alder${++count}` })
    const admin = await Visitor.signedIn(browser, handle, at())
    await admin.page.goto(page)
    await admin.sees('hidden from others')
  })

  test(`a teen’s page is never public, ${how}`, async ({ browser }) => {
    const { handle } = await addMentorOf(own.db, [], { handle: `teen${++count}`, ageBand: 'teen' })
    const teen = await Visitor.signedIn(browser, handle, at())
    await teen.page.goto('/account')
    await teen.sees('Your page is for people who are signed in here, as that of every teen.')
    await expect(teen.page.getByText('Anybody with the link may see my page')).toHaveCount(0)
    await own.db.execute(sql`update person set public_page = true where handle = ${handle}`)
    const guest = await Visitor.open(browser, 'guest', at())
    await guest.page.goto(`/people/${handle}`)
    await expect(guest.page).toHaveURL(/sign-in/)
  })

  test(`a person takes along everything, with their password once more, ${how}`, async ({ browser }) => {
    const { visitor: linden } = await certified(browser, scripts)
    await linden.page.goto('/account/copy')
    await linden.page.getByRole('textbox', { name: 'Your password' }).fill('not this one')
    await linden.press('Make the file')
    await linden.sees('This is not your password.')
    // Whoever finds the browser open gets nothing by the address alone.
    await linden.page.goto('/account/everything.zip')
    await expect(linden.page).toHaveURL(/\/account\/copy$/)
    await linden.page.getByRole('textbox', { name: 'Your password' }).fill(password)
    await linden.press('Make the file')
    const link = linden.page.getByRole('link', { name: 'Download the file' })
    await expect(link).toBeVisible()
    const answer = await linden.page.context().request.get('/account/everything.zip')
    expect(answer.headers()).toMatchObject({
      'content-type': 'application/zip',
      'cache-control': 'private, no-store',
    })

    const file = pageFile(await answer.body())
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 900 } })
      const page = await context.newPage()
      await page.goto(file.url)
      await expect(page.getByRole('heading', { name: /^Everything that Trellis holds about/ })).toBeVisible()
      await expect(page.getByText('A founding mentor.').first()).toBeVisible()
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over).toBeLessThanOrEqual(0)
    }
    file.forget()
  })

  test(`a person asks to be erased, comes back, asks again and is gone, ${how}`, async ({ browser }) => {
    const { visitor: linden, id, code } = await certified(browser, scripts)
    await linden.page.goto('/account')
    await linden.page.getByRole('link', { name: 'Erase your account' }).click()
    await linden.sees('What stays, without your name')
    await linden.page.getByRole('radio', { name: /^Keep them, with my name/ }).check()
    await linden.page.getByLabel('Type your handle').fill('somebody-else')
    await linden.page.getByRole('textbox', { name: 'Your password' }).fill(password)
    await linden.press(/^Erase my account/)
    await linden.sees(`Please type @${linden.handle}`)
    await expect(linden.page.getByRole('radio', { name: /^Keep them, with my name/ })).toBeChecked()

    const ask = async () => {
      await linden.page.goto('/account/erasure')
      await linden.page.getByRole('radio', { name: /^Keep them, with my name/ }).check()
      await linden.page.getByLabel('Type your handle').fill(`@${linden.handle}`)
      await linden.page.getByRole('textbox', { name: 'Your password' }).fill(password)
      await linden.press(/^Erase my account/)
      await linden.sees('Your account is about to be erased')
    }
    await ask()
    await linden.page.goto('/path')
    await linden.page.getByRole('link', { name: 'Stay after all' }).click()
    await linden.press('Stay, and erase nothing')
    await linden.sees('Good that you stay. Nothing was erased.')
    await linden.page.goto('/path')
    await expect(linden.page.getByRole('link', { name: 'Stay after all' })).toHaveCount(0)

    await ask()
    expect(await eraseDue(own.db, content())).toBe(0)
    await own.db.execute(sql`update leaving set due_at = now() where person_id = ${id} and ended_at is null`)
    expect(await eraseDue(own.db, content())).toBe(1)
    await linden.page.goto('/account')
    await expect(linden.page).toHaveURL(/sign-in/)
    await linden.page.getByLabel(/^Handle or email/).fill(linden.handle)
    await linden.page.getByLabel('Password').fill(password)
    await linden.press('Sign in')
    await linden.sees('That name and password do not go together.')
    await linden.page.goto(`/certificates/${code}`)
    await linden.sees('This certificate is valid')
    await linden.sees('Linden Ray')
  })
}
