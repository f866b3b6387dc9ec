import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { evidence } from '../../db/schema/practice.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { evidenceGoals } from '../../src/badges/evidence-goals.ts'
import { standingsOf } from '../../src/badges/standing-of.ts'
import { enrol, startCourse } from '../../src/courses/enrolment.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { addEvidence } from '../../src/practice/add-evidence.ts'
import { confirmLog, declineLog } from '../../src/practice/decide.ts'
import { todayIn } from '../../src/practice/evidence-rules.ts'
import { logEvidence, withdrawLog } from '../../src/practice/log-evidence.ts'
import { logQueue } from '../../src/practice/log-queue.ts'
import { ownPractice, practiceCounts } from '../../src/practice/own-practice.ts'
import { makeToken, openToken, revokeToken, tokens } from '../../src/api/tokens.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
await openCourses(db)
const inTx = db.transaction.bind(db)
const today = todayIn('UTC')

let trainee: Person
let mentor: Person

beforeEach(async () => {
  trainee = await addTrainee(db)
  const cohort = await addCohortOf(db, [trainee])
  mentor = await addMentorOf(db, [cohort.id])
})

const aChat = {
  what: 'group_chat/moderated',
  occurredOn: '2026-10-01',
  place: 'Grief room',
  note: 'I listened.',
}
async function logs(who: Person, values: Partial<typeof aChat> = {}): Promise<number> {
  await inTx(tx => logEvidence(tx, content(), who, { ...aChat, ...values }))
  return (await ownPractice(db, who)).entries[0]!.id
}
const confirms = (who: Person, log: number) => inTx(tx => confirmLog(tx, content(), who, { log }))
const declines = (who: Person, log: number) =>
  inTx(tx => declineLog(tx, content(), who, { log, reason: 'Which room?' }))
const countOf = async (who: Person) => (await practiceCounts(db, who)).get('group_chat')
const rowOf = async (id: number) => (await db.select().from(evidence).where(eq(evidence.id, id)))[0]

describe('a person logs what they did', () => {
  test('and it waits for a mentor, and counts once it is confirmed', async () => {
    const log = await logs(trainee)
    expect(await countOf(trainee)).toEqual({ confirmed: 0, waiting: 1 })
    await confirms(mentor, log)
    expect(await countOf(trainee)).toEqual({ confirmed: 1, waiting: 0 })
    expect(await rowOf(log)).toMatchObject({ kind: 'group_chat', role: 'moderated', decidedById: mentor.id })
    expect((await unseen(db, trainee))[0]).toMatchObject({
      kind: 'evidence_confirmed',
      href: `/practice#log-${log}`,
    })
    const done = await db.select().from(auditEntry).where(eq(auditEntry.action, 'evidence.confirmed'))
    expect(done).toEqual([expect.objectContaining({ actorId: mentor.id, subjectId: trainee.id })])
  })

  test('or it is declined, with a reason that they read, and never counts', async () => {
    const log = await logs(trainee)
    await declines(mentor, log)
    expect((await ownPractice(db, trainee)).entries[0]).toMatchObject({
      state: 'declined',
      reason: 'Which room?',
    })
    expect(await countOf(trainee)).toEqual({ confirmed: 0, waiting: 0 })
    expect((await unseen(db, trainee))[0]!.kind).toBe('evidence_declined')
  })

  test('but not what has yet to happen, what is long ago, or what only the platform knows', async () => {
    const year = (years: number) => `${Number(today.slice(0, 4)) + years}-01-01`
    await expect(logs(trainee, { occurredOn: year(1) })).rejects.toThrow('still to come')
    await expect(logs(trainee, { occurredOn: year(-3) })).rejects.toThrow('two years')
    for (const what of ['group_chat', 'group_chat/slept', 'dancing'])
      await expect(logs(trainee, { what })).rejects.toThrow(Invalid)
    const evidenceKinds = content().evidenceKinds.map(kind => ({ ...kind, selfLogged: false }))
    await expect(
      inTx(tx => logEvidence(tx, { ...content(), evidenceKinds }, trainee, aChat)),
    ).rejects.toThrow(Invalid)
    expect((await ownPractice(db, trainee)).entries).toEqual([])
  })

  test('and takes it back, as long as nobody has answered it', async () => {
    const [first, second] = [await logs(trainee), await logs(trainee)]
    await confirms(mentor, first)
    await expect(inTx(tx => withdrawLog(tx, trainee, first))).rejects.toThrow(Conflict)
    await expect(inTx(tx => withdrawLog(tx, mentor, second))).rejects.toThrow(NotFound)
    await inTx(tx => withdrawLog(tx, trainee, second))
    expect(await rowOf(second)).toBeUndefined()
  })

  test('and reads all of it, page by page', async () => {
    for (let count = 0; count < 30; count++) await logs(trainee)
    const first = await ownPractice(db, trainee)
    const second = await ownPractice(db, trainee, first.next!)
    expect([first.entries.length, second.entries.length, second.next]).toEqual([25, 5, null])
  })

  test('and sees which badge asks for more of it', async () => {
    const goals = evidenceGoals(content(), trainee, await standingsOf(db, content(), trainee.id))
    expect(goals.get('group_chat')).toMatchObject({ badge: 'room-supporter', need: 2 })
    expect(goals.get('positive_review')).toMatchObject({ badge: 'mentor', need: 10 })
  })
})

describe('whoever confirms', () => {
  test('is a mentor of theirs, any mentor for self-paced learners, or an admin; to others it does not exist', async () => {
    const stranger = await addMentorOf(db, [])
    const admin = await addAdmin(db)
    const log = await logs(trainee)
    await expect(confirms(stranger, log)).rejects.toThrow(NotFound)
    await expect(confirms(trainee, log)).rejects.toThrow(NotFound)
    const idsFor = async (who: Person) => (await logQueue(db, who, log - 1)).logs.map(({ id }) => id)
    expect(await idsFor(stranger)).not.toContain(log)
    expect(await idsFor(mentor)).toContain(log)
    expect(await idsFor(admin)).toContain(log)
    await expect(logQueue(db, trainee)).rejects.toThrow(Forbidden)

    await inTx(tx => startCourse(tx, trainee, 'moderator-training'))
    expect(await idsFor(stranger)).toContain(log)
    await confirms(stranger, log)
    await expect(confirms(admin, log)).rejects.toThrow(Conflict)
  })

  test('never confirms their own', async () => {
    await inTx(tx => enrol(tx, null, { cohortId: mentor.cohortsMentored[0]!, personId: mentor.id }))
    const own = await logs(mentor)
    await expect(confirms(mentor, own)).rejects.toThrow(Forbidden)
    expect((await logQueue(db, mentor)).logs.map(({ id }) => id)).not.toContain(own)
    const admin = await addAdmin(db)
    await expect(confirms(admin, await logs(admin))).rejects.toThrow(Forbidden)
  })

  test('at the same moment as another, is told that it was answered', async () => {
    const admin = await addAdmin(db)
    const log = await logs(trainee)
    const both = await Promise.allSettled([confirms(mentor, log), declines(admin, log)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('an admin', () => {
  test('enters evidence that counts at once, for others and not for themselves', async () => {
    const admin = await addAdmin(db)
    const enter = (by: Person | null, personId: number, kind = 'group_chat') =>
      inTx(tx =>
        addEvidence(tx, content(), by, {
          ...{ personId, kind, occurredOn: today, count: 3, place: '', role: '', note: '' },
        }),
      )
    await enter(admin, trainee.id)
    await enter(null, trainee.id)
    expect(await countOf(trainee)).toEqual({ confirmed: 6, waiting: 0 })
    await expect(enter(admin, admin.id)).rejects.toThrow(Forbidden)
    await expect(enter(mentor, trainee.id)).rejects.toThrow(Forbidden)
    await expect(enter(admin, trainee.id, 'dancing')).rejects.toThrow(Invalid)
  })

  test('makes a token that opens until it is revoked, and nobody else does', async () => {
    const admin = await addAdmin(db)
    const token = await inTx(tx =>
      makeToken(tx, admin, { name: 'Chat platform', scopes: ['evidence:write'], lasts: '365' }),
    )
    const opened = await openToken(db, token)
    expect(opened).toMatchObject({ name: 'Chat platform' })
    expect(await openToken(db, `${token}x`)).toBeNull()
    const [listed] = await tokens(db, admin)
    expect(listed).toMatchObject({ name: 'Chat platform', by: admin.handle })
    expect(listed!.lastUsedAt).not.toBeNull()
    expect(JSON.stringify(listed)).not.toContain(token)

    await expect(inTx(tx => revokeToken(tx, mentor, opened!))).rejects.toThrow(Forbidden)
    await inTx(tx => revokeToken(tx, admin, opened!))
    expect(await openToken(db, token)).toBeNull()
    await expect(
      inTx(tx => makeToken(tx, mentor, { name: 'Mine', scopes: ['badges:read'], lasts: '30' })),
    ).rejects.toThrow(Forbidden)
  })
})
