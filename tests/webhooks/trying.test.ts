import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import { mostReplayed, replay, sendAgain, sendTest } from '../../src/webhooks/again.ts'
import { deliver } from '../../src/webhooks/deliver.ts'
import { takeDue } from '../../src/webhooks/due.ts'
import {
  addEndpoint,
  changeEndpoint,
  pauseEndpoint,
  removeEndpoint,
  renewSecret,
  resumeEndpoint,
} from '../../src/webhooks/endpoints.ts'
import { deliveries as logOf, endpointOf, endpoints } from '../../src/webhooks/log.ts'
import { postman } from '../../src/webhooks/postman.ts'
import { secretOf, traceOf } from '../../src/webhooks/secret.ts'
import { sweepEvents } from '../../src/webhooks/sweep-events.ts'
import { addAdmin, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { answering, Receiver } from './receiver.ts'
import { stageOf } from './stage.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const { grant, revoke, tell, send, hurry, deliveries } = stageOf(db, admin)

let platform: Receiver
beforeEach(async () => {
  platform = await new Receiver().open()
})
afterEach(async () => {
  platform.close()
  await db.execute(sql`delete from webhook_endpoint`)
  await db.execute(sql`delete from webhook_event`)
  await db.execute(sql`delete from notification`)
})

const somebodyGranted = async () => grant(await addTrainee(db), 'moderator')
const byAdmin = <T>(verb: (tx: Parameters<Parameters<typeof db.transaction>[0]>[0]) => Promise<T>) =>
  db.transaction(verb)

describe('a platform that is down', () => {
  test('is tried again after a while, and told under the same name what it missed', async () => {
    const id = await tell(platform)
    await somebodyGranted()
    platform.answer = answering(503, {}, 'Back soon.')
    await send()
    expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: 1 }])
    expect((await deliveries())[0]!.wait).toBeGreaterThan(3)
    expect((await deliveries())[0]!.wait).toBeLessThan(6)
    expect(await send()).toBe(0)
    expect((await endpointOf(db, admin, id)).failingSince).not.toBeNull()

    platform.answer = answering(200)
    await hurry()
    await send()
    expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 2 }])
    expect(new Set(platform.names).size).toBe(1)
    expect(platform.received[1]!.body).toBe(platform.received[0]!.body)
    expect(platform.received.every(({ event }) => event !== null)).toBe(true)
    expect((await endpointOf(db, admin, id)).failingSince).toBeNull()
    const [{ attempts }] = (await logOf(db, admin, { endpoint: id })).shown as [never]
    expect(attempts).toMatchObject([
      { status: 200, answer: '', problem: '' },
      { status: 503, answer: 'Back soon.' },
    ])
  })

  test('is given up after ten tries; the admins are told once, while there is time to mend it', async () => {
    const other = await addAdmin(db)
    const id = await tell(platform)
    await somebodyGranted()
    platform.answer = answering(500)
    const toldAt: number[] = []
    for (let tries = 1; tries <= 10; tries++) {
      await send()
      await hurry()
      if ((await unseen(db, other)).length > 0) toldAt.push(tries)
    }
    expect(await send()).toBe(0)
    expect(await deliveries()).toMatchObject([{ state: 'failed', tries: 10 }])
    expect(toldAt[0]).toBe(4)
    for (const one of [admin, other])
      expect(await unseen(db, one)).toMatchObject([
        {
          kind: 'webhook_failing',
          href: `/admin/webhooks/${id}`,
          summary: expect.stringContaining('Chat platform') as string,
        },
      ])
    expect((await logOf(db, admin, { endpoint: id, view: 'failed' })).shown).toHaveLength(1)
    expect((await logOf(db, admin, { endpoint: id, view: 'waiting' })).shown).toHaveLength(0)

    // It comes back, and goes again: that is news.
    platform.answer = answering(200)
    await byAdmin(tx => sendTest(tx, admin, id))
    await send()
    platform.answer = answering(500)
    await byAdmin(tx => sendTest(tx, admin, id))
    for (let tries = 1; tries <= 4; tries++) {
      await send()
      await hurry()
    }
    expect(await unseen(db, other)).toHaveLength(2)
  })

  test('keeps nobody else waiting, though hundreds of things wait for it', async () => {
    const slow = await new Receiver().open()
    slow.answer = () => {}
    await tell(slow)
    for (let count = 0; count < 12; count++) await somebodyGranted()
    await tell(platform)
    const sender = postman(db, { inner: true })
    sender.look()
    await expect.poll(() => slow.received.length).toBeGreaterThan(3)
    const began = Date.now()
    await somebodyGranted()
    sender.look()
    await expect.poll(() => platform.received.length, { interval: 5 }).toBe(1)
    expect(Date.now() - began).toBeLessThan(5_000)
    expect(slow.received.length).toBeLessThan(12)
    await sender.stop()
    slow.close()
  })

  test('that answers 410 is left alone until an admin resumes it, and then told what has waited', async () => {
    const id = await tell(platform)
    await somebodyGranted()
    platform.answer = answering(410)
    await send()
    await somebodyGranted()
    await hurry()
    expect(await send()).toBe(0)
    expect((await endpointOf(db, admin, id)).paused).toMatchObject({ for: 'gone', by: null })
    expect(await unseen(db, admin)).toHaveLength(1)
    expect((await deliveries()).map(({ state }) => state)).toEqual(['failed', 'waiting'])

    platform.answer = answering(200)
    await byAdmin(tx => resumeEndpoint(tx, admin, id))
    await send()
    expect((await deliveries()).map(({ state }) => state)).toEqual(['failed', 'delivered'])
  })

  test('that leads elsewhere is not followed', async () => {
    await tell(platform)
    await somebodyGranted()
    platform.answer = answering(302, { location: 'http://169.254.169.254/' })
    await send()
    expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: 1 }])
  })
})

describe('a delivery is made', () => {
  test('once, though two instances look for it at the same moment', async () => {
    await tell(platform)
    for (let count = 0; count < 8; count++) await somebodyGranted()
    const senders = [postman(db, { inner: true }), postman(db, { inner: true })]
    for (const sender of senders) sender.look()
    await expect.poll(async () => (await deliveries()).every(({ state }) => state === 'delivered')).toBe(true)
    expect(platform.received).toHaveLength(8)
    expect(new Set(platform.names).size).toBe(8)
    for (const sender of senders) await sender.stop()
  })

  test('by somebody else half a minute later, when who took it up is killed; and again under the same name', async () => {
    await tell(platform)
    await somebodyGranted()
    const [taken] = await takeDue(db, { each: 1 })
    expect(await send()).toBe(0)
    const [{ wait }] = (await deliveries()) as unknown as [{ wait: number }]
    expect(wait).toBeGreaterThan(25)
    expect(wait).toBeLessThan(31)
    await hurry()
    await send()
    expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 2 }])
    // The first was not killed after all, only slow: it comes twice, and what is said of it stays.
    platform.answer = answering(500)
    await deliver(db, taken!, { inner: true })
    expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 2 }])
    expect(new Set(platform.names).size).toBe(1)
  })

  test('by an instance that knows the secret; one that does not leaves it, and says so', async () => {
    const id = await tell(platform)
    await somebodyGranted()
    // To whoever has another SECRET, or another salt, the secret comes out as another.
    await db.execute(sql`update webhook_endpoint set salt = salt || '.'`)
    expect((await endpointOf(db, admin, id)).signs).toBe(false)
    const stranger = postman(db, { inner: true })
    stranger.look()
    await new Promise(resolve => setTimeout(resolve, 300))
    await stranger.stop()
    expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: 0 }])
    expect(platform.received).toEqual([])
    await db.execute(sql`update webhook_endpoint set salt = rtrim(salt, '.')`)
    expect(await send()).toBe(1)
    expect(platform.received[0]!.event).not.toBeNull()
  })

  test('nowhere inside, unless the operator allows it', async () => {
    await tell(platform)
    await somebodyGranted()
    const [due] = await takeDue(db, { each: 1 })
    await deliver(db, due!, { inner: false })
    expect(platform.received).toEqual([])
    expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: 1 }])
  })
})

describe('an admin', () => {
  test('adds a webhook, whose secret is told once and kept nowhere', async () => {
    const values = { name: 'Chat', url: 'https://chat.example.org/hooks', events: ['badge.revoked' as const] }
    const { id, secret } = await byAdmin(tx => addEndpoint(tx, admin, values, { inner: false }))
    const everything = await db.execute(sql`select e::text from webhook_endpoint e`)
    expect(JSON.stringify([everything, await endpointOf(db, admin, id)])).not.toContain(secret.slice(6, 30))
    await expect(
      byAdmin(tx => addEndpoint(tx, admin, { ...values, url: 'https://127.0.0.1/' }, { inner: false })),
    ).rejects.toThrow(Invalid)
    await expect(
      byAdmin(tx =>
        changeEndpoint(tx, admin, { ...values, id, url: 'http://chat.example.org/' }, { inner: true }),
      ),
    ).rejects.toThrow(Invalid)
    await byAdmin(tx => changeEndpoint(tx, admin, { ...values, id, name: 'Rooms' }, { inner: false }))
    expect(await endpoints(db, admin)).toMatchObject([{ name: 'Rooms', by: admin.handle }])
  })

  test('adds twenty, and no more', async () => {
    const values = { name: 'Chat', url: 'https://chat.example.org/', events: ['badge.revoked' as const] }
    const add = () => byAdmin(tx => addEndpoint(tx, admin, values, { inner: false }))
    for (let count = 0; count < 20; count++) await add()
    await expect(add()).rejects.toThrow('There can be 20 webhooks.')
  })

  test('pauses one: what happens meanwhile waits, and comes when it is resumed', async () => {
    const id = await tell(platform)
    await byAdmin(tx => pauseEndpoint(tx, admin, id))
    await somebodyGranted()
    expect(await send()).toBe(0)
    expect((await endpointOf(db, admin, id)).waiting).toBe(1)
    await expect(byAdmin(tx => pauseEndpoint(tx, admin, id))).rejects.toThrow(NotFound)
    await byAdmin(tx => resumeEndpoint(tx, admin, id))
    expect(await send()).toBe(1)
  })

  test('gives one a new secret: for a day both are good, then the new one alone', async () => {
    const id = await tell(platform)
    const before = platform.secret
    const after = await byAdmin(tx => renewSecret(tx, admin, id))
    expect(after).not.toBe(before)
    await somebodyGranted()
    await send()
    const [{ headers, body, event }] = platform.received as [(typeof platform.received)[0]]
    expect(event, 'by the old secret').not.toBeNull()
    expect(platform.trusted(headers, body, after), 'by the new one').not.toBeNull()

    await db.execute(sql`update webhook_endpoint set previous_until = now()`)
    await somebodyGranted()
    await send()
    const last = platform.received.at(-1)!
    expect(last.event, 'by the old secret, a day later').toBeNull()
    expect(platform.trusted(last.headers, last.body, after)).not.toBeNull()
  })

  test('sends one thing again, and a test', async () => {
    const id = await tell(platform)
    await somebodyGranted()
    await send()
    const [sent] = (await logOf(db, admin, { endpoint: id })).shown
    await byAdmin(tx => sendAgain(tx, admin, sent!.id))
    await byAdmin(tx => sendTest(tx, admin, id))
    await send()
    expect(platform.names[1]).toBe(platform.names[0])
    expect(platform.received.map(({ event }) => event!.type)).toEqual([
      ...['badge.granted', 'badge.granted', 'webhook.test'],
    ])
  })

  test('sends everything again since a moment, to one that was added later too, in the order of what happened', async () => {
    const hope = await addTrainee(db)
    await grant(hope, 'moderator')
    await db.execute(sql`update webhook_event set at = now() - interval '3 days'`)
    await revoke(hope, 'moderator')
    await grant(hope, 'moderator')
    const id = await tell(platform, ['badge.granted', 'badge.revoked'])
    expect(await send()).toBe(0)

    const since = new Date(Date.now() - 24 * 60 * 60_000)
    expect(await byAdmin(tx => replay(tx, admin, { id, since }))).toBe(2)
    await send()
    expect(await byAdmin(tx => replay(tx, admin, { id, since: new Date(0) }))).toBe(3)
    await send()
    const types = platform.received.map(({ event }) => event!.type.replace('badge.', ''))
    expect(types).toEqual(['revoked', 'granted', 'granted', 'revoked', 'granted'])
    expect(new Set(platform.names).size).toBe(3)
  })

  test('does not send a flood again: beyond a bound it says so, and nothing is sent', async () => {
    const id = await tell(platform)
    await db.execute(sql`
      insert into webhook_event (name, type, data)
      select 'evt_' || n, 'badge.granted', '{}' from generate_series(1, ${mostReplayed + 1}) n`)
    await expect(byAdmin(tx => replay(tx, admin, { id, since: new Date(0) }))).rejects.toThrow(Invalid)
    expect(await deliveries()).toEqual([])
  })

  test('is the only one: to nobody else is any of it', async () => {
    const mentor = await addMentorOf(db)
    const id = await tell(platform)
    const values = { name: 'Mine', url: 'https://chat.example.org/', events: ['badge.revoked' as const] }
    for (const verb of [
      () => byAdmin(tx => addEndpoint(tx, mentor, values, { inner: false })),
      () => byAdmin(tx => changeEndpoint(tx, mentor, { ...values, id }, { inner: false })),
      () => byAdmin(tx => pauseEndpoint(tx, mentor, id)),
      () => byAdmin(tx => resumeEndpoint(tx, mentor, id)),
      () => byAdmin(tx => renewSecret(tx, mentor, id)),
      () => byAdmin(tx => removeEndpoint(tx, mentor, id)),
      () => byAdmin(tx => sendTest(tx, mentor, id)),
      () => byAdmin(tx => sendAgain(tx, mentor, 1)),
      () => byAdmin(tx => replay(tx, mentor, { id, since: new Date(0) })),
      () => endpoints(db, mentor),
      () => logOf(db, mentor, { endpoint: id }),
    ])
      await expect((async () => verb())()).rejects.toThrow(Forbidden)
  })

  test('leaves a line in the audit log with each of these, and no secret in it', async () => {
    const id = await tell(platform)
    const secret = await byAdmin(tx => renewSecret(tx, admin, id))
    await byAdmin(tx => sendTest(tx, admin, id))
    await byAdmin(tx => replay(tx, admin, { id, since: new Date(0) }))
    await byAdmin(tx => removeEndpoint(tx, admin, id))
    const lines = await db.execute<{ action: string; details: { webhook: number } }>(
      sql`select action, details from audit_entry where action like 'webhook.%' order by id desc limit 5`,
    )
    expect(lines.map(({ action }) => action)).toEqual([
      ...['webhook.removed', 'webhook.replayed', 'webhook.tested', 'webhook.secret_renewed', 'webhook.added'],
    ])
    expect(lines.every(({ details }) => details.webhook === id)).toBe(true)
    expect(JSON.stringify(lines)).not.toMatch(
      new RegExp(`${secret.slice(6, 20)}|${traceOf(secretOf({ salt: '', generation: 1 }))}`),
    )
  })
})

test('the log is swept after 90 days, deliveries and tries with their event', async () => {
  await tell(platform)
  await somebodyGranted()
  await send()
  await db.execute(sql`update webhook_event set at = now() - interval '89 days'`)
  await sweepEvents(db)
  expect(await deliveries()).toHaveLength(1)
  await db.execute(sql`update webhook_event set at = now() - interval '91 days'`)
  await sweepEvents(db)
  const [left] = await db.execute(
    sql`select (select count(*) from webhook_delivery) + (select count(*) from webhook_attempt) as rows`,
  )
  expect(left).toEqual({ rows: '0' })
})
