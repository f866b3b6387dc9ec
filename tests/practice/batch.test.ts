import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { standing } from '../../db/schema/badges.ts'
import { evidence } from '../../db/schema/practice.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { loadFacts } from '../../src/badges/load-facts.ts'
import { reviewStandings } from '../../src/badges/review-standing.ts'
import type { Person } from '../../src/people/person.ts'
import { batchAnswer } from '../../src/practice/batch.ts'
import { todayIn } from '../../src/practice/evidence-rules.ts'
import { practiceCounts } from '../../src/practice/own-practice.ts'
import { receiveBatch } from '../../src/practice/receive-batch.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
const token = { id: 1, name: 'chat' }

let hope: Person
let reed: Person
let names = 0

beforeEach(async () => {
  hope = await addTrainee(db)
  reed = await addTrainee(db)
})

const send = async (items: unknown[]) => {
  const answer = await db.transaction(async tx => {
    const received = await receiveBatch(tx, content(), token, items)
    await reviewStandings(tx, content(), received.people)
    return received.answer
  })
  expect(batchAnswer.parse(answer)).toEqual(answer)
  expect(answer.items.map(({ index }) => index)).toEqual(items.map((_, index) => index))
  return answer
}
const fact = (who: Person, more: object = {}) => ({
  ...{ person: `@${who.handle}`, kind: 'group_chat', source: 'chat', externalId: `fact-${++names}` },
  ...{ occurredOn: '2026-10-01', ...more },
})
const confirmed = async (who: Person, kind = 'group_chat') =>
  (await practiceCounts(db, who)).get(kind)?.confirmed ?? 0
const statuses = ({ items }: { items: { status: string }[] }) => items.map(({ status }) => status)

describe('the platform sends a batch', () => {
  test('and every fact counts, for whom it is, and stands in the log', async () => {
    const answer = await send([
      fact(hope, { count: 3 }),
      fact(hope),
      fact(reed, { person: reed.handle.toUpperCase() }),
    ])
    expect(answer).toMatchObject({ accepted: 3, known: 0, refused: 0 })
    expect([await confirmed(hope), await confirmed(reed)]).toEqual([4, 1])
    const log = await db.select().from(auditEntry).where(eq(auditEntry.subjectId, hope.id))
    expect(log.at(-1)).toMatchObject({ action: 'evidence.received', details: { kinds: { group_chat: 4 } } })
  })

  test('with hours of practice that somebody stood by, and they count', async () => {
    const session = { kind: 'practice_session', supervisor: `@${reed.handle}`, minutes: 90 }
    const answer = await send([fact(hope, session), fact(reed, session)])
    expect(statuses(answer)).toEqual(['accepted', 'refused'])
    expect(answer.items[1]!.reason).toBe('Nobody stands by their own practice.')
    const facts = await loadFacts(db, content(), [hope.id])
    expect(facts.get(hope.id)!.supervised).toEqual({ practice_session: [['2026-10-01', 90]] })
  })

  test('and the standing of everyone in it is up to date with the same write', async () => {
    const member = await addTrainee(db, { kind: 'member' })
    await send([
      fact(member, { kind: 'compassion_course' }),
      fact(member, { kind: 'first_steps_badge' }),
      fact(hope, { count: 2 }),
    ])
    const before = await db.select().from(standing)
    await db.transaction(tx => reviewStandings(tx, content(), [member.id, hope.id]))
    expect(await db.select().from(standing)).toEqual(before)
  })

  test('twice, and it counts once', async () => {
    const batch = [fact(hope), fact(reed)]
    await send(batch)
    expect(await send(batch)).toMatchObject({ accepted: 0, known: 2 })
    expect(await send([...batch, fact(hope)])).toMatchObject({ accepted: 1, known: 2 })
    expect(await confirmed(hope)).toBe(2)
  })

  test('with one fact in it twice, and it counts once', async () => {
    const one = fact(hope)
    expect(statuses(await send([one, one]))).toEqual(['accepted', 'known'])
    expect(await confirmed(hope)).toBe(1)
  })

  test('twice at the very same moment, in two orders, and it counts once', async () => {
    for (let round = 1; round <= 5; round++) {
      const batch = Array.from({ length: 500 }, (_, index) => fact(index % 2 ? hope : reed))
      const both = await Promise.all([send(batch), send(batch.toReversed()), send(batch)])
      expect(both.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(500)
      expect(both.reduce((sum, { known }) => sum + known, 0)).toBe(1000)
      expect([await confirmed(hope), await confirmed(reed)]).toEqual([250 * round, 250 * round])
    }
  })

  test('that gives a fact to somebody else under a name already used: it is refused, and nothing moves', async () => {
    const one = fact(hope)
    await send([one])
    const other = [
      { ...one, person: reed.handle },
      { ...one, kind: 'positive_review' },
      { ...one, count: 7 },
    ]
    expect(statuses(await send(other))).toEqual(['refused', 'refused', 'known'])
    const fresh = fact(hope)
    expect(statuses(await send([fresh, { ...fresh, person: reed.handle }]))).toEqual(['accepted', 'refused'])
    expect([await confirmed(hope), await confirmed(reed)]).toEqual([2, 0])
  })
})

describe('a bad item is refused with a reason and does not stop the good ones', () => {
  const tomorrow = new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10)
  test.each([
    ['nobody of that name', { person: '@nobody-at-all' }, /nobody called @nobody-at-all/],
    ['a kind nobody knows', { kind: 'dancing' }, /no kind of evidence called dancing/],
    ['no date', { occurredOn: '2026-02-31' }, /occurredOn/],
    ['tomorrow', { occurredOn: tomorrow }, /future/],
    ['before the year 2000', { occurredOn: '0001-01-01' }, /2000/],
    ['none of it', { count: 0 }, /count/],
    ['too many of it', { count: 1001 }, /count/],
    ['half of one', { count: 1.5 }, /count/],
    ['the source of our own logs', { source: 'log' }, /reserved/],
    ['the source of our admins', { source: 'admin' }, /reserved/],
    ['no name for it', { externalId: '' }, /externalId/],
    ['a name that no text can hold', { externalId: 'a\u0000b' }, /externalId/],
    ['half a character', { source: '\ud800' }, /source/],
    ['a part that the kind does not know', { role: 'slept' }, /role must be one of attended/],
    ['a person who is a number', { person: 7 }, /person/],
    ['somebody beside them for no time', { supervisor: '@known' }, /supervisor and minutes come together/],
    ['time with nobody beside them', { minutes: 60 }, /supervisor and minutes come together/],
    ['too long', { supervisor: '@known', minutes: 601 }, /minutes/],
    ['hours of what is not counted so', { supervisor: '@known', minutes: 60 }, /Hours of group_chat/],
    [
      'nobody beside them',
      { kind: 'practice_session', supervisor: '@nobody-at-all', minutes: 60 },
      /nobody called @nobody-at-all/,
    ],
  ])('%s', async (_, wrong, reason) => {
    const answer = await send([fact(hope), { ...fact(hope), ...wrong }, fact(hope)])
    expect(statuses(answer)).toEqual(['accepted', 'refused', 'accepted'])
    expect(answer.items[1]!.reason).toMatch(reason)
  })

  test('what is no item at all', async () => {
    const answer = await send([null, 'text', 7, [], {}, fact(hope)])
    expect(answer).toMatchObject({ accepted: 1, refused: 5 })
    expect(answer.items[0]).toMatchObject({ externalId: null, status: 'refused' })
  })

  test('today is not the future', async () => {
    expect(await send([fact(hope, { occurredOn: todayIn('UTC') })])).toMatchObject({ accepted: 1 })
  })
})

test('whatever a platform sends, each item is answered and what was accepted is what is there', async () => {
  const wild = fc.record(
    {
      person: fc.oneof(fc.constantFrom('@known', 'known', '@nobody'), fc.string({ unit: 'binary' })),
      kind: fc.oneof(fc.constantFrom('group_chat', 'positive_review', 'dancing'), fc.string()),
      source: fc.oneof(fc.constantFrom('a', 'b', 'log'), fc.string({ unit: 'binary' })),
      externalId: fc.oneof(fc.constantFrom('1', '2', '3'), fc.string({ unit: 'binary', maxLength: 300 })),
      occurredOn: fc.oneof(fc.constantFrom('2026-01-01', '2026-13-01', '9999-12-31'), fc.string()),
      count: fc.oneof(fc.constantFrom(1, 2, 1000), fc.double(), fc.anything()),
      role: fc.oneof(fc.constantFrom('', 'hosted'), fc.anything()),
    },
    { requiredKeys: [] },
  )
  await addTrainee(db, { handle: 'known' })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 9, arbitrary: wild }, fc.anything()), { maxLength: 12 }),
      async items => {
        const before = await rows()
        const answer = await send(items)
        expect(answer.accepted + answer.known + answer.refused).toBe(items.length)
        expect((await rows()) - before).toBe(answer.accepted)
        const again = await send(items)
        expect([again.accepted, again.refused]).toEqual([0, answer.refused])
      },
    ),
    { numRuns: 40 },
  )
})

const rows = async () => (await db.select({ count: sql<number>`count(*)::int` }).from(evidence))[0]!.count
