import { describe, expect, test, vi } from 'vitest'
import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { content } from '../../src/authoring/content.ts'
import { declineBadge } from '../../src/badges/decline.ts'
import { dutiesOf } from '../../src/badges/duties.ts'
import { grantFounding } from '../../src/badges/found.ts'
import { type Grant, grantBadge } from '../../src/badges/grant.ts'
import { lapseExpired } from '../../src/badges/lapse.ts'
import { queue } from '../../src/badges/queue.ts'
import { rebuildStandings } from '../../src/badges/everybody/rebuild-standings.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { dayInWords } from '../../src/layout/time.ts'
import type { Person } from '../../src/people/person.ts'
import { beginSession, personOfRequest } from '../../src/people/session.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { addAdmin, addTrainee, again } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { completeCourse, gather } from './deeds.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)

/** A listener who has all that Room Supporter asks. */
async function addReady(traits: Parameters<typeof addTrainee>[1] = {}): Promise<Person> {
  const person = await addTrainee(db, traits)
  await gather(db, person, 'group_chat', 2)
  await completeCourse(db, person, 'introduction-to-group-support')
  return person
}

const grant = (by: Person | null, grant: Grant, on: Db = db) =>
  on.transaction(tx => grantBadge(tx, content(), by, grant))
const decline = (by: Person, person: Person, badge: string, reason = 'Let us talk first.') =>
  db.transaction(tx => declineBadge(tx, content(), by, { personId: person.id, badge, reason }))
const revoke = (by: Person, person: Person, badge: string, reason = 'A breach of privacy.') =>
  db.transaction(tx =>
    revokeBadge(tx, content(), by, { personId: person.id, badge, reasonClass: 'conduct', reason }),
  )
const waits = async (person: Person, badge: string) =>
  (await queue(db, content(), admin, { badge })).waiting.some(({ personId }) => personId === person.id)
const supporter = (person: Person): Grant => ({ personId: person.id, badge: 'room-supporter' })

describe('from facts to a badge', () => {
  test('whoever meets the criteria waits in the queue, is granted the badge, and waits no longer', async () => {
    const person = await addReady()
    expect(await waits(person, 'room-supporter')).toBe(true)

    const { code } = await grant(admin, supporter(person))

    expect(code).toMatch(/^[\w-]{22}$/)
    expect((await again(db, person)).badges).toEqual(['room-supporter'])
    expect(await waits(person, 'room-supporter')).toBe(false)
  })

  test('nobody is granted what they have not met, unless the operator overrides it with a reason', async () => {
    const person = await addTrainee(db)
    await expect(grant(admin, supporter(person))).rejects.toThrow(Forbidden)
    await expect(grant(null, { ...supporter(person), override: true, reason: ' ' })).rejects.toThrow(Invalid)
    expect((await again(db, person)).badges).toEqual([])

    await grant(null, { ...supporter(person), override: true, reason: 'A founding supporter.' })
    const [entry] = await entriesOf(person)
    expect(entry).toMatchObject({ kind: 'grant', override: true, reason: 'A founding supporter.' })
    expect(entry!.standing.met).toBe(false)
  })

  test('an admin decides nothing about themselves, and somebody who is not an admin nothing at all', async () => {
    const self = { personId: admin.id, badge: 'mentor', override: true, reason: 'I am good at it.' }
    await expect(grant(admin, self)).rejects.toThrow('Another admin has to decide this.')
    await expect(decline(admin, admin, 'mentor')).rejects.toThrow(Forbidden)
    await expect(revoke(admin, admin, 'mentor')).rejects.toThrow(Forbidden)

    const person = await addReady()
    await expect(grant(person, supporter(await addReady()))).rejects.toThrow(Forbidden)
    await expect(queue(db, content(), person)).rejects.toThrow(Forbidden)
  })

  test('weeks come true on their day, without anybody writing anything', async () => {
    const person = await addReady({ joinedOn: '2026-03-01' })
    await db.execute(sql`update person set joined_on = ${daysFromNow(-27)} where id = ${person.id}`)
    await db.transaction(tx => reviewStanding(tx, content(), person.id))
    expect(await waits(person, 'room-supporter')).toBe(false)
    await expect(grant(admin, supporter(person))).rejects.toThrow(Forbidden)

    vi.useFakeTimers({ now: new Date(`${daysFromNow(1)}T00:00:00Z`), toFake: ['Date'] })
    expect(await waits(person, 'room-supporter')).toBe(true)
    await grant(admin, supporter(person))
  })
})

describe('the record of a grant', () => {
  test('keeps the evidence and the criteria as they stood, whatever comes later', async () => {
    const person = await addReady()
    await grant(admin, supporter(person))
    await gather(db, person, 'group_chat', 40)

    const [entry] = await entriesOf(person)
    expect(entry).toMatchObject({ badge: 'room-supporter', actor_id: String(admin.id), override: false })
    const chats = entry!.standing.criteria!.find(({ kind }) => kind === 'evidence')
    expect(chats).toMatchObject({ evidence: 'group_chat', have: 2, need: 2, met: true })
    expect(entry!.criteria.criteria).toEqual(content().badge('room-supporter')!.criteria)
    expect(JSON.stringify(entry!.criteria.words)).toContain('2 group chats')
  })

  test('founding mentors are granted all that the badge stands on, each on the record', async () => {
    const person = await addTrainee(db)
    await grant(null, { ...supporter(person), override: true, reason: 'A founding supporter.' })
    const founding = { personId: person.id, badge: 'mentor', reason: 'Has led rooms for years.' }
    await db.transaction(tx => grantFounding(tx, content(), founding))

    expect((await again(db, person)).rights.grade).toBe(true)
    const entries = await entriesOf(person)
    expect(entries.map(({ badge }) => badge)).toEqual(['room-supporter', 'moderator', 'mentor'])
    expect(entries.slice(1).every(({ override, actor_id }) => override && actor_id === null)).toBe(true)
  })
})

describe('two at once', () => {
  test.each([['the same admin'], ['two admins']])(
    'a grant by %s at the same moment is one grant',
    async who => {
      const person = await addReady()
      const other = who === 'two admins' ? await addAdmin(db) : admin
      const results = await Promise.allSettled([
        grant(admin, supporter(person)),
        grant(other, supporter(person)),
      ])

      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const lost = results.find(result => result.status === 'rejected')
      expect(lost?.reason).toBeInstanceOf(Conflict)
      expect(await entriesOf(person)).toHaveLength(1)
    },
  )

  test('twenty people granted at once make a chain without a gap', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => addReady()))
    await Promise.all(people.map(person => grant(admin, supporter(person))))
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })
})

describe('rights', () => {
  test('a Mentor may grade from the moment of the grant until the moment it is revoked, in the same session', async () => {
    const person = await addTrainee(db)
    const cookie = await db.transaction(tx => beginSession(tx, person.id, ''))
    const mayGrade = async () =>
      (await personOfRequest(`${cookie.name}=${cookie.value}`))!.person.rights.grade
    expect(await mayGrade()).toBe(false)

    await grant(null, { personId: person.id, badge: 'mentor', override: true, reason: 'A founding mentor.' })
    expect(await mayGrade()).toBe(true)

    await revoke(admin, person, 'mentor')
    expect(await mayGrade()).toBe(false)
    expect((await entriesOf(person)).map(({ kind }) => kind)).toEqual(['grant', 'revocation'])
  })

  test('what stands on holding a badge is met with its grant and no longer with its end', async () => {
    const person = await addReady()
    await completeCourse(db, person, 'moderator-training')
    expect(await waits(person, 'moderator')).toBe(false)
    await grant(admin, supporter(person))
    expect(await waits(person, 'moderator')).toBe(true)
    await revoke(admin, person, 'room-supporter')
    expect(await waits(person, 'moderator')).toBe(false)
    expect(await rebuildStandings(db, content())).toBe(0)
  })

  test('a badge that nobody holds can’t be revoked', async () => {
    await expect(revoke(admin, await addTrainee(db), 'mentor')).rejects.toThrow(NotFound)
  })

  test('a badge whose time is over gives nothing any more, lapses on the record, and can be granted again', async () => {
    const person = await addReady()
    const { id } = await grant(admin, supporter(person))
    await db.execute(sql`update certificate set expires_on = ${daysFromNow(-1)} where id = ${id}`)
    expect((await again(db, person)).badges).toEqual([])

    expect(await lapseExpired(db, content())).toBe(1)
    expect(await lapseExpired(db, content())).toBe(0)
    expect((await entriesOf(person)).map(({ kind }) => kind)).toEqual(['grant', 'lapse'])
    await grant(admin, supporter(person))
    expect((await again(db, person)).badges).toEqual(['room-supporter'])
  })
})

describe('declining', () => {
  test('takes a person out of the queue with a reason, and they come back after four weeks', async () => {
    const person = await addReady()
    await decline(admin, person, 'room-supporter')
    expect(await waits(person, 'room-supporter')).toBe(false)
    const [told] = await db.execute<{ summary: string }>(
      sql`select summary from notification where person_id = ${person.id} order by id desc`,
    )
    expect(told!.summary).toBe(
      `Not yet: Room Supporter. Let us talk first. You can try again from ${dayInWords(new Date(daysFromNow(28)))}.`,
    )

    vi.useFakeTimers({ now: new Date(`${daysFromNow(29)}T00:00:00Z`), toFake: ['Date'] })
    expect(await waits(person, 'room-supporter')).toBe(true)
  })

  test('they rest until that day though their standing changes; and an admin may grant at any time', async () => {
    const person = await addReady()
    await decline(admin, person, 'room-supporter')
    await db.execute(sql`update evidence set state = 'declined' where person_id = ${person.id}`)
    await db.transaction(tx => reviewStanding(tx, content(), person.id))
    await gather(db, person, 'group_chat', 2)
    expect(await waits(person, 'room-supporter')).toBe(false)

    await grant(admin, supporter(person))
    await expect(decline(admin, person, 'room-supporter')).rejects.toThrow(Conflict)
  })
})

describe('duties', () => {
  const mentor = (person: Person): Grant => ({
    personId: person.id,
    badge: 'mentor',
    override: true,
    reason: 'Founding.',
  })

  test('begin with the grant, are due in their time, and are done when the course is', async () => {
    const person = await addTrainee(db)
    await grant(null, mentor(person))
    expect(await dutiesOf(db, person, person.id)).toEqual([
      { badge: 'mentor', course: 'global-mod-training', dueOn: daysFromNow(14), doneAt: null },
    ])

    await completeCourse(db, person, 'global-mod-training')
    await gather(db, person, 'group_chat', 1)
    const [done] = await dutiesOf(db, person, person.id)
    expect(done!.doneAt).toBeInstanceOf(Date)
    const lines = await db.execute(
      sql`select from audit_entry where action = 'duty.done' and subject_id = ${person.id}`,
    )
    expect(lines).toHaveLength(1)
  })

  test('are done at once where the course is done already, and end with the badge', async () => {
    const person = await addTrainee(db)
    await completeCourse(db, person, 'global-mod-training')
    await grant(null, mentor(person))
    expect((await dutiesOf(db, person, person.id))[0]!.doneAt).not.toBeNull()
    await revoke(admin, person, 'mentor')
    expect(await dutiesOf(db, person, person.id)).toEqual([])
  })
})

interface Entry extends Record<string, unknown> {
  kind: string
  badge: string
  override: boolean
  actor_id: string | null
  standing: { met: boolean; criteria?: { kind: string }[] }
  criteria: { criteria: unknown; words: unknown }
}

const entriesOf = async (person: Person) => [
  ...(await db.execute<Entry>(sql`
    select e.*, s.value as standing, r.value #>> '{}' as reason from record_entry e
    join record_disclosure s on s.seq = e.seq and s.name = 'standing'
    join record_disclosure r on r.seq = e.seq and r.name = 'reason'
    where person_id = ${person.id} order by e.seq`)),
]

function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
