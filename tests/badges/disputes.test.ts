import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { evidence } from '../../db/schema/practice.ts'
import { content } from '../../src/authoring/content.ts'
import { decisionsOn, toldAgain } from '../../src/badges/as-of/decisions.ts'
import { standingOnDay } from '../../src/badges/as-of/on-a-day.ts'
import { compareStandings } from '../../src/badges/compare-standings.ts'
import { plusDays } from '../../src/badges/day.ts'
import { answerDispute, answerInput } from '../../src/badges/disputes/answer.ts'
import { contest, contestInput, withdrawDispute } from '../../src/badges/disputes/contest.ts'
import { factsToCorrect } from '../../src/badges/disputes/correctable.ts'
import { countedBy } from '../../src/badges/disputes/counter.ts'
import { disputes, disputesOf } from '../../src/badges/disputes/disputes.ts'
import { whatItIs, whereFrom } from '../../src/badges/disputes/source-words.ts'
import { sourcesOf } from '../../src/badges/disputes/sources.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { loadFacts, today } from '../../src/badges/load-facts.ts'
import { rebuildStandings } from '../../src/badges/everybody/rebuild-standings.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { standingOf } from '../../src/badges/standing-of.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { addAdmin, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { completeCourse, gather } from './deeds.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const all = content()
const mentorBadge = all.badge('mentor')!
const supporter = all.badge('room-supporter')!

const chats = 'evidence:group_chat'
const guides = 'guides-completed'
const words = { claimed: '12', words: 'The two evenings in March are missing.' }

/** As the action does it. */
const contests = (person: Person, counter = chats, badge = 'mentor', said = words) =>
  db.transaction(tx => contest(tx, all, person, contestInput.parse({ badge, counter, ...said })))
async function answers(by: Person, dispute: number, values: Record<string, unknown>): Promise<void> {
  const parsed = answerInput.parse({ dispute, answer: 'I looked.', ...values })
  await db.transaction(async tx => {
    const { personId } = await answerDispute(tx, all, by, parsed)
    await reviewStanding(tx, all, personId)
  })
}
const latest = async (person: Person) => (await disputesOf(db, person, person.id))[0]!
async function open(person: Person, counter = chats, badge = 'mentor'): Promise<number> {
  await contests(person, counter, badge)
  return (await latest(person)).id
}
const has = async (person: Person, key: string, badge = mentorBadge) =>
  countedBy(await standingOf(db, all, person.id, badge), key)!.leaf.have
async function sources(person: Person, key: string, badge = mentorBadge, page = 1, viewer = person) {
  const { counter } = countedBy(await standingOf(db, all, person.id, badge), key)!
  return sourcesOf(db, viewer, { personId: person.id, counter, page })
}

describe('who is counted wrongly', () => {
  test('says so once, sees what became of it, and may take it back', async () => {
    const person = await addTrainee(db)
    await gather(db, person, 'group_chat', 10)
    const dispute = await open(person)
    expect(await latest(person)).toMatchObject({ shown: '10 of 75', ...words, counter: chats, endedAt: null })
    await expect(contests(person)).rejects.toThrow(Conflict)
    await contests(person, guides)
    expect((await disputes(db, admin, { answered: false })).disputes.map(({ id }) => id)).toContain(dispute)

    await db.transaction(tx => withdrawDispute(tx, person, { dispute }))
    await expect(db.transaction(tx => withdrawDispute(tx, person, { dispute }))).rejects.toThrow(Conflict)
    await expect(answers(admin, dispute, { outcome: 'stands' })).rejects.toThrow(Conflict)
    await contests(person)
  })

  test('twice at once is there once', async () => {
    const person = await addTrainee(db)
    const said = await Promise.allSettled([contests(person), contests(person)])
    expect(said.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('contests what is counted of them, and nothing else', async () => {
    const person = await addTrainee(db)
    for (const counter of ['evidence:gold', 'holds', '', '__proto__', 'application'])
      await expect(contests(person, counter)).rejects.toThrow(NotFound)
    await expect(contests(person, chats, 'no-such-badge')).rejects.toThrow(NotFound)
    for (const said of [
      { ...words, claimed: ' ' },
      { ...words, words: '' },
      { ...words, words: 'x'.repeat(2001) },
    ])
      expect(contestInput.safeParse({ badge: 'mentor', counter: chats, ...said }).success).toBe(false)
  })

  test('is alone with the admins in this, who do not answer for themselves', async () => {
    const person = await addTrainee(db)
    const dispute = await open(person)
    const other = await addMentorOf(db)
    await expect(db.transaction(tx => withdrawDispute(tx, other, { dispute }))).rejects.toThrow(NotFound)
    await expect(answers(other, dispute, { outcome: 'stands' })).rejects.toThrow(Forbidden)
    await expect(disputes(db, other, { answered: false })).rejects.toThrow(Forbidden)
    await expect(disputesOf(db, other, person.id)).rejects.toThrow(Forbidden)
    await expect(sources(person, chats, mentorBadge, 1, other)).rejects.toThrow(Forbidden)
    const own = await open(admin)
    await expect(answers(admin, own, { outcome: 'corrected', change: '50' })).rejects.toThrow(Forbidden)
    await expect(answers(admin, 999_999, { outcome: 'stands' })).rejects.toThrow(NotFound)
  })

  test('is told what an admin found, whatever it was', async () => {
    const person = await addTrainee(db)
    const dispute = await open(person)
    await answers(admin, dispute, { outcome: 'stands', answer: 'They are there already.' })
    expect(await latest(person)).toMatchObject({ outcome: 'stands', answer: 'They are there already.' })
    expect((await unseen(db, person))[0]).toMatchObject({ kind: 'dispute_answered', by: admin.handle })
  })
})

describe('a correction of practice', () => {
  test('stands beside what was there, counts at once, and is shown with its reason', async () => {
    const person = await addTrainee(db)
    await gather(db, person, 'group_chat', 10)
    const dispute = await open(person)
    await answers(admin, dispute, {
      outcome: 'corrected',
      change: '2',
      occurredOn: '2026-03-03',
      answer: 'Found them.',
    })
    expect(await has(person, chats)).toBe(12)
    await answers(admin, await open(person), { outcome: 'corrected', change: '−5', answer: 'Counted twice.' })
    expect(await has(person, chats)).toBe(7)
    const { sources: rows, total } = await sources(person, chats)
    expect(total).toBe(3)
    expect(rows.map(({ count }) => count).toSorted()).toEqual([-5, 10, 2])
    const correction = rows.find(({ count }) => count === -5)!
    expect(correction).toMatchObject({ from: 'correction', by: admin.handle, note: 'Counted twice.' })
    expect(whereFrom(correction)).toBe(`a correction by @${admin.handle}`)
    expect(whatItIs(all, correction).words).toBe('−5 group chats')
    expect(await compareStandings(db, all)).toEqual([])
    expect(await rebuildStandings(db, all)).toBe(0)
  })

  test('never takes off more than there is, also of two at once', async () => {
    const person = await addTrainee(db)
    await gather(db, person, 'group_chat', 3)
    const dispute = await open(person)
    await expect(answers(admin, dispute, { outcome: 'corrected', change: '-4' })).rejects.toThrow(Invalid)
    await expect(answers(admin, dispute, { outcome: 'corrected' })).rejects.toThrow(Invalid)
    await expect(answers(admin, dispute, { outcome: 'corrected', change: '0' })).rejects.toThrow(Invalid)
    await expect(
      answers(admin, dispute, { outcome: 'corrected', change: '1', occurredOn: plusDays(today(), 3) }),
    ).rejects.toThrow(Invalid)
    expect(await latest(person)).toMatchObject({ endedAt: null })
    const both = [1, 2].map(() => answers(admin, dispute, { outcome: 'corrected', change: '-2' }))
    expect((await Promise.allSettled(both)).map(({ status }) => status).toSorted()).toEqual([
      'fulfilled',
      'rejected',
    ])
    expect(await has(person, chats)).toBe(1)
  })

  test('can make somebody ready for a badge, in the same transaction', async () => {
    const person = await addTrainee(db)
    await completeCourse(db, person, 'introduction-to-group-support')
    await gather(db, person, 'group_chat', 1)
    await answers(admin, await open(person, chats, 'room-supporter'), { outcome: 'corrected', change: '1' })
    const [kept] = await db.execute<{ met: boolean }>(sql`
      select not isempty(met_on) as met from standing where person_id = ${person.id} and badge = 'room-supporter'`)
    expect(kept).toEqual({ met: true })
  })
})

describe('a correction of a guide or a reading', () => {
  test('adds it and takes it out, and keeps both', async () => {
    const person = await addTrainee(db)
    const [guide] = all.guides
    await answers(admin, await open(person, guides), { outcome: 'corrected', fact: `add:${guide!.id}` })
    expect(await has(person, guides)).toBe(1)
    expect((await sources(person, guides)).sources).toMatchObject([
      { of: guide!.id, from: 'correction', count: 1 },
    ])
    const options = await factsToCorrect(db, all, { personId: person.id, counter: { kind: guides } })
    expect(options).toContainEqual({ value: `void:${guide!.id}`, label: `Take out: ${guide!.title}` })

    await answers(admin, await open(person, guides), { outcome: 'corrected', fact: `void:${guide!.id}` })
    expect(await has(person, guides)).toBe(0)
    expect((await sources(person, guides)).sources).toMatchObject([
      { of: guide!.id, count: 0, note: 'I looked.' },
    ])
  })

  test('takes back the word of the mentor on which it stood', async () => {
    const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
    const guide = all.guides[1]!.id
    await db.execute(
      sql`insert into guide_vouch (person_id, guide, mentor_id, note) values (${person.id}, ${guide}, ${mentor.id}, 'x')`,
    )
    await db.execute(sql`insert into guide_completion (person_id, guide, vouch_id) select person_id, guide, id from guide_vouch
      where person_id = ${person.id}`)
    await answers(admin, await open(person, guides), { outcome: 'corrected', fact: `void:${guide}` })
    expect(await has(person, guides)).toBe(0)
    const [word] = await db.execute(
      sql`select revoked_by_id::int as by from guide_vouch where person_id = ${person.id}`,
    )
    expect(word).toEqual({ by: admin.id })
  })

  test('is of a module of the course that is contested, and of nothing else', async () => {
    const person = await addTrainee(db)
    const key = 'modules-read:moderator-training'
    const moderator = all.badge('moderator')!
    const [module] = all.course('moderator-training')!.modules
    const dispute = await open(person, key, 'moderator')
    const wrong = [
      '',
      'add:',
      'add:nowhere',
      'add:introduction-to-group-support/rooms-and-roles',
      `void:${module!.id}`,
    ]
    for (const fact of [...wrong, 'constructor', `give:${module!.id}`])
      await expect(answers(admin, dispute, { outcome: 'corrected', fact })).rejects.toThrow(Invalid)
    await answers(admin, dispute, { outcome: 'corrected', fact: `add:${module!.id}` })
    expect(await has(person, key, moderator)).toBe(1)
    await answers(admin, await open(person, key, 'moderator'), {
      outcome: 'corrected',
      fact: `void:${module!.id}`,
    })
    expect(await has(person, key, moderator)).toBe(0)
  })

  test('is not made here for what is graded: that is put right where it came from', async () => {
    const person = await addTrainee(db)
    const dispute = await open(person, 'reflections-passed:moderator-training', 'moderator')
    await expect(answers(admin, dispute, { outcome: 'corrected', change: '1' })).rejects.toThrow(Invalid)
    await answers(admin, dispute, { outcome: 'elsewhere' })
    expect(await latest(person)).toMatchObject({ outcome: 'elsewhere' })
  })
})

test('seventy-five sources are read page by page, each once', async () => {
  const person = await addTrainee(db)
  for (let day = 0; day < 75; day++)
    await db.insert(evidence).values({
      ...{ personId: person.id, kind: 'group_chat', source: 'chat-platform', externalId: `many-${day}` },
      ...{ occurredOn: plusDays('2026-01-01', day), state: 'confirmed' },
    })
  const pages = [1, 2, 3, 4].map(page => sources(person, chats, mentorBadge, page))
  const read = await Promise.all(pages)
  expect(read.map(one => one.sources.length)).toEqual([25, 25, 25, 0])
  expect(new Set(read.flatMap(one => one.sources.map(({ at }) => at.toISOString()))).size).toBe(75)
  expect(whereFrom(read[0]!.sources[0]!)).toBe('counted by chat-platform')
})

test('every counter of every badge tells what it rests on', async () => {
  const person = await addTrainee(db, { joinedOn: '2026-02-03' })
  await completeCourse(db, person, 'introduction-to-group-support')
  await completeCourse(db, person, 'moderator-training')
  const expected = {
    'weeks-since-joining': 1,
    'course-complete:introduction-to-group-support': 15,
    'modules-read:moderator-training': all.course('moderator-training')!.modules.length,
    'reflections-passed:moderator-training': all.course('moderator-training')!.modules.length,
    'quizzes-passed:moderator-training': all.course('moderator-training')!.modules.length,
  }
  for (const [key, count] of Object.entries(expected)) {
    const badge = key.endsWith('moderator-training') ? all.badge('moderator')! : supporter
    const { total, sources: rows } = await sources(person, key, badge)
    expect([key, total]).toEqual([key, count])
    for (const row of rows) expect(whatItIs(all, row).words).not.toBe('')
  }
})

describe('a day in the past', () => {
  test('is told as the record had it, and no correction since changes it', async () => {
    const person = await addTrainee(db)
    await gather(db, person, 'group_chat', 5)
    const [guide] = all.guides
    await db.execute(sql`insert into guide_completion (person_id, guide) values (${person.id}, ${guide!.id})`)
    await answers(admin, await open(person), { outcome: 'corrected', change: '3', occurredOn: '2026-02-02' })
    // All of that ten days ago.
    const back = sql`interval '10 days'`
    await db.execute(
      sql`update evidence set created_at = created_at - ${back}, decided_at = decided_at - ${back} where person_id = ${person.id}`,
    )
    await db.execute(sql`update guide_completion set at = at - ${back} where person_id = ${person.id}`)
    await db.execute(
      sql`update person set created_at = created_at - interval '20 days' where id = ${person.id}`,
    )
    await answers(admin, await open(person), { outcome: 'corrected', change: '-8' })
    await answers(admin, await open(person, guides), { outcome: 'corrected', fact: `void:${guide!.id}` })

    const on = async (asOf: string) => (await loadFacts(db, all, [person.id], { asOf })).get(person.id)!
    expect(await on(plusDays(today(), -11))).toMatchObject({ evidence: {}, guidesCompleted: 0 })
    expect(await on(plusDays(today(), -10))).toMatchObject({
      evidence: { group_chat: 8 },
      guidesCompleted: 1,
    })
    expect(await on(plusDays(today(), -1))).toMatchObject({ evidence: { group_chat: 8 }, guidesCompleted: 1 })
    expect(await on(today())).toMatchObject({ evidence: { group_chat: 0 }, guidesCompleted: 0 })

    const asked = plusDays(today(), -5)
    const then = await standingOnDay(db, all, person, { person, badge: mentorBadge, asked })
    expect(then).toMatchObject({ on: asked, last: today(), first: plusDays(today(), -20) })
    expect(countedBy(then.standing, chats)!.leaf.have).toBe(8)
    for (const [wanted, told] of [
      ['nonsense', today()],
      [null, today()],
      ['1999-01-01', then.first],
      ['2999-01-01', today()],
    ] as const)
      expect((await standingOnDay(db, all, admin, { person, badge: mentorBadge, asked: wanted })).on).toBe(
        told,
      )
    const other = await addTrainee(db)
    await expect(standingOnDay(db, all, other, { person, badge: mentorBadge, asked })).rejects.toThrow(
      Forbidden,
    )
  })

  test('a grant is held against the facts, and says so when they no longer bear it out', async () => {
    const person = await addTrainee(db)
    await completeCourse(db, person, 'introduction-to-group-support')
    await gather(db, person, 'group_chat', 2)
    await new Promise(done => setTimeout(done, 20))
    const about = { personId: person.id, badge: 'room-supporter' }
    await db.transaction(tx => grantBadge(tx, all, admin, about))
    const [decision] = await decisionsOn(db, person, about)
    expect(decision).toMatchObject({ kind: 'grant' })
    const told = () => toldAgain(db, all, person, { ...about, seq: decision!.seq })
    expect(await told()).toMatchObject({ kept: { met: true }, again: { met: true }, differs: [] })
    // A correction since is no part of it; a fact that somebody took away behind the site's back is.
    await answers(admin, await open(person, chats), { outcome: 'corrected', change: '-2' })
    expect(await told()).toMatchObject({ differs: [] })
    await db.execute(sql`delete from evidence where person_id = ${person.id}`)
    expect(await told()).toMatchObject({ again: { met: false }, differs: ['2 group chats'] })
    await expect(toldAgain(db, all, person, { ...about, seq: 999_999 })).rejects.toThrow(NotFound)
    await expect(decisionsOn(db, await addTrainee(db), about)).rejects.toThrow(Forbidden)
  })
})
