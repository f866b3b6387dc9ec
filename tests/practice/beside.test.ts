import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { loadFacts } from '../../src/badges/load-facts.ts'
import { Conflict, Invalid, NotFound } from '../../src/errors.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { addEvidence } from '../../src/practice/add-evidence.ts'
import { confirmLog, declineLog } from '../../src/practice/decide.ts'
import { logEvidence, logInput } from '../../src/practice/log-evidence.ts'
import { logQueue, logsBeside } from '../../src/practice/log-queue.ts'
import { ownPractice } from '../../src/practice/own-practice.ts'
import { lengthInWords } from '../../src/practice/words.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, again, hold } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
const inTx = db.transaction.bind(db)

const session = { what: 'practice_session', occurredOn: '2026-10-01', place: 'Circle room', note: '' }
async function logs(who: Person, beside: { supervisor?: string; minutes?: number | null }): Promise<number> {
  await inTx(tx => logEvidence(tx, content(), who, { ...session, ...beside }))
  return (await ownPractice(db, who)).entries[0]!.id
}
const confirms = (by: Person, log: number) => inTx(tx => confirmLog(tx, content(), by, { log }))
const supervised = async ({ id }: Person) => (await loadFacts(db, content(), [id])).get(id)!.supervised

async function addHost(): Promise<Person> {
  const host = await addTrainee(db)
  await hold(db, host, 'sharing-circle-host')
  return again(db, host)
}

describe('practice with somebody beside one', () => {
  test('waits for their word and nobody else’s, and then its minutes count', async () => {
    const [person, host] = [await addTrainee(db), await addHost()]
    const cohort = await addCohortOf(db, [person])
    const mentor = await addMentorOf(db, [cohort.id])
    const log = await logs(person, { supervisor: `@${host.handle}`, minutes: 90 })
    expect(await supervised(person)).toEqual({})
    expect((await unseen(db, host))[0]).toMatchObject({ kind: 'evidence_beside', href: '/practice/beside' })

    expect((await logQueue(db, mentor)).logs.map(({ id }) => id)).not.toContain(log)
    await expect(confirms(mentor, log)).rejects.toThrow(NotFound)
    await expect(confirms(person, log)).rejects.toThrow(NotFound)
    expect((await logsBeside(db, host)).logs).toMatchObject([
      { id: log, beside: { minutes: 90, handle: host.handle } },
    ])
    await confirms(host, log)
    expect(await supervised(person)).toEqual({ practice_session: [['2026-10-01', 90]] })
    expect((await logsBeside(db, host)).logs).toEqual([])
    await expect(confirms(host, log)).rejects.toThrow(Conflict)
  })

  test('may be confirmed by an admin, when whoever stood by has left', async () => {
    const [person, host, admin] = [await addTrainee(db), await addHost(), await addAdmin(db)]
    const log = await logs(person, { supervisor: host.handle, minutes: 30 })
    expect((await logQueue(db, admin)).logs.map(({ id }) => id)).toContain(log)
    await confirms(admin, log)
    expect(await supervised(person)).toEqual({ practice_session: [['2026-10-01', 30]] })
  })

  test('counts for nothing when they say that they were not there', async () => {
    const [person, host] = [await addTrainee(db), await addHost()]
    const log = await logs(person, { supervisor: host.handle, minutes: 60 })
    await inTx(tx => declineLog(tx, content(), host, { log, reason: 'It was somebody else.' }))
    expect(await supervised(person)).toEqual({})
    expect((await ownPractice(db, person)).entries[0]).toMatchObject({ reason: 'It was somebody else.' })
  })

  test.each<[string, (others: { host: Person; trainee: Person }) => object, string]>([
    ['nobody of this handle', () => ({ supervisor: 'nobody-at-all', minutes: 60 }), 'supervisor'],
    ['oneself', ({ trainee }) => ({ supervisor: trainee.handle, minutes: 60 }), 'supervisor'],
    ['nobody, for an hour', () => ({ minutes: 60 }), 'supervisor'],
    ['somebody, for no time', ({ host }) => ({ supervisor: host.handle }), 'minutes'],
    [
      'somebody at what is not counted by the hour',
      ({ host }) => ({ what: 'positive_review', supervisor: host.handle, minutes: 60 }),
      'supervisor',
    ],
  ])('is not logged with %s', async (_, beside, field) => {
    const others = { host: await addHost(), trainee: await addTrainee(db) }
    const refused = logs(others.trainee, beside(others)).catch((error: unknown) => error)
    expect(Object.keys(((await refused) as Invalid).fields)).toEqual([field])
  })

  test('is not logged with somebody who holds none of the badges for it', async () => {
    const [person, other] = [await addTrainee(db), await addTrainee(db)]
    await expect(logs(person, { supervisor: other.handle, minutes: 60 })).rejects.toThrow(
      `@${other.handle} holds none of the badges for this`,
    )
  })

  test('is entered by an admin as well, under the same rules', async () => {
    const [person, host] = [await addTrainee(db), await addHost()]
    const entered = { personId: person.id, kind: 'practice_session', occurredOn: '2026-10-01', count: 1 }
    const words = { place: '', role: '', note: '' }
    const enter = (more: object) =>
      inTx(tx => addEvidence(tx, content(), null, { ...entered, ...words, ...more }))
    await enter({ supervisor: host.handle, minutes: 45 })
    expect(await supervised(person)).toEqual({ practice_session: [['2026-10-01', 45]] })
    await expect(enter({ supervisor: person.handle, minutes: 45 })).rejects.toThrow(Invalid)
  })
})

test.each([
  ['', null],
  [' 45 ', 45],
  ['4', undefined],
  ['601', undefined],
  ['1.5', undefined],
  ['an hour', undefined],
])('“%s” minutes in the form are %s', (typed, read) => {
  const result = logInput.safeParse({ ...session, minutes: typed })
  expect(result.data?.minutes).toBe(read)
})

test('how long it took reads as one would say it', () => {
  expect([1, 45, 60, 90, 100, 120, 150].map(lengthInWords)).toEqual([
    ...['1 minute', '45 minutes', '1 hour', '1½ hours', '100 minutes', '2 hours', '2½ hours'],
  ])
})
