import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { askToEndorse, mostAsked, openAsks, withdrawAsk } from '../../src/badges/applying/ask.ts'
import { endorse } from '../../src/badges/applying/endorse.ts'
import { caseOf } from '../../src/badges/cases/case.ts'
import { concernsAbout, concernsInShort } from '../../src/badges/cases/concerns.ts'
import { grantSeveral } from '../../src/badges/cases/grant-several.ts'
import { pickFrom, pickName } from '../../src/badges/cases/picks.ts'
import { queuePage } from '../../src/badges/cases/queue-page.ts'
import { sourcesOf } from '../../src/badges/cases/sources.ts'
import { together } from '../../src/badges/cases/together.ts'
import { declineBadge, declineInput, tryAgainFrom } from '../../src/badges/decline.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { queue } from '../../src/badges/queue.ts'
import { daysAfter, restsUntil } from '../../src/badges/resting.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { today } from '../../src/badges/load-facts.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { suspend } from '../../src/people/suspension.ts'
import { addAdmin, addMentorOf, addTrainee, again } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { completeCourse, gather } from './deeds.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const wren = await addAdmin(db)
const badge = 'room-supporter'

/** A listener who has all that Room Supporter asks. */
async function addReady(): Promise<Person> {
  const person = await addTrainee(db)
  await gather(db, person, 'group_chat', 7)
  await completeCourse(db, person, 'introduction-to-group-support')
  return person
}

const decline = (person: Person, more: { tryAgainFrom?: string } = {}) =>
  db.transaction(tx =>
    declineBadge(tx, content(), admin, { personId: person.id, badge, reason: 'Let us talk first.', ...more }),
  )
const waits = async (person: Person) =>
  (await queue(db, content(), admin, { badge })).waiting.some(({ personId }) => personId === person.id)
const pick = (person: Person) => pickName({ personId: person.id, badge })
const several = (by: Person, people: Person[], reason = '') =>
  db.transaction(tx => grantSeveral(tx, content(), by, { who: people.map(pick), reason }))
const held = async (person: Person) => (await again(db, person)).badges

/** A post of somebody's, reported by somebody else. */
async function reported(person: Person, { concern = false, handled = false, hidden = false } = {}) {
  const { id: reporter } = await addTrainee(db)
  await db.execute(sql`
    with posted as (
      insert into post (discussion_id, author_id, kind, markdown, html, removed)
      select min(id), ${person.id}, 'reply', 'x', 'x', ${hidden ? 'hidden' : null} from discussion returning id
    )
    insert into report (post_id, reporter_id, reason, concern, handled_at, outcome)
    select id, ${reporter}, ${concern ? 'worried' : 'unkind'}, ${concern}, ${handled ? new Date().toISOString() : null}::timestamptz, 'x'
    from posted`)
}

describe('the queue', () => {
  test('says of each what they stand on, who speaks for them and what there is to know', async () => {
    const person = await addReady()
    await reported(person)
    const { listed } = await queuePage(db, content(), admin, { badge })
    const row = listed.find(({ personId }) => personId === person.id)!
    expect(row.standsOn).toContain('2 group chats (7)')
    expect(row.endorsements).toBe(0)
    expect(concernsInShort(row.concerns)).toBe('a report waits')
  })

  test('is for admins', async () => {
    const person = await addReady()
    await expect(queuePage(db, content(), person, {})).rejects.toThrow(Forbidden)
    await expect(concernsAbout(db, person, [admin.id])).rejects.toThrow(Forbidden)
    await expect(sourcesOf(db, person, admin.id)).rejects.toThrow(Forbidden)
    await expect(together(db, content(), person, [])).rejects.toThrow(Forbidden)
  })
})

describe('concerns', () => {
  const of = async (person: Person) =>
    ((await concernsAbout(db, admin, [person.id])).get(person.id) ?? []).map(({ what }) => what)

  test('are reports that wait, posts that were hidden, what was decided before, and suspensions', async () => {
    const person = await addReady()
    expect(await of(person)).toEqual([])
    await reported(person, { concern: true })
    await reported(person, { handled: true, hidden: true })
    await decline(person)
    await db.transaction(tx => suspend(tx, admin, { personId: person.id, reason: 'For a week.' }))
    expect((await of(person)).toSorted()).toEqual(['account', 'decline', 'hidden', 'worried'])
  })

  test('are not what somebody looked at and left as it was', async () => {
    const person = await addReady()
    await reported(person, { handled: true })
    expect(await of(person)).toEqual([])
  })

  test('about oneself are not read here by an admin', async () => {
    await reported(wren)
    expect((await concernsAbout(db, wren, [wren.id])).size).toBe(0)
    expect((await concernsAbout(db, admin, [wren.id])).size).toBe(1)
  })
})

test('a case holds where each count comes from and all that was decided, on whatever badge', async () => {
  const person = await addReady()
  await decline(person)
  const about = { personId: person.id, badge: 'ambassador', reason: 'A founder.' }
  await db.transaction(tx => grantBadge(tx, content(), null, { ...about, override: true }))
  await db.transaction(tx => revokeBadge(tx, content(), admin, { ...about, reasonClass: 'conduct' }))
  const opened = await caseOf(db, content(), admin, person.handle, badge)
  expect(opened.sources).toContainEqual({
    ...{
      kind: 'group_chat',
      source: 'platform',
      state: 'confirmed',
      rows: 1,
      count: 7,
      minutes: 0,
      latest: '2026-02-01',
    },
  })
  expect(opened.sources.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['module', 'quiz', 'reflection']),
  )
  expect(opened.entries.map(({ kind }) => kind)).toEqual(['revocation', 'grant', 'decline'])
  expect(opened.concerns.map(({ what }) => what)).toEqual(['revocation', 'decline'])
  await expect(caseOf(db, content(), admin, 'nobody', badge)).rejects.toThrow(NotFound)
  await expect(caseOf(db, content(), person, person.handle, badge)).rejects.toThrow(Forbidden)
})

describe('a decline', () => {
  test('holds until the day that the admin said, and not a day longer', async () => {
    const person = await addReady()
    const day = daysAfter(today(), 60)
    await decline(person, { tryAgainFrom: day })
    expect(await restsUntil(db, { personId: person.id, badge })).toBe(day)
    vi.useFakeTimers({ now: Date.now() + 59 * 86_400_000, toFake: ['Date'] })
    expect(await waits(person)).toBe(false)
    vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ['Date'] })
    expect(await waits(person)).toBe(true)
  })

  test('can be made again, with another day, once they are back', async () => {
    const person = await addReady()
    await decline(person, { tryAgainFrom: daysAfter(today(), 7) })
    await decline(person, { tryAgainFrom: daysAfter(today(), 14) })
    expect(await restsUntil(db, { personId: person.id, badge })).toBe(daysAfter(today(), 14))
  })

  test('says a day that lies ahead, within a year', () => {
    const on = (tryAgainOn: string) =>
      tryAgainFrom(declineInput.parse({ personId: 1, badge, reason: 'x', tryAgain: 'day', tryAgainOn }))
    expect(tryAgainFrom(declineInput.parse({ personId: 1, badge, reason: 'x' }))).toBe(daysAfter(today(), 28))
    expect(on(daysAfter(today(), 1))).toBe(daysAfter(today(), 1))
    for (const day of ['', 'soon', '2026-02-31', today(), daysAfter(today(), 400), '9999-99-99'])
      expect(() => on(day), day).toThrow(Invalid)
  })

  test('a badge taken back is not granted by the queue for four weeks', async () => {
    const person = await addReady()
    await db.transaction(tx => grantBadge(tx, content(), admin, { personId: person.id, badge }))
    await db.transaction(tx =>
      revokeBadge(tx, content(), admin, {
        personId: person.id,
        badge,
        reasonClass: 'conduct',
        reason: 'A breach.',
      }),
    )
    await gather(db, person, 'group_chat', 1)
    expect(await waits(person)).toBe(false)
    vi.useFakeTimers({ now: Date.now() + 29 * 86_400_000, toFake: ['Date'] })
    expect(await waits(person)).toBe(true)
  })
})

describe('several at once', () => {
  test('are granted each by themselves: where one can’t be, the others are', async () => {
    const [one, gone, declined, two] = [
      await addReady(),
      await addReady(),
      await addReady(),
      await addReady(),
    ]
    await db.execute(sql`update evidence set state = 'declined' where person_id = ${gone.id}`)
    await decline(declined)
    const { granted, not } = await several(admin, [one, gone, declined, two], 'All four were at the meeting.')
    expect(granted).toBe(2)
    expect(not.map(({ pick: { personId } }) => personId)).toEqual([gone.id, declined.id])
    expect([await held(one), await held(two)]).toEqual([[badge], [badge]])
    expect([await held(gone), await held(declined)]).toEqual([[], []])

    const after = await together(
      db,
      content(),
      admin,
      [one, gone, declined].flatMap(each => pickFrom(pick(each))),
    )
    expect(after.map(({ state }) => state)).toEqual([
      { holdsSince: expect.any(Date) as Date },
      { why: expect.stringContaining('Missing: 2 group chats') as string },
      { why: expect.stringContaining('they can try again from') as string },
    ])
  })

  test('by two admins at the same moment are granted once each', async () => {
    const people = [await addReady(), await addReady(), await addReady()]
    const results = await Promise.all([several(admin, people), several(wren, people.toReversed())])
    expect(results.map(({ granted }) => granted).toSorted()).toEqual([0, 3])
    const entries = await db.execute(
      sql`select from record_entry where kind = 'grant' and person_id = any(${sql.param(people.map(({ id }) => id))}::bigint[])`,
    )
    expect(entries).toHaveLength(3)
  })

  test('leave out whoever asks, and whoever is suspended', async () => {
    const [ready, locked] = [await addReady(), await addReady()]
    await db.transaction(tx => suspend(tx, admin, { personId: locked.id, reason: 'x' }))
    await gather(db, wren, 'group_chat', 2)
    await completeCourse(db, wren, 'introduction-to-group-support')
    const { granted } = await several(wren, [wren, locked, ready])
    expect(granted).toBe(1)
    expect([await held(wren), await held(locked)]).toEqual([[], []])
    await expect(several(ready, [await addReady()])).rejects.toThrow(Forbidden)
  })

  test('are named so that nothing else comes through an address', () => {
    for (const name of [
      '',
      '1',
      '1.',
      '.mentor',
      '1.mentor.2',
      '-1.mentor',
      '1.MENTOR',
      '1.a b',
      '9'.repeat(16) + '.a',
    ])
      expect(pickFrom(name), name).toEqual([])
    expect(pickFrom('12.room-supporter')).toEqual([{ personId: 12, badge: 'room-supporter' }])
  })
})

describe('asking for a word', () => {
  const leader = 'mentor-leader'
  const asks = (person: Person, other: Person | string) =>
    db.transaction(tx =>
      askToEndorse(tx, content(), person, {
        ...{ badge: leader, handle: typeof other === 'string' ? other : other.handle },
      }),
    )
  const asked = async (person: Person) => (await openAsks(db, person.id, leader)).map(({ handle }) => handle)

  test('tells whom one asks, once, and waits until they have said it', async () => {
    const [person, other] = [await addMentorOf(db), await addMentorOf(db)]
    await asks(person, `@${other.handle}`)
    expect(await asked(person)).toEqual([other.handle])
    expect((await unseen(db, other))[0]).toMatchObject({
      ...{ kind: 'endorsement_asked', href: `/people/${person.handle}#endorse`, by: person.handle },
    })
    await expect(asks(person, other)).rejects.toThrow(Conflict)
    await db.transaction(async tx => {
      await endorse(tx, content(), other, { personId: person.id, badge: leader, words: 'Calm.' })
      await reviewStanding(tx, content(), person.id)
    })
    expect(await asked(person)).toEqual([])
    await expect(asks(person, other)).rejects.toThrow('They have endorsed you for this badge already.')
  })

  test('is for those who may endorse one, and tells nothing of anybody else', async () => {
    const person = await addMentorOf(db)
    const trainee = await addTrainee(db)
    const sentence = async (other: Person | string) =>
      asks(person, other).then(
        () => '',
        (error: unknown) => (error instanceof Invalid ? error.fields.handle : String(error)),
      )
    expect(await sentence(trainee)).toBe(await sentence('nobody-at-all'))
    expect(await sentence(person)).toBe('Nobody speaks for themselves.')
    await expect(
      db.transaction(tx => askToEndorse(tx, content(), person, { badge: 'moderator', handle: 'x' })),
    ).rejects.toThrow(Forbidden)
    await expect(asks(trainee, await addMentorOf(db))).rejects.toThrow(Invalid)
  })

  test('waits for five people at a time, pressed twice or not, and no longer for whom one lets go', async () => {
    const person = await addMentorOf(db)
    const others = await Promise.all(Array.from({ length: mostAsked + 1 }, () => addMentorOf(db)))
    const results = await Promise.allSettled(others.map(other => asks(person, other)))
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    const [first] = await openAsks(db, person.id, leader)
    const letGo = () => db.transaction(tx => withdrawAsk(tx, person, { badge: leader, ofId: first!.id }))
    await letGo()
    expect(await asked(person)).toHaveLength(mostAsked - 1)
    await expect(letGo()).rejects.toThrow(NotFound)
    await expect(asks(person, first!.handle)).rejects.toThrow('One asks once.')
  })
})
