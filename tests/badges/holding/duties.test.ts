import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Content, content } from '../../../src/authoring/content.ts'
import type { Duty } from '../../../src/badges/badge.ts'
import { dutiesOf } from '../../../src/badges/duties.ts'
import { grantBadge } from '../../../src/badges/grant.ts'
import { type OpenDuty, stepOf } from '../../../src/badges/holding/duty-steps.ts'
import { reinstateBadge } from '../../../src/badges/holding/reinstate.ts'
import { suspendBadge } from '../../../src/badges/holding/suspend.ts'
import { tendDuties } from '../../../src/badges/holding/tend-duties.ts'
import { rebuildStandings } from '../../../src/badges/everybody/rebuild-standings.ts'
import { reviewStanding } from '../../../src/badges/review-standing.ts'
import type { Person } from '../../../src/people/person.ts'
import { lockRecord } from '../../../src/record/lock.ts'
import { verifyRecord } from '../../../src/record/verify.ts'
import { addAdmin, addTrainee, again } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { completeCourse } from '../deeds.ts'

const days = (amount: number) => ({ amount, unit: 'days' as const })

describe('what follows from a duty', () => {
  const asked: Duty = {
    ...{ course: 'x', within: days(14), remind: [days(7), days(1)] },
    onFailure: { suspend: true, lapseAfter: days(28) },
  }
  const duty: OpenDuty = {
    dueOn: '2026-03-15',
    lookedOn: '2026-03-01',
    suspendedOn: null,
    suspended: false,
  }
  const on = (today: string, change: Partial<OpenDuty> = {}, of: Duty | undefined = asked) =>
    stepOf({ ...duty, ...change }, of, today)

  test.each([
    ['2026-03-02', '2026-03-01', { do: 'nothing' }],
    ['2026-03-08', '2026-03-07', { do: 'remind', daysLeft: 7 }],
    ['2026-03-09', '2026-03-08', { do: 'nothing' }],
    ['2026-03-14', '2026-03-13', { do: 'remind', daysLeft: 1 }],
    ['2026-03-15', '2026-03-14', { do: 'nothing' }],
    ['2026-03-16', '2026-03-15', { do: 'suspend' }],
  ])('a look on %s, after one on %s', (today, lookedOn, step) => {
    expect(on(today, { lookedOn })).toEqual(step)
  })

  test('where the site was away, one reminder stands for all, and a day that passed meanwhile is seen', () => {
    expect(on('2026-03-14')).toEqual({ do: 'remind', daysLeft: 1 })
    expect(on('2026-03-10')).toEqual({ do: 'remind', daysLeft: 5 })
    expect(on('2026-06-01')).toEqual({ do: 'suspend' })
  })

  test('a suspended badge lapses so long after the suspension, even when that came late', () => {
    const suspended = { suspendedOn: '2026-06-01', suspended: true, lookedOn: '2026-06-01' }
    expect(on('2026-06-29', suspended)).toEqual({ do: 'nothing' })
    expect(on('2026-06-30', suspended)).toEqual({ do: 'lapse' })
  })

  test('a rule that comes later takes nobody unawares whose day is long past', () => {
    expect(on('2026-04-01', { lookedOn: '2026-03-31' })).toEqual({ do: 'nothing' })
    expect(on('2026-09-01', { lookedOn: '2026-08-31' })).toEqual({ do: 'nothing' })
  })

  test('a badge that is suspended for something else is not suspended again, and does not lapse by this', () => {
    expect(on('2026-03-16', { lookedOn: '2026-03-15', suspended: true })).toEqual({ do: 'nothing' })
    expect(on('2026-09-01', { lookedOn: '2026-08-31', suspended: true })).toEqual({ do: 'nothing' })
  })

  test('without a suspension it lapses so long after the day; without any of it nothing happens', () => {
    const only = { ...asked, onFailure: { suspend: false, lapseAfter: days(28) } }
    expect(on('2026-04-12', { lookedOn: '2026-04-11' }, only)).toEqual({ do: 'nothing' })
    expect(on('2026-04-13', { lookedOn: '2026-04-12' }, only)).toEqual({ do: 'lapse' })
    const none = { ...asked, onFailure: undefined }
    expect(on('2026-04-13', {}, none)).toEqual({ do: 'nothing' })
  })

  test('what the badge asks of nobody any more is let go', () => {
    expect(stepOf(duty, undefined, '2026-03-02')).toEqual({ do: 'let go' })
  })
})

describe('a Mentor and Global Mod Training', async () => {
  const { db } = await testDatabase()
  const admin = await addAdmin(db)
  const all = content()
  const course = 'global-mod-training'

  async function addMentor(): Promise<Person> {
    const person = await addTrainee(db)
    const grant = { personId: person.id, badge: 'mentor', override: true, reason: 'A founding mentor.' }
    await db.transaction(tx => grantBadge(tx, all, null, grant))
    return again(db, person)
  }

  /** As if so many days had gone by: what had its day has it so much earlier. */
  const letPass = (person: Person, count: number) =>
    db.transaction(async tx => {
      await tx.execute(sql`update duty set due_on = due_on - ${count}::int,
        looked_on = least(looked_on, (now() at time zone 'utc')::date - 1) where person_id = ${person.id}`)
    })
  const suspendedDaysAgo = (person: Person, count: number) =>
    db.execute(sql`update certificate set suspended_at = suspended_at - make_interval(days => ${count}::int)
      where person_id = ${person.id}`)
  const tend = (of: Content = all) => tendDuties(db, of)
  const mayGrade = async (person: Person) => (await again(db, person)).rights.grade
  const told = async (person: Person) => {
    const rows = await db.execute<{ summary: string }>(
      sql`select summary from notification where person_id = ${person.id} and kind <> 'badge_granted' order by id`,
    )
    return rows.map(({ summary }) => summary)
  }
  const kinds = async (person: Person) => {
    const rows = await db.execute<{ kind: string; class: string | null }>(
      sql`select kind, reason_class ->> 'id' as class from record_entry where person_id = ${person.id} order by seq`,
    )
    return rows.map(row => [row.kind, row.class])
  }

  test('they are reminded a week and a day before, each once, however often anybody looks', async () => {
    const person = await addMentor()
    await letPass(person, 7)
    expect([await tend(), await tend()]).toEqual([1, 0])
    await letPass(person, 6)
    expect([await tend(), await tend()]).toEqual([1, 0])
    await letPass(person, 1)
    expect(await tend()).toBe(0)
    expect(await told(person)).toEqual([
      'Global Mod Training came with your badge: 7 days are left for it.',
      'Global Mod Training came with your badge: 1 day is left for it.',
    ])
  })

  test('not done in time it is suspended, and holds again the moment that the course is finished', async () => {
    const person = await addMentor()
    await letPass(person, 15)
    expect(await mayGrade(person)).toBe(true)
    expect([await tend(), await tend()]).toEqual([1, 0])
    expect(await mayGrade(person)).toBe(false)

    await completeCourse(db, person, course)
    expect(await mayGrade(person)).toBe(true)
    expect(await kinds(person)).toEqual([
      ['grant', null],
      ['suspension', 'duty-not-done'],
      ['reinstatement', null],
    ])
    expect(await told(person)).toEqual([
      'Your badge Group Support Mentor is suspended until you have finished Global Mod Training. It holds again the moment you have.',
      'Thank you for finishing it: your badge Group Support Mentor holds again.',
    ])
    expect(await tend()).toBe(0)
    expect(await rebuildStandings(db, all)).toBe(0)
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })

  test('still not done four weeks after that it lapses, and nothing is asked any more', async () => {
    const person = await addMentor()
    await letPass(person, 15)
    await tend()
    await letPass(person, 1)
    await suspendedDaysAgo(person, 28)
    expect(await tend()).toBe(0)
    await letPass(person, 1)
    await suspendedDaysAgo(person, 1)
    expect(await tend()).toBe(1)
    expect(await kinds(person)).toEqual([
      ['grant', null],
      ['suspension', 'duty-not-done'],
      ['lapse', 'duty-not-done'],
    ])
    expect(await dutiesOf(db, person, person.id)).toEqual([])
    await completeCourse(db, person, course)
    expect(await mayGrade(person)).toBe(false)
    await db.execute(sql`update certificate set suspended_at = (
      select at from record_entry where kind = 'suspension' and person_id = ${person.id}) where person_id = ${person.id}`)
  })

  test('two instances that look at the same moment remind, suspend and lapse once', async () => {
    const [reminded, suspended, lapsed] = [await addMentor(), await addMentor(), await addMentor()]
    await letPass(lapsed, 15)
    await tend()
    await suspendedDaysAgo(lapsed, 29)
    await letPass(lapsed, 1)
    await letPass(reminded, 7)
    await letPass(suspended, 15)
    const taken = await Promise.all([tend(), tend(), tend()])
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(3)
    expect(await told(reminded)).toHaveLength(1)
    expect(await kinds(suspended)).toHaveLength(2)
    expect(await kinds(lapsed)).toHaveLength(3)
    await db.execute(sql`update certificate set suspended_at = (
      select at from record_entry where kind = 'suspension' and person_id = ${lapsed.id}) where person_id = ${lapsed.id}`)
  })

  test('finished while somebody else holds the record, it holds again within a minute', async () => {
    const person = await addMentor()
    await letPass(person, 15)
    await tend()
    await db.transaction(async tx => {
      await lockRecord(tx)
      await completeCourse(db, person, course)
    })
    expect((await dutiesOf(db, person, person.id))[0]!.doneAt).not.toBeNull()
    expect(await mayGrade(person)).toBe(false)
    expect(await tend()).toBe(1)
    expect(await mayGrade(person)).toBe(true)
    expect(await rebuildStandings(db, all)).toBe(0)
  })

  test('what an admin suspended for something else stays so, whatever they finish', async () => {
    const person = await addMentor()
    await letPass(person, 15)
    const decision = { personId: person.id, badge: 'mentor', reasonClass: 'conduct', reason: 'Let us talk.' }
    await db.transaction(tx => suspendBadge(tx, all, admin, decision))
    expect(await tend()).toBe(0)
    await completeCourse(db, person, course)
    expect(await mayGrade(person)).toBe(false)
    expect(await tend()).toBe(0)
  })

  test('where two duties are overdue, it holds again once both are done', async () => {
    const other = { ...all.badge('mentor')!.duties[0]!, course: 'introduction-to-group-support' }
    const badges = all.badges.map(badge =>
      badge.id === 'mentor' ? { ...badge, duties: [...badge.duties, other] } : badge,
    )
    const two = { ...all, badges, badge: (id: string) => badges.find(badge => badge.id === id) }
    const person = await addTrainee(db)
    const grant = { personId: person.id, badge: 'mentor', override: true, reason: 'A founding mentor.' }
    await db.transaction(tx => grantBadge(tx, two, null, grant))
    await letPass(person, 15)
    await tend(two)
    await completeCourse(db, person, course)
    expect(await mayGrade(person)).toBe(false)
    expect(await tend(two)).toBe(0)
    await completeCourse(db, person, other.course)
    await db.transaction(tx => reviewStanding(tx, two, person.id))
    expect(await mayGrade(person)).toBe(true)
  })

  test('an admin who reinstates it before gives as much time again', async () => {
    const person = await addMentor()
    await letPass(person, 15)
    await tend()
    const decision = { personId: person.id, badge: 'mentor', reason: 'They were ill.' }
    await db.transaction(tx => reinstateBadge(tx, all, admin, decision))
    expect(await tend()).toBe(0)
    const in2Weeks = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10)
    expect(await dutiesOf(db, person, person.id)).toMatchObject([{ dueOn: in2Weeks, doneAt: null }])
  })

  test('a duty that the badge asks no more is let go, and what was suspended for it holds again', async () => {
    const person = await addMentor()
    await letPass(person, 15)
    await tend()
    expect(await mayGrade(person)).toBe(false)
    const badges = all.badges.map(badge => ({ ...badge, duties: [] }))
    const without = { ...all, badges, badge: (id: string) => badges.find(badge => badge.id === id) }
    await letPass(person, 1)
    await tend(without)
    expect(await mayGrade(person)).toBe(true)
    expect(await dutiesOf(db, person, person.id)).toEqual([])
    const lines = await db.execute(
      sql`select from audit_entry where action = 'duty.let_go' and subject_id = ${person.id}`,
    )
    expect(lines).toHaveLength(1)
  })

  test('what is done already is never asked for', async () => {
    const person = await addMentor()
    await completeCourse(db, person, course)
    await letPass(person, 30)
    await db.transaction(tx => reviewStanding(tx, all, person.id))
    expect(await tend()).toBe(0)
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })
})
