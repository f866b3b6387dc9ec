import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import type { Badge } from '../../../src/badges/badge.ts'
import { publicCertificate } from '../../../src/badges/certificates.ts'
import { grantBadge } from '../../../src/badges/grant.ts'
import { giveNotice } from '../../../src/badges/holding/give-notice.ts'
import { renewBadge } from '../../../src/badges/holding/renew.ts'
import { suspendBadge } from '../../../src/badges/holding/suspend.ts'
import { factsOf } from '../../../src/badges/standing-of.ts'
import { certifiedBy } from '../../../src/credentials/certified.ts'
import { Conflict, Forbidden, NotFound } from '../../../src/errors.ts'
import type { Person } from '../../../src/people/person.ts'
import { verifyRecord } from '../../../src/record/verify.ts'
import { addAdmin, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { gather } from '../deeds.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)

/** The content, where Room Supporter holds for 52 weeks, with this notice and perhaps something asked for renewing it. */
const lapsing = (change: Partial<Badge> = {}) => {
  const badges = content().badges.map((badge): Badge =>
    badge.id === 'room-supporter'
      ? {
          ...badge,
          lapsesAfter: { amount: 52, unit: 'weeks' },
          notice: { amount: 4, unit: 'weeks' },
          ...change,
        }
      : badge,
  )
  return { ...content(), badges, badge: (id: string) => badges.find(badge => badge.id === id) }
}
const byAdmin = lapsing()
const byHolder = lapsing({ renewal: { kind: 'evidence', evidence: 'group_chat', count: 2 } })

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Somebody who was granted it so long ago that so many days are left. */
async function addHolder(daysLeft: number): Promise<{ person: Person; code: string }> {
  const person = await addTrainee(db)
  const grant = { personId: person.id, badge: 'room-supporter', override: true, reason: 'Founding.' }
  const at = new Date(Date.now() + (daysLeft - 52 * 7) * 86_400_000)
  const { code } = await db.transaction(tx => grantBadge(tx, byAdmin, null, grant, at))
  return { person, code }
}
const renew = (of: typeof byAdmin, by: Person | null, { id: personId }: Person) =>
  db.transaction(tx => renewBadge(tx, of, by, { personId, badge: 'room-supporter' }))

describe('notice', () => {
  test('is given once when the last day is near, by whichever instance comes first', async () => {
    const [near, far] = [await addHolder(28), await addHolder(29)]
    const told = async ({ person }: typeof near) =>
      (
        await db.execute<{ summary: string }>(
          sql`select summary from notification where person_id = ${person.id} and kind = 'badge_ending'`,
        )
      ).length
    const given = await Promise.all([giveNotice(db, byHolder), giveNotice(db, byHolder)])
    expect(given.toSorted()).toEqual([0, 1])
    expect([await told(near), await told(far)]).toEqual([1, 0])
    expect(await giveNotice(db, byHolder)).toBe(0)
  })

  test('is given again for the next time, and not for what has ended', async () => {
    const { person } = await addHolder(5)
    expect(await giveNotice(db, byAdmin)).toBe(1)
    await renew(byAdmin, admin, person)
    expect(await giveNotice(db, byAdmin)).toBe(0)
    expect(await giveNotice(db, lapsing({ notice: { amount: 53, unit: 'weeks' } }))).toBeGreaterThan(0)
  })
})

describe('renewing', () => {
  test('by its holder, with what it takes: the last day moves on from the old one, and they have held it all the while', async () => {
    const { person, code } = await addHolder(10)
    const before = (await factsOf(db, byHolder, person.id)).holds['room-supporter']
    await expect(renew(byHolder, person, person)).rejects.toThrow('What renewing takes is not met yet.')
    await gather(db, person, 'group_chat', 2)
    await renew(byHolder, person, person)

    const last = inDays(10 + 52 * 7)
    expect((await factsOf(db, byHolder, person.id)).holds['room-supporter']).toEqual({
      since: before!.since,
      until: inDays(10 + 52 * 7 + 1),
    })
    expect(await publicCertificate(db, null, code)).toMatchObject({ validity: 'valid', expiresOn: last })
    expect(await certifiedBy(db, byHolder, code)).toMatchObject({ expiresOn: last })
    const [entry] = await db.execute<{
      kind: string
      criteria: { criteria: object; expiresOn: string }
      met: boolean
    }>(
      sql`select e.kind, e.criteria, (d.value ->> 'met')::boolean as met from record_entry e
        join record_disclosure d on d.seq = e.seq and d.name = 'standing' where certificate_code = ${code} order by e.seq desc`,
    )
    expect(entry).toMatchObject({
      kind: 'renewal',
      criteria: { criteria: { kind: 'evidence', count: 2 }, expiresOn: last },
      met: true,
    })
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
    await expect(renew(byHolder, person, person)).rejects.toThrow(Conflict)
  })

  test('by an admin where nothing is said of what it takes; and never by somebody else', async () => {
    const { person } = await addHolder(10)
    await expect(renew(byAdmin, person, person)).rejects.toThrow('An admin has to renew this.')
    await expect(renew(byHolder, await addTrainee(db), person)).rejects.toThrow(Forbidden)
    expect(await renew(byAdmin, admin, person)).toEqual({ expiresOn: inDays(10 + 52 * 7) })
  })

  test('of two presses at once one renews, and the other is too early', async () => {
    const { person } = await addHolder(10)
    const results = await Promise.allSettled([renew(byAdmin, admin, person), renew(byAdmin, null, person)])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('is too early before the notice, and too late the day after the last', async () => {
    await expect(renew(byAdmin, admin, (await addHolder(29)).person)).rejects.toThrow('It is too early')
    await expect(renew(byAdmin, admin, (await addHolder(-1)).person)).rejects.toThrow(NotFound)
    expect(await renew(byAdmin, admin, (await addHolder(0)).person)).toEqual({ expiresOn: inDays(52 * 7) })
  })

  test('waits until a suspension is over', async () => {
    const { person } = await addHolder(10)
    const decision = {
      personId: person.id,
      badge: 'room-supporter',
      reasonClass: 'conduct',
      reason: 'Let us talk.',
    }
    await db.transaction(tx => suspendBadge(tx, byAdmin, admin, decision))
    await expect(renew(byAdmin, admin, person)).rejects.toThrow('This badge is suspended.')
  })

  test('of a badge that does not lapse any more takes its last day away', async () => {
    const { person, code } = await addHolder(10)
    expect(await renew(lapsing({ lapsesAfter: undefined }), admin, person)).toEqual({ expiresOn: null })
    expect(await publicCertificate(db, null, code)).toMatchObject({ validity: 'valid', expiresOn: null })
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })

  test('a last day that was moved past the record is found', async () => {
    const { person, code } = await addHolder(10)
    await renew(byAdmin, admin, person)
    await db.execute(sql`update certificate set expires_on = expires_on + 1 where code = ${code}`)
    expect(await verifyRecord(db)).toMatchObject({
      ok: false,
      problem: 'The certificate says something else than its grant.',
    })
    await db.execute(sql`update certificate set expires_on = expires_on - 1 where code = ${code}`)
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })
})
