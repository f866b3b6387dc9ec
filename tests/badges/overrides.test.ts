import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { confirmOverride } from '../../src/badges/overrides/confirm.ts'
import { openProposals, proposalOn } from '../../src/badges/overrides/proposals.ts'
import { proposeOverride, refuseOverride, withdrawOverride } from '../../src/badges/overrides/propose.ts'
import { Conflict, Forbidden, NotFound } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { recordEntries } from '../../src/record/entries.ts'
import { eraseFromRecord } from '../../src/record/erase.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { addAdmin, addTrainee, again } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { completeCourse, gather } from './deeds.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const wren = await addAdmin(db)
const badge = 'room-supporter'
const reason = 'She led the rooms for years, on the old platform.'

const proposes = (by: Person, person: Person) =>
  db.transaction(tx => proposeOverride(tx, content(), by, { personId: person.id, badge, reason }))
const proposed = (person: Person) => proposalOn(db, admin, { personId: person.id, badge })
async function asked(person: Person) {
  return { personId: person.id, badge, proposal: (await proposed(person))?.id ?? 0 }
}
const confirms = async (by: Person, person: Person, about?: Awaited<ReturnType<typeof asked>>) => {
  const of = about ?? (await asked(person))
  return db.transaction(tx => confirmOverride(tx, content(), by, of))
}
const grants = (by: Person | null, person: Person) =>
  db.transaction(tx =>
    grantBadge(tx, content(), by, { personId: person.id, badge, override: true, reason: 'I alone say so.' }),
  )
const held = async (person: Person) => (await again(db, person)).badges
const outcomes = async (person: Person) =>
  (
    await db.execute<{ outcome: string }>(
      sql`select outcome from override_proposal where person_id = ${person.id} order by id`,
    )
  ).map(({ outcome }) => outcome)

async function addProposed(): Promise<Person> {
  const person = await addTrainee(db)
  await proposes(admin, person)
  return person
}

describe('an override', () => {
  test('takes two admins, and both are on the record with the reason', async () => {
    const person = await addProposed()
    expect(await held(person)).toEqual([])
    expect((await proposed(person))!.unmet).toContain('2 group chats')

    await confirms(wren, person)
    expect(await held(person)).toEqual([badge])
    const { entries } = await recordEntries(db, admin, { person: person.id })
    expect(entries).toMatchObject([
      { kind: 'grant', override: true, reason, by: wren.handle, proposedBy: admin.handle },
    ])
    expect(await outcomes(person)).toEqual(['granted'])
    expect((await unseen(db, admin))[0]).toMatchObject({ kind: 'override_answered', by: wren.handle })
  })

  test('is in no admin’s power alone, whichever way they try', async () => {
    const person = await addTrainee(db)
    await expect(grants(admin, person)).rejects.toThrow(Forbidden)
    await proposes(admin, person)
    await expect(grants(admin, person)).rejects.toThrow(Forbidden)
    await expect(confirms(admin, person)).rejects.toThrow('You proposed this yourself')
    await expect(
      db.transaction(tx =>
        grantBadge(tx, content(), admin, { personId: person.id, badge, override: true, reason, onAppeal: 1 }),
      ),
    ).rejects.toThrow(Forbidden)
    expect(await held(person)).toEqual([])
  })

  test('is in the operator’s', async () => {
    const person = await addTrainee(db)
    await grants(null, person)
    expect(await held(person)).toEqual([badge])
  })

  test('is nothing for whom it is about, nor for whoever is no admin', async () => {
    const person = await addTrainee(db)
    await expect(proposes(person, await addTrainee(db))).rejects.toThrow(Forbidden)
    await expect(proposes(wren, wren)).rejects.toThrow(Forbidden)
    await proposes(admin, wren)
    await expect(confirms(wren, wren)).rejects.toThrow(Forbidden)
    await expect(confirms(person, wren, await asked(wren))).rejects.toThrow(Forbidden)
    await expect(openProposals(db, person)).rejects.toThrow(Forbidden)
  })

  test('confirmed by two at the same moment is one grant', async () => {
    const person = await addProposed()
    const third = await addAdmin(db)
    const about = await asked(person)
    const results = await Promise.allSettled([confirms(wren, person, about), confirms(third, person, about)])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { entries } = await recordEntries(db, admin, { person: person.id })
    expect(entries).toHaveLength(1)
  })
})

describe('a proposal', () => {
  test('is made once at a time, and read before it is answered', async () => {
    const person = await addProposed()
    await expect(proposes(wren, person)).rejects.toThrow(Conflict)
    const before = await asked(person)
    const withdraws = (by: Person) => db.transaction(tx => withdrawOverride(tx, content(), by, before))
    await expect(withdraws(wren)).rejects.toThrow(Forbidden)
    await withdraws(admin)
    await expect(confirms(wren, person, before)).rejects.toThrow(NotFound)
    await proposes(admin, person)
    await expect(confirms(wren, person, before)).rejects.toThrow('It has been proposed anew')
    expect(await outcomes(person)).toEqual(['withdrawn', null])
  })

  test('is refused with a word, which whoever made it reads', async () => {
    const person = await addProposed()
    const about = { ...(await asked(person)), reason: 'Let her take the course, it is a week.' }
    await expect(db.transaction(tx => refuseOverride(tx, content(), admin, about))).rejects.toThrow(Forbidden)
    await db.transaction(tx => refuseOverride(tx, content(), wren, about))
    expect((await unseen(db, admin))[0]!.summary).toContain('Let her take the course, it is a week.')
    expect(await proposed(person)).toBeNull()
    expect(await held(person)).toEqual([])
  })

  test('waits for fourteen days', async () => {
    const person = await addProposed()
    const about = await asked(person)
    await db.execute(
      sql`update override_proposal set at = now() - interval '14 days 1 minute' where person_id = ${person.id}`,
    )
    expect(await openProposals(db, admin)).not.toContainEqual(expect.objectContaining({ id: about.proposal }))
    await expect(confirms(wren, person, about)).rejects.toThrow(NotFound)
    await expect(grants(wren, person)).rejects.toThrow(Forbidden)
    await proposes(wren, person)
    expect(await outcomes(person)).toEqual(['expired', null])
  })

  test('is void once the criteria are met: then it is simply granted', async () => {
    const person = await addProposed()
    await gather(db, person, 'group_chat', 2)
    await completeCourse(db, person, 'introduction-to-group-support')
    expect((await openProposals(db, admin)).map(({ handle }) => handle)).not.toContain(person.handle)
    await expect(proposes(wren, await again(db, person))).rejects.toThrow('They meet the criteria by now')
    await db.transaction(tx => grantBadge(tx, content(), admin, { personId: person.id, badge }))
    expect(await outcomes(person)).toEqual(['void'])
    const { entries } = await recordEntries(db, admin, { person: person.id })
    expect(entries).toMatchObject([{ override: false, proposedBy: null, reason: '' }])
  })
})

test('who proposed is erased with their account, and the record verifies as before', async () => {
  const gone = await addAdmin(db)
  const person = await addTrainee(db)
  await proposes(gone, person)
  await confirms(wren, person)
  expect(await db.transaction(tx => eraseFromRecord(tx, gone.id))).toBe(1)
  const { entries } = await recordEntries(db, admin, { person: person.id })
  expect(entries).toMatchObject([{ by: wren.handle, proposedBy: null, reason }])
  expect(await verifyRecord(db)).toMatchObject({ ok: true })
})
