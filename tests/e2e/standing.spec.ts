import { type Browser, expect, test } from '@playwright/test'
import { sql } from 'drizzle-orm'
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

/** Has somebody been to a group chat on each of these days, counted back from today. */
const chatted = ({ handle }: Visitor, ...daysAgo: number[]) =>
  own.db.execute(sql`
    insert into evidence (person_id, kind, source, external_id, occurred_on, state, created_at, decided_at)
    select p.id, 'group_chat', 'chat-platform', p.handle || ago, current_date - ago, 'confirmed',
      now() - ago * interval '1 day', now() - ago * interval '1 day'
    from person p, unnest(${sql.param(daysAgo)}::int[]) as ago where p.handle = ${handle}`)

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`somebody sees when they may get there, finds an evening missing, and an admin adds it beside the others, ${how}`, async ({
    browser,
  }) => {
    const clover = await people.joined(browser, 'clover', scripts)
    await own.db.execute(
      sql`update person set created_at = now() - interval '60 days' where handle = ${clover.handle}`,
    )
    await chatted(clover, ...Array.from({ length: 30 }, (_, index) => index + 1))
    await clover.page.goto('/path/mentor')
    await clover.sees('At your pace of late: ')
    await clover.sees('The weeks count from the day on which you hold that badge.')

    await clover.page.getByRole('link', { name: 'What was counted (75 group chats)' }).click()
    await clover.sees('75 group chats: 30 of 75')
    await expect(clover.page.locator('.source-list li')).toHaveCount(25)
    await clover.page.getByRole('link', { name: 'Earlier ones' }).click()
    await expect(clover.page.locator('.source-list li')).toHaveCount(5)
    await clover.page.getByText('This isn’t right').click()
    await clover.press('Ask an admin to look at it')
    await clover.sees('Please say what it should be')
    await clover.page.getByLabel('What it should be').fill('32')
    await clover.page.getByLabel('What is missing or wrong').fill('Two evenings. <b>Ask Rowan</b>.')
    await clover.press('Ask an admin to look at it')
    await clover.sees('You said that this isn’t right')
    await clover.sees('Two evenings. <b>Ask Rowan</b>.')

    const alder = await admin(browser, scripts)
    await alder.page.goto('/admin')
    await alder.sees('says that something is counted wrongly')
    await alder.page.goto('/admin/disputes')
    await alder.page.getByRole('link', { name: `Look and answer @${clover.handle}` }).click()
    await alder.sees('Counted by chat-platform')
    await alder.press('Answer')
    await alder.sees('Please choose what comes of it.')
    await alder.page.getByRole('radio', { name: 'Correct it, as below' }).check()
    await alder.page.getByLabel('What you found').fill('Rowan was there.')
    await alder.press('Answer')
    await alder.sees('Please say by how many')
    await alder.page.getByLabel('To correct it: by how many').fill('2')
    await alder.press('Answer')
    await alder.sees('Answered. They are told what you found.')

    await clover.page.goto('/')
    await clover.page.getByText('What you said is counted wrongly has been corrected.').first().click()
    await clover.sees('75 group chats: 32 of 75')
    await clover.sees('Corrected by @')
    await expect(clover.page.locator('.source-list .corrected')).toContainText('Rowan was there.')
    await expect(clover.page.locator('.source-list .corrected')).toContainText('+2')
  })

  test(`somebody takes back what they said, and reads how they stood three weeks ago, ${how}`, async ({
    browser,
  }) => {
    const daisy = await people.joined(browser, 'daisy', scripts)
    await own.db.execute(
      sql`update person set created_at = now() - interval '60 days' where handle = ${daisy.handle}`,
    )
    await chatted(daisy, 30, 2)
    await daisy.page.goto('/path/mentor/counted?of=guides-completed')
    await daisy.sees('Nothing has been counted here yet.')
    await daisy.page.getByText('This isn’t right').click()
    await daisy.page.getByLabel('What it should be').fill('One')
    await daisy.page.getByLabel('What is missing or wrong').fill('I read one.')
    await daisy.press('Ask an admin to look at it')
    await daisy.page.getByText('Take it back').click()
    await daisy.press('It is right after all')
    await expect(daisy.page.getByText('This isn’t right')).toBeVisible()

    await daisy.page.goto('/path/mentor')
    await daisy.page.getByRole('link', { name: 'How it stood on a day' }).click()
    await daisy.sees('2 of 75')
    const threeWeeksAgo = new Date(Date.now() - 21 * 24 * 60 * 60_000).toISOString().slice(0, 10)
    await daisy.page.getByLabel('On the evening of').fill(threeWeeksAgo)
    await daisy.page.getByRole('button', { name: 'Show' }).click()
    await daisy.sees('1 of 75')

    const alder = await admin(browser, scripts)
    await alder.page.goto(`/admin/people/${daisy.handle}/standing/mentor?on=${threeWeeksAgo}`)
    await alder.sees('1 of 75')
  })
}
