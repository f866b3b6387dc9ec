import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../../src/webhooks/settle.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { addAdmin, addTrainee, password } from '../support/cast.ts'
import { testSite, type Visitor } from '../support/site.ts'
import { answering, Receiver } from './receiver.ts'
import { stageOf } from './stage.ts'

const site = await testSite({ WEBHOOK_PRIVATE: '1', SECRET: 'the secret of the tests' })
const { db } = site
const admin = await addAdmin(db, { handle: 'alder' })
const { grant, tell, deliveries } = stageOf(db, admin)

let office: Visitor
let platform: Receiver
beforeAll(async () => {
  office = await site.visitor({ handle: 'alder', password })
  platform = await new Receiver().open()
})
afterAll(() => {
  platform.close()
})

const read = async (answer: Promise<Response>) => {
  const response = await answer
  expect(response.status).toBe(200)
  return response.text()
}
const add = (fields: Record<string, string | string[]>, browser = office.copy()) =>
  site.post(
    'webhooks.add',
    { name: 'Chat platform', url: platform.url, events: ['badge.granted', 'badge.revoked'], ...fields },
    browser,
    '/admin/webhooks',
  )

describe('an admin on the pages', () => {
  test('adds a webhook, copies its secret, sends a test and reads in the log that it arrived', async () => {
    const browser = office.copy()
    const added = await add({}, browser)
    const page = added.headers.get('location') ?? ''
    expect(page).toMatch(/^\/admin\/webhooks\/\d+$/)
    expect(await read(site.get(page, office.copy())), 'to somebody else').not.toContain('whsec_')
    const shown = await read(site.get(page, browser))
    platform.secret = /whsec_[\w+/=]+/.exec(shown)?.[0] ?? ''
    expect(platform.secret).toHaveLength(50)
    expect(await read(site.get(page, browser)), 'a second time').not.toContain('whsec_')

    const id = page.split('/').at(-1) ?? ''
    expect((await site.post('webhooks.test', { id }, browser, page)).status).toBe(303)
    await expect.poll(() => platform.received.length).toBe(1)
    expect(platform.received[0]!.event).toMatchObject({ type: 'webhook.test' })
    await expect.poll(async () => read(site.get(page, browser))).toContain('Answered 200')
    const log = await read(site.get(page, browser))
    expect(log).toContain(platform.names[0])
    expect(log).toContain('Thank you.')

    const renewed = await site.post('webhooks.renewSecret', { id }, browser, page)
    expect(await read(site.get(renewed.headers.get('location') ?? '', browser))).toMatch(
      /whsec_[\s\S]*the one before is good as well until/,
    )
    await site.post('webhooks.remove', { id }, browser, page)
    expect((await site.get(page, browser)).status).toBe(404)
  })

  test.each([
    ['an address without TLS', { url: 'http://chat.example.org/' }, 'begins with https://'],
    ['machines’ metadata', { url: 'https://169.254.169.254/' }, 'no platform can be'],
    ['no address', { url: 'chat' }, 'not a web address'],
    ['nothing to hear of', { events: [] }, 'Please choose what it hears of.'],
    ['something that does not happen', { events: ['badge.stolen'] }, 'Please choose one of these.'],
    ['no name', { name: ' ' }, 'Please fill this in.'],
    ['an address without end', { url: `https://chat.example.org/${'a'.repeat(2000)}` }, '2,000 characters'],
  ])('is told why %s is not taken, with every word kept', async (_, fields, why) => {
    const answer = await add({ name: 'A name of its own', ...fields })
    expect(answer.status).toBe(400)
    const page = await answer.text()
    expect(page).toContain(why)
    if (!('name' in fields)) expect(page).toContain('A name of its own')
  })

  test('finds nothing at addresses that are none', async () => {
    for (const path of ['0', '-1', 'x', '99999999999999999999', '1e3', '1%00', '999'])
      expect([path, (await site.get(`/admin/webhooks/${path}`, office)).status]).toEqual([path, 404])
    const id = await tell(platform)
    for (const query of [
      'show=x',
      'before=x',
      'before=-1',
      'before=99999999999999999',
      'show=failed&before=1',
    ])
      expect((await site.get(`/admin/webhooks/${id}?${query}`, office)).status).toBe(200)
    for (const fields of [{ since: '5' }, { since: '' }, { since: '-1' }])
      expect(
        (await site.post('webhooks.replay', { id: String(id), ...fields }, office.copy(), '/path')).status,
      ).toBe(400)
    await db.execute(sql`update webhook_endpoint set removed_at = now()`)
  })

  test('turns the pages of the log, and narrows it to what failed', async () => {
    const id = await tell(platform, ['badge.suspended'])
    await db.execute(sql`
      with said as (
        insert into webhook_event (name, type, data) select 'evt_' || n, 'badge.granted', '{}' from generate_series(1, 60) n
        returning id)
      insert into webhook_delivery (endpoint_id, event_id, state, settled_at)
      select ${id}, id, case when id % 10 = 0 then 'failed' else 'delivered' end, now() from said`)
    const names = new Set<string>()
    let pages = 0
    for (let query = ''; ; pages++) {
      const page = await read(site.get(`/admin/webhooks/${id}${query}`, office))
      for (const [, name] of page.matchAll(/<code>(evt_\d+)<\/code>/g)) names.add(name!)
      const next = /href="(\?[^"]*before=\d+)"/.exec(page)?.[1]
      if (!next) break
      query = next.replaceAll('&#38;', '&').replaceAll('&amp;', '&')
    }
    expect([names.size, pages]).toEqual([60, 2])
    const failed = await read(site.get(`/admin/webhooks/${id}?show=failed`, office))
    expect([...failed.matchAll(/<code>evt_\d+<\/code>/g)]).toHaveLength(6)
    await db.execute(sql`update webhook_endpoint set removed_at = now()`)
  })
})

test('what a platform answers is shown as it came, and is never markup; nor is what an admin calls it', async () => {
  const id = await tell(platform, ['badge.granted'])
  await db.execute(sql`update webhook_endpoint set paused_at = now(), paused_for = 'asked'`)
  for (const [index, payload] of xssCorpus.entries()) {
    if (index % 20 === 0) await grant(await addTrainee(db), 'moderator')
    const [{ id: delivery }] = (await db.execute<{ id: string }>(
      sql`select max(id) as id from webhook_delivery`,
    )) as unknown as [{ id: string }]
    const outcome = { took: 1, status: 500, answer: payload.replaceAll('\0', ''), problem: '' }
    const tried = { id: Number(delivery), tries: 0, endpoint: { id } }
    await db.transaction(tx => settle(tx, tried, outcome, new Date()))
  }
  const name = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>'
  await db.execute(sql`update webhook_endpoint set name = ${name}, url = ${`https://chat.example/?${name}`}`)
  for (const path of [`/admin/webhooks/${id}`, '/admin/webhooks']) {
    const page = await read(site.get(path, office))
    const own = page
      .replaceAll(/<script type="module" src="\/_astro\/[\w.@-]+"><\/script>/g, '')
      // Within quotation marks nothing is markup; one that came from outside is written as &quot;.
      .replaceAll(/"[^"]*"/g, '""')
    expect(own).not.toMatch(/<script|<img|<svg[^>]*onload|<iframe|<body onload/i)
    expect(page).toContain('&lt;script&gt;alert(1)')
  }
  // An address is words here: nobody is led there.
  expect(await read(site.get('/admin/webhooks', office))).not.toMatch(/href="https:\/\/chat\.example/)
  expect(await deliveries()).not.toEqual([])
  platform.answer = answering(200)
})
