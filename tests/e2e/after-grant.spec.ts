import { type Browser, expect, test } from '@playwright/test'
import { makeToken } from '../../src/api/tokens.ts'
import { content } from '../../src/authoring/content.ts'
import { grantFounding } from '../../src/badges/found.ts'
import { tendDuties } from '../../src/badges/holding/tend-duties.ts'
import { completeCourse } from '../badges/deeds.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { Receiver } from '../webhooks/receiver.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite('empty', { WEBHOOK_PRIVATE: '1', SECRET: 'the same secret at every instance' })

let count = 0
const at = (scripts: boolean) => ({ origin: own.site.origin, scripts })

async function anAdmin(browser: Browser, scripts: boolean) {
  const { handle } = await addAdmin(own.db, { handle: `alder${++count}` })
  return Visitor.signedIn(browser, handle, at(scripts))
}

/** Somebody who holds Room Supporter, Moderator and Mentor. */
async function aMentor(handle: string): Promise<{ id: number; handle: string }> {
  const person = await addTrainee(own.db, { handle: `${handle}${++count}` })
  const founding = { personId: person.id, badge: 'mentor', reason: 'A founding mentor.' }
  await own.db.transaction(tx => grantFounding(tx, content(), founding))
  return person
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`an admin sees what a suspension closes, suspends what stands on it too, and reinstates both, ${how}`, async ({
    browser,
    request,
  }) => {
    const platform = await new Receiver().open()
    const admin = await anAdmin(browser, scripts)
    const mentor = await aMentor('maple')
    const { page } = admin
    await page.goto('/admin/webhooks')
    await page.getByLabel('What it is').fill('Chat platform')
    await page.getByLabel('Address').fill(platform.url)
    await admin.press('Add it')
    platform.secret = (await page.locator('.secret').textContent())?.trim() ?? ''
    const token = await own.db.transaction(tx =>
      makeToken(tx, null, { name: `Chat ${count}`, scopes: ['badges:read'], lasts: 'always' }),
    )
    const open = async () => {
      const answer = await request.get(`${own.site.origin}/api/v1/people/${mentor.handle}/unlocks`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return ((await answer.json()) as { unlocks: { id: string }[] }).unlocks.map(({ id }) => id)
    }
    expect(await open()).toEqual(expect.arrayContaining(['grade', 'moderating']))

    await page.goto(`/admin/people/${mentor.handle}`)
    await page.getByRole('link', { name: 'Suspend or revoke Moderator' }).click()
    await admin.sees('This would close')
    await admin.sees('Moderating rooms')
    await page.locator('summary', { hasText: 'Suspend Moderator' }).click()
    const form = page.locator('#suspend')
    await expect(form).toContainText('Grading reflections here, at the desk')
    await form.getByLabel('What kind of reason').selectOption('Under review')
    await form.getByLabel('Suspend Group Support Mentor with it').check()
    // Without a reason it is not done, and what was chosen stays.
    await form.getByRole('button').click()
    await admin.sees('Please fill this in.')
    await expect(page.locator('#suspend').getByLabel('Suspend Group Support Mentor with it')).toBeChecked()
    await page.locator('#suspend').getByLabel('Why').fill('Let us talk first <b>please</b>.')
    await page.locator('#suspend').getByRole('button').click()
    await admin.sees('Suspended, and on the record.')
    await admin.sees('Suspended: Under review')

    expect(await open()).not.toEqual(expect.arrayContaining(['grade']))
    expect(await open()).not.toEqual(expect.arrayContaining(['moderating']))
    const types = () => platform.received.map(({ event }) => event?.type)
    await expect.poll(types).toEqual(['badge.suspended', 'badge.suspended'])
    expect(platform.received.map(({ body }) => body).join()).not.toContain('Let us talk')

    const holder = await Visitor.signedIn(browser, mentor.handle, at(scripts))
    await holder.page.goto('/')
    await holder.sees('Your badge Moderator is suspended, and with it Group Support Mentor.')
    await holder.page.goto('/path/moderator')
    await holder.sees('Let us talk first <b>please</b>.')
    await holder.page.getByRole('link', { name: 'Your certificate' }).click()
    const anybody = await Visitor.open(browser, 'anybody', at(scripts))
    await anybody.page.goto(holder.page.url())
    await anybody.sees('This certificate is suspended')
    await anybody.sees('Under review')
    await anybody.misses(/Let us talk/)

    await page.goto(`/admin/people/${mentor.handle}/badges/moderator`)
    await expect(page.getByLabel('Reinstate Group Support Mentor too')).toBeChecked()
    await page.getByLabel('Why it holds again').fill('We talked.')
    await admin.press('Reinstate Moderator')
    await admin.sees('Reinstated, and on the record.')
    expect(await open()).toEqual(expect.arrayContaining(['grade', 'moderating']))
    await expect.poll(() => types().slice(2)).toEqual(['badge.reinstated', 'badge.reinstated'])
    await anybody.page.reload()
    await anybody.sees('This certificate is valid')
    platform.close()
    await own.db.$client`update webhook_endpoint set removed_at = now()`
  })

  test(`a Mentor who has not done the training in time reads why, does it, and grades again, ${how}`, async ({
    browser,
  }) => {
    const mentor = await aMentor('wisp')
    await own.db.$client`update duty set due_on = current_date - 1, looked_on = current_date - 1
      where person_id = ${mentor.id}`
    await tendDuties(own.db, content())
    const holder = await Visitor.signedIn(browser, mentor.handle, at(scripts))
    await holder.page.goto('/')
    await holder.sees('is suspended until you have finished Global Mod Training')
    await holder.page.goto('/path/mentor')
    await holder.sees('Suspended: A duty not done')
    await holder.sees('It holds again by itself')
    expect((await holder.page.goto('/desk'))?.status()).toBe(404)

    await completeCourse(own.db, mentor, 'global-mod-training')
    expect((await holder.page.goto('/desk'))?.status()).toBe(200)
    await holder.page.goto('/')
    await holder.sees('Thank you for finishing it: your badge Group Support Mentor holds again.')
  })

  test(`a revoked badge is not given back, and the page says why and where it can be granted anew, ${how}`, async ({
    browser,
  }) => {
    const admin = await anAdmin(browser, scripts)
    const mentor = await aMentor('reed')
    await admin.page.goto(`/admin/people/${mentor.handle}/badges/mentor`)
    await admin.page.locator('summary', { hasText: 'Revoke Group Support Mentor' }).click()
    await admin.page.locator('#revoke').getByLabel('What kind of reason').selectOption('At their own wish')
    await admin.page.locator('#revoke').getByLabel('Why').fill('They asked for it.')
    await admin.page.locator('#revoke').getByRole('button').click()
    await admin.sees('Revoked, and on the record.')
    await admin.sees('A revoked badge is not given back')
    await expect(admin.page.getByRole('button', { name: /Reinstate/ })).toHaveCount(0)
    await admin.page.getByRole('link', { name: 'See how they stand' }).click()
    await expect(admin.page).toHaveURL(`/admin/queue/${mentor.handle}/mentor`)
  })
}

test('a double press suspends once', async ({ browser }) => {
  const admin = await anAdmin(browser, false)
  const mentor = await aMentor('fern')
  await admin.page.goto(`/admin/people/${mentor.handle}/badges/mentor`)
  const fields = await admin.page
    .locator('#suspend')
    .evaluate(form =>
      Object.fromEntries(
        [...new FormData(form as HTMLFormElement)].map(([name, value]) => [name, value as string]),
      ),
    )
  const post = () =>
    admin.page.request.post('/helplines?_action=certificates.suspend', {
      form: { ...fields, reason: 'Once.' },
      headers: { origin: own.site.origin },
      maxRedirects: 0,
    })
  const answers = await Promise.all([post(), post()])
  expect(answers.map(answer => answer.status())).toEqual([303, 303])
  const [row] = await own.db.$client`
    select count(*)::int as count from record_entry where kind = 'suspension' and person_id = ${mentor.id}`
  expect(row!.count).toBe(1)
})
