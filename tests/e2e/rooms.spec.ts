import { type Browser, expect, test } from '@playwright/test'
import { content } from '../../src/authoring/content.ts'
import { grantFounding } from '../../src/badges/found.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { startTrellis } from '../support/start.ts'
import { Receiver } from '../webhooks/receiver.ts'
import { type Own, ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const settings = { WEBHOOK_PRIVATE: '1', SECRET: 'the same secret at every instance' }
const own = ownSite('empty', settings)

let platform: Receiver
test.beforeEach(async () => {
  platform = await new Receiver().open()
})
test.afterEach(async () => {
  platform.close()
  await own.db.$client`update webhook_endpoint set removed_at = now()`
})

let count = 0

/** An admin of the site, at their browser. */
async function anAdmin(browser: Browser, scripts: boolean, { db, site }: Own = own) {
  const { handle } = await addAdmin(db, { handle: `alder${++count}` })
  return Visitor.signedIn(browser, handle, { origin: site.origin, scripts })
}

/** Has the platform told, as an admin does it on the pages. */
async function tellOf(admin: Visitor): Promise<void> {
  await admin.page.goto('/admin/webhooks')
  await admin.page.getByLabel('What it is').fill('Chat platform')
  await admin.page.getByLabel('Address').fill(platform.url)
  await admin.press('Add it')
  platform.secret = (await admin.page.locator('.secret').textContent())?.trim() ?? ''
  expect(platform.secret).toMatch(/^whsec_/)
}

/** Grants a badge by override, as two admins do it: one proposes it on a person's page, the other confirms. */
async function grant(admin: Visitor, handle: string): Promise<void> {
  const { page } = admin
  await page.goto(`/admin/people/${handle}`)
  await page.getByText('Propose a badge by override').click()
  await page.locator('#override-form [name=badge]').selectOption('moderator')
  await page.locator('#override-form [name=reason]').fill('A founding moderator.')
  await admin.press('Propose it to another admin')
  const second = await anAdmin(page.context().browser()!, false)
  await second.page.goto(`/admin/queue/${handle}/moderator`)
  await second.press('Confirm, and grant Moderator')
}

const types = () => platform.received.map(({ event }) => event?.type)

for (const scripts of [true, false])
  test(`an admin has a platform told, and it locks a room within seconds of a revocation, ${scripts ? 'with' : 'without'} JavaScript`, async ({
    browser,
  }) => {
    const admin = await anAdmin(browser, scripts)
    await tellOf(admin)
    await admin.press('Send a test')
    await expect.poll(types).toEqual(['webhook.test'])
    await expect
      .poll(async () => {
        await admin.page.reload()
        return admin.page.locator('.deliveries').textContent()
      })
      .toContain('Delivered')

    const { handle } = await addTrainee(own.db, { handle: `hope${++count}` })
    await grant(admin, handle)
    await expect.poll(types).toEqual(['webhook.test', 'badge.granted'])

    await admin.page.goto(`/admin/people/${handle}/badges/moderator`)
    await admin.page.locator('summary', { hasText: 'Revoke Moderator' }).click()
    await admin.page.locator('#revoke [name=reason]').fill('A breach of privacy.')
    const pressed = Date.now()
    await admin.page.locator('#revoke button').click()
    await expect.poll(types, { intervals: [10] }).toEqual(['webhook.test', 'badge.granted', 'badge.revoked'])
    const { at, event, body } = platform.received[2]!
    test.info().annotations.push({ type: 'from the press to the room', description: `${at - pressed} ms` })
    expect(at - pressed).toBeLessThan(5_000)
    expect(event!.data).toMatchObject({
      person: { handle },
      unlocks: { now: [], lost: [{ kind: 'room', id: 'moderating' }] },
    })
    expect(body).not.toContain('privacy')
  })

test('an admin pauses, resumes, sends again, replays, changes the secret and removes, without JavaScript', async ({
  browser,
}) => {
  const admin = await anAdmin(browser, false)
  const { page } = admin
  await tellOf(admin)
  await admin.press('Pause')
  await expect(page.locator('.endpoint-state')).toContainText('Paused')
  const { handle } = await addTrainee(own.db, { handle: `moss${++count}` })
  const address = page.url()
  await grant(admin, handle)
  await page.goto(address)
  await expect(page.locator('.deliveries')).toContainText('Waits until it is resumed')
  expect(platform.received).toEqual([])
  await admin.press('Resume')
  await expect.poll(types).toEqual(['badge.granted'])

  await page.goto(address)
  await page.locator('.deliveries summary').first().click()
  await admin.press('Send it again')
  await expect.poll(types).toHaveLength(2)
  await page.locator('summary', { hasText: 'Send everything again' }).click()
  await page.getByLabel('What happened in').selectOption('the last hour')
  await admin.press('Send it all again')
  await expect.poll(() => platform.names.filter(name => name === platform.names[0]).length).toBe(3)

  await page.goto(address)
  await page.locator('summary', { hasText: 'new secret' }).click()
  await admin.press('Make a new secret')
  const renewed = (await page.locator('.secret').textContent())?.trim() ?? ''
  expect(renewed).not.toBe(platform.secret)
  await admin.press('Send a test')
  await expect.poll(() => types().at(-1)).toBe('webhook.test')
  const { headers, body, event } = platform.received.at(-1)!
  expect(event, 'by the old secret').not.toBeNull()
  expect(platform.trusted(headers, body, renewed), 'by the new one').not.toBeNull()

  await page.goto(address)
  await page.locator('summary', { hasText: 'Remove it' }).click()
  await admin.press('Remove this webhook')
  await expect(page.getByText('Nobody is told yet.')).toBeVisible()
})

test('two instances of the site tell a platform each thing once', async ({ browser }) => {
  const there = await startTrellis({ DATABASE_URL: own.url, ...settings })
  try {
    const admin = await anAdmin(browser, false)
    await tellOf(admin)
    const people = await Promise.all(
      Array.from({ length: 6 }, () => addTrainee(own.db, { handle: `many${++count}` })),
    )
    for (const { handle } of people) await grant(admin, handle)
    await expect.poll(types).toHaveLength(6)
    await new Promise(resolve => setTimeout(resolve, 3_000))
    expect(platform.names).toHaveLength(6)
    expect(new Set(platform.names).size).toBe(6)
  } finally {
    await there.stop()
  }
})

test('the site is killed between a grant and its delivery: the platform is told once the site is back, of one grant', async ({
  browser,
}) => {
  const { site } = own
  const admin = await anAdmin(browser, false)
  await tellOf(admin)
  // The platform takes the connection and says nothing: what was granted is on the record and has not been taken in.
  platform.answer = () => {}
  const { id, handle } = await addTrainee(own.db, { handle: `ivy${++count}` })
  await grant(admin, handle)
  await expect.poll(() => platform.received.length).toBe(1)
  await site.kill()
  platform.answer = (_, response) => response.end()
  await site.start()

  await expect.poll(() => platform.received.length, { timeout: 60_000 }).toBe(2)
  await expect
    .poll(
      async () =>
        (await own.db.$client`select state from webhook_delivery where state <> 'delivered'`).length,
    )
    .toBe(0)
  expect(new Set(platform.names).size).toBe(1)
  expect(platform.received.every(({ event }) => event?.type === 'badge.granted')).toBe(true)
  const [grants] = await own.db.$client<{ entries: string; certificates: string; events: string }[]>`
    select (select count(*) from record_entry where person_id = ${id}) as entries,
      (select count(*) from certificate where person_id = ${id}) as certificates,
      (select count(*) from webhook_event where person_id = ${id}) as events`
  expect(grants).toEqual({ entries: '1', certificates: '1', events: '1' })
})

test('the site is killed before anybody has taken up what was granted: the platform is told as soon as it is back', async ({
  browser,
}) => {
  const admin = await anAdmin(browser, false)
  await tellOf(admin)
  const { id, handle } = await addTrainee(own.db, { handle: `fern${++count}` })
  await own.site.kill()
  // Written, and nobody there who would send it.
  await own.db.transaction(tx =>
    grantFounding(tx, content(), { personId: id, badge: 'moderator', reason: 'A test.' }),
  )
  await own.site.start()
  await expect.poll(types, { timeout: 10_000 }).toEqual(['badge.granted', 'badge.granted'])
  expect(platform.received.map(({ event }) => event?.data.person.handle)).toEqual([handle, handle])
  expect(new Set(platform.names).size).toBe(2)
})
