import { describe, expect, test, vi } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { applyFor, withdrawApplication } from '../../src/badges/applying/apply.ts'
import { endorse, withdrawEndorsement } from '../../src/badges/applying/endorse.ts'
import { onFile } from '../../src/badges/applying/on-file.ts'
import { chooseTrack, trackOf } from '../../src/badges/choose-track.ts'
import { criterionSchema, ofBadge } from '../../src/badges/criterion.ts'
import { declineBadge } from '../../src/badges/decline.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { suspendBadge } from '../../src/badges/holding/suspend.ts'
import { queue } from '../../src/badges/queue.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { standingOf } from '../../src/badges/standing-of.ts'
import { criteriaOf } from '../../src/badges/standing.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { addAdmin, addMentorOf, addTrainee, again, hold } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const badge = content().badge('mentor-leader')!

/** As the action does it: the verb, then the standing. */
async function does(who: { id: number }, verb: Parameters<typeof db.transaction>[0]): Promise<void> {
  await db.transaction(async tx => {
    await verb(tx)
    await reviewStanding(tx, content(), who.id)
  })
}
const applies = (person: Person, statement = 'I would build a team for the evening rooms.') =>
  does(person, tx => applyFor(tx, content(), person, { badge: badge.id, statement }))
const withdraws = (person: Person) => does(person, tx => withdrawApplication(tx, person, { badge: badge.id }))
const endorses = (by: Person, person: Person, words = 'Calm when it matters.') =>
  does(person, tx => endorse(tx, content(), by, { personId: person.id, badge: badge.id, words }))
const takesBack = (by: Person, person: Person) =>
  does(person, tx => withdrawEndorsement(tx, by, { personId: person.id, badge: badge.id }))

const measured = async (person: Person) =>
  Object.fromEntries(
    criteriaOf(await standingOf(db, content(), person.id, badge)).map(({ kind, have }) => [kind, have]),
  )
const waits = async (person: Person) =>
  (await queue(db, content(), admin, { badge: badge.id })).waiting.some(one => one.personId === person.id)

/** A mentor whom two others have endorsed, and who has applied. */
async function addApplicant(): Promise<Person> {
  const person = await addMentorOf(db)
  await applies(person)
  for (const other of [await addMentorOf(db), await addMentorOf(db)]) await endorses(other, person)
  return person
}

describe('an application', () => {
  test('is one of the criteria, once, until it is withdrawn', async () => {
    const person = await addMentorOf(db)
    expect(await measured(person)).toEqual({ holds: 1, endorsements: 0, application: 0 })
    await applies(person)
    expect(await measured(person)).toMatchObject({ application: 1 })
    await expect(applies(person)).rejects.toThrow(Conflict)

    await withdraws(person)
    expect(await measured(person)).toMatchObject({ application: 0 })
    await expect(withdraws(person)).rejects.toThrow(NotFound)
    await applies(person, 'Once more.')
    expect((await onFile(db, person, person.id, badge)).application?.statement).toBe('Once more.')
  })

  test('sent twice at once is there once', async () => {
    const person = await addMentorOf(db)
    const answers = await Promise.allSettled([applies(person), applies(person)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('is for badges that ask for one, and for those who do not hold them', async () => {
    const person = await addMentorOf(db)
    const apply = (id: string) =>
      does(person, tx => applyFor(tx, content(), person, { badge: id, statement: 'x' }))
    await expect(apply('moderator')).rejects.toThrow(Forbidden)
    await expect(apply('no-such-badge')).rejects.toThrow(NotFound)
    await hold(db, person, badge.id)
    await expect(applies(await again(db, person))).rejects.toThrow(Forbidden)
  })

  test('is not for a badge that one holds and that is suspended', async () => {
    const person = await addMentorOf(db)
    const about = { personId: person.id, badge: badge.id, reason: 'Let us talk first.' }
    await db.transaction(tx => grantBadge(tx, content(), null, { ...about, override: true }))
    await db.transaction(tx => suspendBadge(tx, content(), admin, { ...about, reasonClass: 'under-review' }))
    await expect(applies(await again(db, person))).rejects.toThrow('for now it is suspended')
  })

  test('brings whoever has all else into the queue, and is answered by a grant', async () => {
    const person = await addApplicant()
    expect(await waits(person)).toBe(true)
    await does(person, tx => grantBadge(tx, content(), admin, { personId: person.id, badge: badge.id }))
    expect(await waits(person)).toBe(false)
    expect((await onFile(db, admin, person.id, badge)).application).toBeNull()
  })

  test('is answered by a decline, after which one can write another from the day that was said', async () => {
    const person = await addApplicant()
    const decision = { personId: person.id, badge: badge.id, reason: 'Lead a project with somebody first.' }
    await db.transaction(tx => declineBadge(tx, content(), admin, decision))
    expect(await waits(person)).toBe(false)
    expect(await measured(person)).toEqual({ holds: 1, endorsements: 2, application: 0 })
    await expect(applies(person, 'I have now.')).rejects.toThrow('You can apply again from')
    vi.useFakeTimers({ now: Date.now() + 29 * 86_400_000, toFake: ['Date'] })
    await applies(person, 'I have now.')
    expect(await measured(person)).toMatchObject({ application: 1 })
  })
})

describe('an endorsement', () => {
  test('is given once by somebody who holds a badge that is asked for, and told to whom it is for', async () => {
    const [person, other] = [await addMentorOf(db), await addMentorOf(db)]
    await endorses(other, person)
    expect(await measured(person)).toMatchObject({ endorsements: 1 })
    await expect(endorses(other, person)).rejects.toThrow(Conflict)
    expect((await unseen(db, person))[0]).toMatchObject({ kind: 'endorsed', by: other.handle })
    expect((await onFile(db, person, person.id, badge)).endorsements).toMatchObject([
      { handle: other.handle, asBadge: 'mentor', words: 'Calm when it matters.' },
    ])

    await takesBack(other, person)
    expect(await measured(person)).toMatchObject({ endorsements: 0 })
    await expect(takesBack(other, person)).rejects.toThrow(NotFound)
    await endorses(other, person, 'After all.')
    expect(await measured(person)).toMatchObject({ endorsements: 1 })
  })

  test('is not given by anybody else, for oneself, or to whoever holds the badge', async () => {
    const person = await addMentorOf(db)
    const outsider = await addTrainee(db)
    await expect(endorses(outsider, person)).rejects.toThrow(Forbidden)
    await expect(endorses(admin, person)).rejects.toThrow(Forbidden)
    await expect(endorses(person, person)).rejects.toThrow(Forbidden)
    await expect(endorses(person, outsider)).rejects.toThrow(Forbidden)
    await hold(db, person, badge.id)
    await expect(endorses(await addMentorOf(db), person)).rejects.toThrow(Forbidden)
  })

  test('counts by the badge that was held when it was given', async () => {
    const person = await addMentorOf(db)
    const ambassador = content().badge('ambassador')!
    const [leader, mentor] = [await addMentorOf(db), await addMentorOf(db)]
    await hold(db, leader, 'mentor-leader')
    const asked = { personId: person.id, badge: ambassador.id, words: 'x' }
    await does(person, async tx => endorse(tx, content(), await again(db, leader), asked))
    await expect(does(person, tx => endorse(tx, content(), mentor, asked))).rejects.toThrow(Forbidden)
    const { endorsements } = await onFile(db, admin, person.id, ambassador)
    expect(endorsements.map(({ asBadge }) => asBadge)).toEqual(['mentor-leader'])
  })
})

test('what is on file is for the person and the admins', async () => {
  const person = await addApplicant()
  await expect(onFile(db, await addMentorOf(db), person.id, badge)).rejects.toThrow(Forbidden)
  expect(await onFile(db, person, person.id, badge)).toMatchObject({ endorsements: [{}, {}] })
  expect(await onFile(db, person, person.id, content().badge('moderator')!)).toEqual({
    ...{ application: null, endorsements: [], asked: [] },
  })
})

test('a criterion is for the badge in whose file it stands, however deep', () => {
  const apply = { application: {} }
  const written = criterionSchema.parse({
    all: [
      apply,
      { any: [{ endorsements: { by: ['mentor'], count: 1 } }, { not: apply, label: 'None' }] },
      { 'at-least': { count: 1, of: [{ 'by-kind': { listener: apply, member: apply } }] } },
      { 'by-age-band': { adult: apply, teen: { holds: { badge: 'mentor' } } } },
    ],
  })
  const text = JSON.stringify(ofBadge(written, { id: 'leader', tracks: [] }))
  expect(text.match(/"for":"leader"/g)).toHaveLength(6)
  expect(text).not.toContain('"for":""')
})

describe('a track', () => {
  const chooses = (person: Person, track: string | undefined, id = 'mentor') =>
    does(person, tx => chooseTrack(tx, content(), person, { badge: id, track }))

  test('is chosen, and chosen anew', async () => {
    const person = await addTrainee(db)
    expect(await trackOf(db, person.id, 'mentor')).toBeNull()
    await chooses(person, 'team')
    await chooses(person, 'quality')
    expect(await trackOf(db, person.id, 'mentor')).toBe('quality')
  })

  test('is one that the badge has', async () => {
    const person = await addTrainee(db)
    for (const track of [undefined, 'nowhere', '__proto__'])
      await expect(chooses(person, track)).rejects.toThrow(Invalid)
    await expect(chooses(person, 'team', 'moderator')).rejects.toThrow(Invalid)
    await expect(chooses(person, 'team', 'no-such-badge')).rejects.toThrow(NotFound)
  })
})
