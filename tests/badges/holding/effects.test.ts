import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { grantFounding } from '../../../src/badges/found.ts'
import { effectsOf, leaningOn } from '../../../src/badges/holding/effects.ts'
import { reinstateBadge } from '../../../src/badges/holding/reinstate.ts'
import { suspendBadge } from '../../../src/badges/holding/suspend.ts'
import { revokeBadge } from '../../../src/badges/revoke.ts'
import { Invalid } from '../../../src/errors.ts'
import type { Person } from '../../../src/people/person.ts'
import { verifyRecord } from '../../../src/record/verify.ts'
import { addAdmin, addTrainee, again } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const all = content()

describe('what an admin sees before', () => {
  test('is what closes, which is not what another badge of theirs opens too', () => {
    const held = ['room-supporter', 'moderator', 'mentor']
    expect(effectsOf(all, held, 'mentor').closes.map(({ id }) => id)).toContain('grade')
    const ids = effectsOf(all, ['mentor-leader', 'ambassador'], 'ambassador').closes.map(({ id }) => id)
    const opened = (badge: string) => all.badge(badge)!.rooms.map(({ id }) => id)
    expect(ids.toSorted()).toEqual(
      opened('ambassador')
        .filter(id => !opened('mentor-leader').includes(id))
        .toSorted(),
    )
  })

  test('are the badges of theirs that stand on it, near and far, each with what it would close besides', () => {
    const { above } = effectsOf(all, ['room-supporter', 'moderator', 'mentor'], 'room-supporter')
    expect(above.map(({ badge }) => badge)).toEqual(['moderator', 'mentor'])
    expect(above[1]!.closes.map(({ id }) => id)).toContain('grade')
    expect(effectsOf(all, ['room-supporter'], 'room-supporter').above).toEqual([])
  })

  test('what stands on a badge does so on the path, or by its criteria, and never on itself', () => {
    expect(leaningOn(all, 'moderator')).toEqual(
      expect.arrayContaining(['mentor', 'mentor-leader', 'ambassador']),
    )
    expect(leaningOn(all, 'moderator')).not.toContain('room-supporter')
    for (const { id } of all.badges) expect(leaningOn(all, id)).not.toContain(id)
  })
})

describe('what is done after', () => {
  /** Holds Room Supporter, Moderator and Mentor. */
  async function addLeader(): Promise<Person> {
    const person = await addTrainee(db)
    const founding = { personId: person.id, badge: 'mentor', reason: 'Founding.' }
    await db.transaction(tx => grantFounding(tx, all, founding))
    return again(db, person)
  }
  const held = async (person: Person) => (await again(db, person)).badges.toSorted()
  const taking = (person: Person, above: string[]) => ({
    ...{ personId: person.id, badge: 'moderator', reasonClass: 'conduct', reason: 'Let us talk.' },
    with: above,
  })
  const kinds = async (person: Person) => {
    const rows = await db.execute<{ kind: string; badge: string }>(
      sql`select kind, badge from record_entry where person_id = ${person.id} and kind <> 'grant' order by seq`,
    )
    return rows.map(({ kind, badge }) => `${kind} ${badge}`)
  }

  test('what is ticked is suspended with it, each with an entry, and the rest stays', async () => {
    const person = await addLeader()
    await db.transaction(tx => suspendBadge(tx, all, admin, taking(person, ['mentor'])))
    expect(await held(person)).toEqual(['room-supporter'])
    expect(await kinds(person)).toEqual(['suspension moderator', 'suspension mentor'])
    const [told] = await db.execute<{ summary: string }>(
      sql`select summary from notification where person_id = ${person.id} order by id desc`,
    )
    expect(told!.summary).toBe(
      'Your badge Moderator is suspended, and with it Group Support Mentor. Let us talk.',
    )

    const back = { personId: person.id, badge: 'moderator', reason: 'We talked.', with: ['mentor'] }
    await db.transaction(tx => reinstateBadge(tx, all, admin, back))
    expect(await held(person)).toEqual(['mentor', 'moderator', 'room-supporter'])
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })

  test('what is not ticked stays, and what was suspended for itself is not reinstated with another', async () => {
    const person = await addLeader()
    await db.transaction(tx => suspendBadge(tx, all, admin, { ...taking(person, []), badge: 'mentor' }))
    await db.transaction(tx => suspendBadge(tx, all, admin, taking(person, ['mentor'])))
    const back = { personId: person.id, badge: 'moderator', reason: 'We talked.', with: ['mentor'] }
    await db.transaction(tx => reinstateBadge(tx, all, admin, back))
    expect(await held(person)).toEqual(['moderator', 'room-supporter'])
    expect(await kinds(person)).toEqual([
      'suspension mentor',
      'suspension moderator',
      'reinstatement moderator',
    ])
  })

  test('a revocation suspends what is ticked, for that can be lifted; and nothing that does not stand on it', async () => {
    const person = await addLeader()
    await expect(
      db.transaction(tx => revokeBadge(tx, all, admin, taking(person, ['room-supporter']))),
    ).rejects.toThrow(Invalid)
    expect(await held(person)).toHaveLength(3)
    await db.transaction(tx => revokeBadge(tx, all, admin, taking(person, ['mentor'])))
    expect(await kinds(person)).toEqual(['revocation moderator', 'suspension mentor'])
    const back = { personId: person.id, badge: 'mentor', reason: 'They may mentor all the same.' }
    await db.transaction(tx => reinstateBadge(tx, all, admin, back))
    expect(await held(person)).toEqual(['mentor', 'room-supporter'])
  })
})
