import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { appealDecision } from '../../src/badges/appeals/appeal.ts'
import { decideAppeal } from '../../src/badges/appeals/decide-appeal.ts'
import { canAppeal, decidedAgainst } from '../../src/badges/appeals/decided.ts'
import { openAppeals } from '../../src/badges/appeals/open-appeals.ts'
import { applyFor } from '../../src/badges/applying/apply.ts'
import { endorse } from '../../src/badges/applying/endorse.ts'
import { onFile } from '../../src/badges/applying/on-file.ts'
import { caseOf } from '../../src/badges/cases/case.ts'
import { concernsAbout } from '../../src/badges/cases/concerns.ts'
import { declineBadge } from '../../src/badges/decline.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { reinstateBadge } from '../../src/badges/holding/reinstate.ts'
import { suspendBadge } from '../../src/badges/holding/suspend.ts'
import { queue } from '../../src/badges/queue.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { Conflict, Forbidden, NotFound } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { recordEntries } from '../../src/record/entries.ts'
import { addAdmin, addMentorOf, addTrainee, again } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { completeCourse, gather } from './deeds.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const wren = await addAdmin(db)
const badge = 'room-supporter'

async function addReady(): Promise<Person> {
  const person = await addTrainee(db)
  await gather(db, person, 'group_chat', 2)
  await completeCourse(db, person, 'introduction-to-group-support')
  return person
}
const decline = (person: Person, of = badge) =>
  db.transaction(tx =>
    declineBadge(tx, content(), admin, { personId: person.id, badge: of, reason: 'Let us talk first.' }),
  )
const appeals = (person: Person, of = badge) =>
  db.transaction(tx => appealDecision(tx, person, { badge: of, statement: 'We did talk, on Tuesday.' }))
const about = (person: Person, of = badge) => ({ personId: person.id, badge: of })
const open = async (person: Person, of = badge) => (await openAppeals(db, null, about(person, of)))[0]
const answers = async (by: Person | null, person: Person, outcome: 'upheld' | 'stands', of = badge) => {
  const appeal = await open(person, of)
  const asked = { appeal: appeal?.id ?? 0, outcome, answer: 'I read it all again.' }
  return db.transaction(tx => decideAppeal(tx, content(), by, asked))
}
const held = async (person: Person) => (await again(db, person)).badges
const waits = async (person: Person) =>
  (await queue(db, content(), admin, { badge })).waiting.some(({ personId }) => personId === person.id)

async function addAppellant(): Promise<Person> {
  const person = await addReady()
  await decline(person)
  await appeals(person)
  return person
}

describe('an appeal', () => {
  test('is made once against what was decided, and the person reads how it stands', async () => {
    const person = await addReady()
    expect(await decidedAgainst(db, person, about(person))).toBeNull()
    await expect(appeals(person)).rejects.toThrow(NotFound)
    await decline(person)
    const decided = (await decidedAgainst(db, person, about(person)))!
    expect(decided).toMatchObject({ kind: 'decline', reason: 'Let us talk first.', appeal: null })
    expect(canAppeal(decided)).toBe(true)

    await appeals(person)
    expect(await decidedAgainst(db, person, about(person))).toMatchObject({
      appeal: { statement: 'We did talk, on Tuesday.', outcome: null },
    })
    await expect(appeals(person)).rejects.toThrow(Conflict)
    const file = await caseOf(db, content(), wren, person.handle, badge)
    expect(file.appeal).toMatchObject({ decidedBy: { handle: admin.handle }, kind: 'decline' })
  })

  test('sent twice at once is there once', async () => {
    const person = await addReady()
    await decline(person)
    const results = await Promise.allSettled([appeals(person), appeals(person)])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('is possible for eight weeks', async () => {
    const person = await addReady()
    await decline(person)
    vi.useFakeTimers({ now: Date.now() + 57 * 86_400_000, toFake: ['Date'] })
    await expect(appeals(person)).rejects.toThrow(Forbidden)
  })

  test('is between the person and the admins, and answered by somebody who did not decide', async () => {
    const person = await addAppellant()
    await expect(decidedAgainst(db, await addTrainee(db), about(person))).rejects.toThrow(Forbidden)
    await expect(answers(admin, person, 'upheld')).rejects.toThrow('somebody else answers')
    await expect(answers(person, person, 'upheld')).rejects.toThrow(Forbidden)
    await expect(answers(await addMentorOf(db), person, 'upheld')).rejects.toThrow(Forbidden)
    expect(await held(person)).toEqual([])
  })

  test('of an admin is not answered by themselves, nor shown to them among the cases', async () => {
    const self = await addAdmin(db)
    await gather(db, self, 'group_chat', 2)
    await completeCourse(db, self, 'introduction-to-group-support')
    await decline(self)
    await appeals(self)
    expect((await caseOf(db, content(), self, self.handle, badge)).appeal).toBeNull()
    await expect(answers(self, self, 'upheld')).rejects.toThrow(Forbidden)
  })

  test('that stands changes nothing, and cannot be made again', async () => {
    const person = await addAppellant()
    expect(await answers(wren, person, 'stands')).toEqual({ outcome: 'stands' })
    expect(await waits(person)).toBe(false)
    expect((await unseen(db, person))[0]).toMatchObject({ kind: 'badge_appeal_decided', by: wren.handle })
    expect(await decidedAgainst(db, person, about(person))).toMatchObject({
      appeal: { outcome: 'stands', answer: 'I read it all again.' },
    })
    await expect(appeals(person)).rejects.toThrow(Conflict)
    await expect(answers(wren, person, 'upheld')).rejects.toThrow(NotFound)
  })

  test('upheld against a decline is a grant where the criteria are met', async () => {
    const person = await addAppellant()
    const { seq } = (await open(person))!
    expect(await answers(wren, person, 'upheld')).toEqual({ outcome: 'upheld', granted: true })
    expect(await held(person)).toEqual([badge])
    const { entries } = await recordEntries(db, admin, { person: person.id })
    expect(entries).toMatchObject([
      {
        kind: 'grant',
        override: false,
        by: wren.handle,
        reason: `On appeal against entry ${seq}: I read it all again.`,
      },
      { kind: 'decline', overturned: true },
    ])
    expect((await concernsAbout(db, wren, [person.id])).size).toBe(0)
  })

  test('upheld against a decline brings back the application that it had answered', async () => {
    const leader = 'mentor-leader'
    const person = await addMentorOf(db)
    await db.transaction(async tx => {
      await applyFor(tx, content(), person, { badge: leader, statement: 'The evening rooms.' })
      for (const other of [await addMentorOf(db), await addMentorOf(db)])
        await endorse(tx, content(), other, { ...about(person, leader), words: 'Calm.' })
      await reviewStanding(tx, content(), person.id)
    })
    await decline(person, leader)
    expect((await onFile(db, person, person.id, content().badge(leader)!)).application).toBeNull()
    await appeals(person, leader)
    expect(await answers(wren, person, 'upheld', leader)).toEqual({ outcome: 'upheld', granted: true })
    expect(await held(person)).toContain(leader)
  })

  test('upheld where the criteria are not met any more brings them back as soon as they are', async () => {
    const person = await addAppellant()
    await db.execute(sql`update evidence set state = 'declined' where person_id = ${person.id}`)
    expect(await answers(wren, person, 'upheld')).toEqual({ outcome: 'upheld', granted: false })
    expect(await waits(person)).toBe(false)
    await gather(db, person, 'group_chat', 2)
    expect(await waits(person)).toBe(true)
  })

  test('upheld against a revocation is a new grant, met or not', async () => {
    const person = await addTrainee(db)
    const given = { ...about(person), reason: 'Founding.', override: true }
    const { code } = await db.transaction(tx => grantBadge(tx, content(), null, given))
    await db.transaction(tx =>
      revokeBadge(tx, content(), admin, { ...about(person), reasonClass: 'conduct', reason: 'A breach.' }),
    )
    await appeals(person)
    expect(await answers(wren, person, 'upheld')).toEqual({ outcome: 'upheld', granted: true })
    expect(await held(person)).toEqual([badge])
    const { entries } = await recordEntries(db, admin, { person: person.id })
    expect(entries.map(({ kind }) => kind)).toEqual(['grant', 'revocation', 'grant'])
    expect(entries[0]!.certificateCode).not.toBe(code)
  })

  test('upheld against a suspension reinstates the badge, and only an open one is answered', async () => {
    const suspended = async () => {
      const person = await addReady()
      await db.transaction(tx => grantBadge(tx, content(), admin, about(person)))
      const why = { reasonClass: 'conduct', reason: 'While we look into it.' }
      await db.transaction(tx => suspendBadge(tx, content(), admin, { ...about(person), ...why }))
      await appeals(person)
      return person
    }
    const person = await suspended()
    expect(await held(person)).toEqual([])
    await expect(answers(admin, person, 'upheld')).rejects.toThrow('somebody else answers')
    const { seq } = (await open(person))!
    expect(await answers(wren, person, 'upheld')).toEqual({ outcome: 'upheld', granted: true })
    expect(await held(person)).toEqual([badge])
    const { entries } = await recordEntries(db, admin, { person: person.id })
    expect(entries).toMatchObject([
      {
        kind: 'reinstatement',
        by: wren.handle,
        reason: `On appeal against entry ${seq}: I read it all again.`,
      },
      { kind: 'suspension', overturned: true },
      { kind: 'grant' },
    ])

    const [reinstated, revoked] = [await suspended(), await suspended()]
    const decision = (one: Person) => ({ ...about(one), reason: 'It is clear now.' })
    await db.transaction(tx => reinstateBadge(tx, content(), admin, decision(reinstated)))
    expect(await open(reinstated)).toBeUndefined()
    await db.transaction(tx =>
      revokeBadge(tx, content(), admin, { ...decision(revoked), reasonClass: 'conduct' }),
    )
    expect(await open(revoked)).toBeUndefined()
    await appeals(revoked)
    expect(await open(revoked)).toMatchObject({ kind: 'revocation' })
  })

  test('is decided by the operator where no other admin is', async () => {
    const person = await addAppellant()
    expect(await answers(null, person, 'upheld')).toEqual({ outcome: 'upheld', granted: true })
    expect(await held(person)).toEqual([badge])
  })

  test('answered by two at the same moment is answered once', async () => {
    const person = await addAppellant()
    const third = await addAdmin(db)
    const results = await Promise.allSettled([
      answers(wren, person, 'upheld'),
      answers(third, person, 'stands'),
    ])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('comes before another decline, and ends with a grant', async () => {
    const person = await addAppellant()
    await expect(decline(person)).rejects.toThrow('Please answer that first')
    await db.transaction(tx => grantBadge(tx, content(), admin, about(person)))
    expect(await open(person)).toBeUndefined()
    await expect(openAppeals(db, person)).rejects.toThrow(Forbidden)
  })
})
