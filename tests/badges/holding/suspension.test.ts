import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { certificatesOf, publicCertificate } from '../../../src/badges/certificates.ts'
import { rebuildStandings } from '../../../src/badges/everybody/rebuild-standings.ts'
import { badgesHeldBy, openTo, whoMayEnter } from '../../../src/badges/for-rooms.ts'
import { grantBadge } from '../../../src/badges/grant.ts'
import { reinstateBadge } from '../../../src/badges/holding/reinstate.ts'
import { suspendBadge } from '../../../src/badges/holding/suspend.ts'
import { nearestBadge, pathSteps } from '../../../src/badges/path.ts'
import { queue } from '../../../src/badges/queue.ts'
import { revokeBadge } from '../../../src/badges/revoke.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../../src/errors.ts'
import type { Person } from '../../../src/people/person.ts'
import { publicLine, rowsAfter } from '../../../src/record/rows.ts'
import { verifyRecord } from '../../../src/record/verify.ts'
import { addAdmin, addTrainee, again } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { completeCourse, gather } from '../deeds.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const all = content()

/** A listener who was granted Room Supporter on what they did. */
async function addSupporter(): Promise<{ person: Person; code: string }> {
  const person = await addTrainee(db)
  await gather(db, person, 'group_chat', 2)
  await completeCourse(db, person, 'introduction-to-group-support')
  const { code } = await grant(person)
  return { person, code }
}

const of = (person: Person) => ({ personId: person.id, badge: 'room-supporter' })
const grant = (person: Person) => db.transaction(tx => grantBadge(tx, all, admin, of(person)))
const suspend = (person: Person, by: Person | null = admin, reasonClass = 'under-review') =>
  db.transaction(tx =>
    suspendBadge(tx, all, by, { ...of(person), reasonClass, reason: 'Let us talk first.' }),
  )
const reinstate = (person: Person, by: Person | null = admin) =>
  db.transaction(tx => reinstateBadge(tx, all, by, { ...of(person), reason: 'We talked.' }))
const revoke = (person: Person) =>
  db.transaction(tx =>
    revokeBadge(tx, all, admin, { ...of(person), reasonClass: 'conduct', reason: 'Enough.' }),
  )
const held = async (person: Person) => (await again(db, person)).badges
const waits = async (person: Person) =>
  (await queue(db, all, admin, { badge: 'room-supporter' })).waiting.some(
    ({ personId }) => personId === person.id,
  )

describe('a suspended badge', () => {
  test('gives nothing from the next request on, and all of it again once it is reinstated', async () => {
    const { person } = await addSupporter()
    await completeCourse(db, person, 'moderator-training')
    const ready = async () =>
      (await queue(db, all, admin, { badge: 'moderator' })).waiting.some(one => one.personId === person.id)
    expect(await ready()).toBe(true)

    await suspend(person)
    expect(await held(person)).toEqual([])
    expect(await ready()).toBe(false)
    expect(await rebuildStandings(db, all)).toBe(0)

    await reinstate(person)
    expect(await held(person)).toEqual(['room-supporter'])
    expect(await ready()).toBe(true)
    expect(await rebuildStandings(db, all)).toBe(0)
  })

  test('closes the rooms for whoever asks, and says so', async () => {
    const { person, code } = await addSupporter()
    const [room] = (await openTo(db, all, person.handle)).unlocks
    await suspend(person)

    expect((await openTo(db, all, person.handle)).unlocks).toEqual([])
    const { people } = await whoMayEnter(db, all, { room: room!.id })
    expect(people.map(({ handle }) => handle)).not.toContain(person.handle)
    expect((await badgesHeldBy(db, all, person.handle)).badges).toMatchObject([
      { certificate: code, state: 'suspended' },
    ])
  })

  test('is told to the rooms, what it closes and what it opens again; its end closes nothing a second time', async () => {
    const { person } = await addSupporter()
    await suspend(person)
    await reinstate(person)
    await suspend(person)
    await revoke(person)
    const events = await db.execute<{
      type: string
      data: { status: string; unlocks: Record<string, unknown[]> }
    }>(
      sql`select type, data from webhook_event where data -> 'person' ->> 'id' = ${String(person.id)} order by id`,
    )
    const rooms = events[0]!.data.unlocks.gained
    expect(rooms).not.toEqual([])
    expect(
      events.map(({ type, data }) => [type, data.status, data.unlocks.lost, data.unlocks.gained]),
    ).toEqual([
      ['badge.granted', 'valid', [], rooms],
      ['badge.suspended', 'suspended', rooms, []],
      ['badge.reinstated', 'valid', [], rooms],
      ['badge.suspended', 'suspended', rooms, []],
      ['badge.revoked', 'revoked', [], []],
    ])
  })

  test('is not earned again: they do not wait in the queue, and a grant leads to reinstating', async () => {
    const { person } = await addSupporter()
    await suspend(person)
    expect(await waits(person)).toBe(false)
    await expect(grant(person)).rejects.toThrow('Please reinstate it instead.')
    const certificates = await certificatesOf(db, person, person.id)
    const now = await again(db, person)
    expect(nearestBadge(all, now, certificates)).toBeUndefined()
    expect(pathSteps(all, now, new Map(), certificates)[0]).toMatchObject({ state: 'suspended' })
  })

  test('tells its holder and the admins the words, and everybody else what kind of reason it was', async () => {
    const { person, code } = await addSupporter()
    await suspend(person)
    const shown = (await publicCertificate(db, null, code))!
    expect(shown).toMatchObject({
      validity: 'suspended',
      reasonClass: { id: 'under-review', title: 'Under review' },
    })
    expect(JSON.stringify(shown)).not.toContain('Let us talk first.')
    expect((await certificatesOf(db, person, person.id))[0]).toMatchObject({ reason: 'Let us talk first.' })
    const [told] = await db.execute<{ summary: string }>(
      sql`select summary from notification where person_id = ${person.id} order by id desc`,
    )
    expect(told!.summary).toBe('Your badge Room Supporter is suspended. Let us talk first.')

    await reinstate(person)
    expect(await publicCertificate(db, null, code)).toMatchObject({ validity: 'valid', reasonClass: null })
  })

  test('is revoked and not reinstated after that, but granted anew with a certificate of its own', async () => {
    const { person, code } = await addSupporter()
    await suspend(person)
    await revoke(person)
    expect(await publicCertificate(db, null, code)).toMatchObject({
      validity: 'revoked',
      reasonClass: { id: 'conduct' },
    })
    await expect(reinstate(person)).rejects.toThrow(NotFound)
    expect((await grant(person)).code).not.toBe(code)
    expect(await held(person)).toEqual(['room-supporter'])
  })
})

describe('who may suspend what', () => {
  test('only admins, never for themselves, with a reason that is one, and once', async () => {
    const { person } = await addSupporter()
    const other = await addTrainee(db)
    await expect(suspend(person, other)).rejects.toThrow(Forbidden)
    await expect(suspend(admin)).rejects.toThrow('Another admin has to decide this.')
    await expect(suspend(other)).rejects.toThrow(NotFound)
    await expect(suspend(person, admin, 'granted-in-error')).rejects.toThrow(Invalid)
    await expect(suspend(person, admin, 'made-up')).rejects.toThrow(Invalid)
    await expect(reinstate(person)).rejects.toThrow(Conflict)
    await suspend(person)
    await expect(suspend(person)).rejects.toThrow('This badge is suspended already.')
    await expect(reinstate(person, other)).rejects.toThrow(Forbidden)
  })

  test('of two at the same moment one suspends', async () => {
    const { person } = await addSupporter()
    const results = await Promise.allSettled([suspend(person), suspend(person, null)])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the record of it', () => {
  test('has an entry of each step, with the class of the reason for all to read and the words apart', async () => {
    const { person, code } = await addSupporter()
    await suspend(person)
    await reinstate(person)
    const rows = (await rowsAfter(db, 0)).filter(({ certificate_code }) => certificate_code === code)
    expect(rows.map(({ kind, reason_class }) => [kind, reason_class?.id])).toEqual([
      ['grant', undefined],
      ['suspension', 'under-review'],
      ['reinstatement', undefined],
    ])
    const lines = rows.map(row => publicLine(row) as { entry: object })
    expect(lines.map(({ entry }) => 'reasonClass' in entry)).toEqual([false, true, false])
    expect(JSON.stringify(lines)).not.toContain('Let us talk first.')
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })

  test.each([
    ['says it is not suspended', sql`suspended_at = null, suspended_for = null`],
    ['says since another moment', sql`suspended_at = suspended_at - interval '1 minute'`],
    ['says for another reason', sql`suspended_for = 'own-wish'`],
  ])('a certificate that %s is found', async (_, change) => {
    const { person, code } = await addSupporter()
    await suspend(person)
    const seq = (await rowsAfter(db, 0)).findLast(row => row.certificate_code === code)!.seq
    const kept = await db.execute(
      sql`select suspended_at, suspended_for from certificate where code = ${code}`,
    )
    await db.execute(sql`update certificate set ${change} where code = ${code}`)
    expect(await verifyRecord(db)).toMatchObject({
      ok: false,
      seq: Number(seq),
      problem: 'The certificate does not stand as the record says.',
    })
    const { suspended_at, suspended_for } = kept[0] as { suspended_at: string; suspended_for: string }
    await db.execute(
      sql`update certificate set suspended_at = ${suspended_at}::timestamptz, suspended_for = ${suspended_for} where code = ${code}`,
    )
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })
})
