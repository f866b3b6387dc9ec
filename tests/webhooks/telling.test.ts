import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { declineBadge } from '../../src/badges/decline.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { lapseExpired } from '../../src/badges/lapse.ts'
import { tellRoomsOfAccount, tellRoomsOfContent } from '../../src/badges/tell-rooms.ts'
import { reinstate, suspend } from '../../src/people/suspension.ts'
import { removeEndpoint } from '../../src/webhooks/endpoints.ts'
import { bodies } from '../../src/webhooks/events.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { Receiver } from './receiver.ts'
import { stageOf } from './stage.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db, { handle: 'alder', displayName: 'Alder Lindqvist' })
const { grant, revoke, tell, send, deliveries } = stageOf(db, admin)

let platform: Receiver
beforeEach(async () => {
  platform = await new Receiver().open()
})
afterEach(async () => {
  platform.close()
  await db.execute(sql`delete from webhook_endpoint`)
  await db.execute(sql`delete from webhook_event`)
})

const told = () => platform.received.map(({ event }) => event)
const room = (id: string) => ({ kind: 'room', id })

describe('a platform is told', () => {
  test('of a grant and of the end of it: who, which badge, where it stands in the record, and what opens or closes', async () => {
    await tell(platform)
    const hope = await addTrainee(db, { handle: 'hope', displayName: 'Hope Okafor' })
    const { code } = await grant(hope, 'moderator')
    await revoke(hope, 'moderator')
    await send()

    const entries = await db.select().from(recordEntry).orderBy(recordEntry.seq)
    const person = { id: String(hope.id), handle: 'hope' }
    expect(told()).toMatchObject([
      {
        type: 'badge.granted',
        timestamp: entries.at(-2)!.at.toISOString(),
        data: {
          ...{ person, badge: 'moderator', certificate: code, status: 'valid', entry: entries.at(-2)!.seq },
          unlocks: { now: [room('moderating')], gained: [room('moderating')], lost: [] },
        },
      },
      {
        type: 'badge.revoked',
        data: {
          ...{ person, badge: 'moderator', certificate: code, status: 'revoked', entry: entries.at(-1)!.seq },
          unlocks: { now: [], gained: [], lost: [room('moderating')] },
        },
      },
    ])
    for (const event of told()) bodies.badge.strict().parse(event)
    expect(told()[1]!.data.sequence).toBeGreaterThan(told()[0]!.data.sequence)
  })

  test('neither names nor reasons, nor who decided', async () => {
    await tell(platform)
    const hope = await addTrainee(db, { displayName: 'Marigold Unmistakable' })
    await grant(hope, 'mentor')
    await revoke(hope, 'mentor')
    await send()
    const everything = platform.received.map(({ body }) => body).join()
    expect(platform.received).toHaveLength(2)
    expect(everything).not.toMatch(/Marigold|reason|privacy|alder|@example/i)
    // The right to grade is the site's own, and opens with the badge as well.
    expect(told()[0]!.data.unlocks.gained).toEqual([{ kind: 'right', id: 'grade' }])
  })

  test('of a badge whose time is over', async () => {
    const hope = await addTrainee(db)
    await grant(hope, 'moderator')
    await db.execute(
      sql`update certificate set expires_on = now() - interval '2 days' where person_id = ${hope.id}`,
    )
    await tell(platform)
    await lapseExpired(db, content())
    await send()
    expect(told()).toMatchObject([
      {
        type: 'badge.lapsed',
        data: { status: 'lapsed', unlocks: { now: [], gained: [], lost: [room('moderating')] } },
      },
    ])
  })

  test('of an account that is suspended and opened again, with all that closes and opens', async () => {
    const hope = await addTrainee(db)
    await grant(hope, 'room-supporter')
    await tell(platform)
    const suspending = () =>
      db.transaction(async tx => {
        const values = { personId: hope.id, reason: 'Three accounts with the same links.' }
        if (await suspend(tx, admin, values))
          await tellRoomsOfAccount(tx, content(), hope.id, 'person.suspended')
      })
    await suspending()
    await suspending()
    // Nothing opens to whoever is suspended, whatever they are granted.
    await grant(hope, 'moderator')
    await db.transaction(async tx => {
      await reinstate(tx, admin, { personId: hope.id })
      await tellRoomsOfAccount(tx, content(), hope.id, 'person.reinstated')
    })
    await send()
    const both = [room('support-rooms'), room('moderating')]
    expect(told().map(event => [event!.type, event!.data.unlocks])).toEqual([
      ['person.suspended', { now: [], gained: [], lost: [room('support-rooms')] }],
      ['badge.granted', { now: [], gained: [], lost: [] }],
      ['person.reinstated', { now: both, gained: both, lost: [] }],
    ])
    expect(platform.received.map(({ body }) => body).join()).not.toContain('same links')
    for (const event of [told()[0], told()[2]]) bodies.person.strict().parse(event)
  })

  test('that badges open other rooms than before, once', async () => {
    await tellRoomsOfContent(db, content())
    await tell(platform)
    await tellRoomsOfContent(db, content())
    expect(await send()).toBe(0)
    await db.execute(sql`update site_fact set value = '[]' where name = 'rooms that badges open'`)
    await tellRoomsOfContent(db, content())
    await tellRoomsOfContent(db, content())
    expect(await send()).toBe(1)
    expect(told()[0]).toMatchObject({ type: 'rooms.changed' })
    expect(bodies.rooms.strict().parse(told()[0]).data.rooms).toContainEqual({
      ...{ id: 'support-rooms', title: 'Support rooms' },
    })
  })

  test('only of what it hears of, and not any more once it is removed', async () => {
    const id = await tell(platform, ['badge.revoked'])
    const hope = await addTrainee(db)
    await grant(hope, 'moderator')
    await revoke(hope, 'moderator')
    await db.transaction(tx => removeEndpoint(tx, admin, id))
    await grant(hope, 'moderator')
    expect((await deliveries()).map(({ type }) => type)).toEqual(['badge.revoked'])
    expect(await send()).toBe(0)
  })
})

describe('what is told and what has happened are one', () => {
  test('what is taken back was never told', async () => {
    await tell(platform)
    const hope = await addTrainee(db)
    await expect(
      db.transaction(async tx => {
        await tellRoomsOfAccount(tx, content(), hope.id, 'person.suspended')
        throw new Error('The database was killed.')
      }),
    ).rejects.toThrow()
    expect(await deliveries()).toEqual([])
    expect(await send()).toBe(0)
  })

  test('nobody is told of what an admin declined, or of what nobody may decide', async () => {
    await tell(platform)
    const decision = { personId: admin.id, badge: 'moderator', reason: 'x' }
    await expect(db.transaction(tx => grantBadge(tx, content(), admin, decision))).rejects.toThrow(
      'Another admin',
    )
    const other = { ...decision, personId: (await addTrainee(db)).id }
    await db.transaction(tx => declineBadge(tx, content(), admin, other))
    expect(await send()).toBe(0)
  })

  test('of two things that happen to a person at once, the later has the higher number', async () => {
    await tell(platform)
    const people = await Promise.all(Array.from({ length: 4 }, () => addTrainee(db)))
    await Promise.all(
      people.flatMap(person => [
        grant(person, 'moderator'),
        db.transaction(tx => tellRoomsOfAccount(tx, content(), person.id, 'person.reinstated')),
      ]),
    )
    await send()
    for (const { id } of people) {
      const theirs = told().filter(event => event!.data.person.id === String(id))
      expect(theirs).toHaveLength(2)
      const last = theirs.toSorted((a, b) => b!.data.sequence - a!.data.sequence)[0]!
      // Whichever came last knew of what came first.
      expect(last.data.unlocks.now).toEqual([room('moderating')])
    }
  })
})
