import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { reviewStanding } from '../../../src/badges/review-standing.ts'
import { standingOf } from '../../../src/badges/standing-of.ts'
import { criteriaOf } from '../../../src/badges/standing.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../../src/errors.ts'
import { pair } from '../../../src/people/buddies.ts'
import { unseen } from '../../../src/people/notifications.ts'
import type { Person } from '../../../src/people/person.ts'
import { assess, withdrawAssessment } from '../../../src/practice/assessing/assess.ts'
import { assessmentById, assessmentsOf } from '../../../src/practice/assessing/assessments.ts'
import { type Mark, marks, passes } from '../../../src/practice/checklist.ts'
import { todayIn } from '../../../src/practice/evidence-rules.ts'
import { addAdmin, addMentorOf, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'

const { db } = await testDatabase()
const checklist = content().checklist('leading-a-session')!
const badge = content().badge('sharing-circle-host')!

const all = (mark: Mark): Record<string, Mark> =>
  Object.fromEntries(checklist.items.map(({ id }) => [id, mark]))
const asked = {
  ...{ checklist: checklist.id, occurredOn: '2026-10-01', place: 'Circle room', words: 'A calm opening.' },
}

/** As the action does it: the verb, then the standing. */
const assesses = (by: Person, person: Person, more: object = {}) =>
  db.transaction(async tx => {
    const values = { ...asked, personId: person.id, marks: all('seen'), ...more }
    const made = await assess(tx, content(), by, values)
    await reviewStanding(tx, content(), person.id)
    return made
  })
const withdraws = (by: Person, id: number) =>
  db.transaction(tx => withdrawAssessment(tx, by, { assessment: id }))
const counted = async (person: Person) =>
  criteriaOf(await standingOf(db, content(), person.id, badge)).find(({ kind }) => kind === 'assessed')?.have

describe('an assessed practice session', () => {
  test('counts once it passes, and is told with its words', async () => {
    const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
    const { id, passed } = await assesses(mentor, person)
    expect(passed).toBe(true)
    expect(await counted(person)).toBe(1)
    expect((await unseen(db, person))[0]).toMatchObject({ kind: 'assessed', href: `/assessments/${id}` })
    expect(await assessmentById(db, person, id)).toMatchObject({
      ...{ words: 'A calm opening.', asBadge: 'mentor', by: mentor.handle, passed: true },
    })
  })

  test('that does not pass yet is kept, counts for nothing and takes nothing away', async () => {
    const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
    await assesses(mentor, person)
    const { passed } = await assesses(mentor, person, { marks: all('no-occasion') })
    expect(passed).toBe(false)
    expect(await counted(person)).toBe(1)
    expect((await assessmentsOf(db, person, person.id)).map(one => one.passed)).toEqual([false, true])
  })

  test('is kept with the checklist as it stood', async () => {
    const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
    const { id } = await assesses(mentor, person)
    const { items, enough } = await assessmentById(db, mentor, id)
    expect(items).toEqual(checklist.items.map(item => ({ ...item, mark: 'seen' })))
    expect(enough).toBe(checklist.enough)
  })

  test('is by somebody who holds a badge that the checklist names, of somebody else, and not of a buddy', async () => {
    const [person, mentor, admin] = [await addTrainee(db), await addMentorOf(db), await addAdmin(db)]
    await expect(assesses(admin, person)).rejects.toThrow(Forbidden)
    await expect(assesses(person, mentor)).rejects.toThrow(Forbidden)
    await expect(assesses(mentor, mentor)).rejects.toThrow(Forbidden)
    await db.transaction(tx => pair(tx, admin, { personId: person.id, handle: mentor.handle, as: 'leader' }))
    await expect(assesses(mentor, person)).rejects.toThrow('You two are buddies')
    expect(await counted(person)).toBe(0)
  })

  test('says something of every item, and of a day that has been', async () => {
    const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
    const { turns: _, ...without } = all('seen')
    const refused = (more: object) =>
      assesses(mentor, person, more).catch((error: unknown) => Object.keys((error as Invalid).fields))
    expect(await refused({ marks: without })).toEqual(['marks.turns'])
    const tomorrow = new Date(Date.parse(todayIn('UTC')) + 2 * 86_400_000).toISOString().slice(0, 10)
    expect(await refused({ occurredOn: tomorrow })).toEqual(['occurredOn'])
    expect(await refused({ occurredOn: '2001-01-01' })).toEqual(['occurredOn'])
    await expect(assesses(mentor, person, { checklist: 'no-such' })).rejects.toThrow(NotFound)
  })

  test('is taken back by whoever gave it or an admin, once, and counts no longer', async () => {
    const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
    const { id } = await assesses(mentor, person)
    await expect(withdraws(person, id)).rejects.toThrow(Forbidden)
    await expect(withdraws(await addMentorOf(db), id)).rejects.toThrow(NotFound)
    expect(await withdraws(mentor, id)).toEqual({ personId: person.id })
    expect(await counted(person)).toBe(0)
    await expect(withdraws(await addAdmin(db), id)).rejects.toThrow(Conflict)
    expect((await assessmentById(db, person, id)).withdrawnAt).not.toBeNull()
  })

  test('is seen by the two and the admins, and does not exist for others', async () => {
    const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
    const { id } = await assesses(mentor, person)
    for (const viewer of [person, mentor, await addAdmin(db)])
      expect(await assessmentById(db, viewer, id)).toMatchObject({ id })
    await expect(assessmentById(db, await addMentorOf(db), id)).rejects.toThrow(NotFound)
    await expect(assessmentsOf(db, mentor, person.id)).rejects.toThrow(Forbidden)
  })
})

test('a session passes with enough seen, unless a must was missing; more that is seen never fails it', () => {
  const mark = fc.constantFrom(...marks)
  const given = fc.record(Object.fromEntries(checklist.items.map(({ id }) => [id, mark])))
  const must = checklist.items.filter(item => item.must).map(({ id }) => id)
  fc.assert(
    fc.property(given, fc.constantFrom(...checklist.items), (all, { id }) => {
      const seen = Object.values(all).filter(one => one === 'seen').length
      const missing = must.some(one => all[one] === 'not-yet')
      expect(passes(checklist, all)).toBe(seen >= checklist.enough && !missing)
      if (passes(checklist, all)) expect(passes(checklist, { ...all, [id]: 'seen' })).toBe(true)
    }),
  )
})
