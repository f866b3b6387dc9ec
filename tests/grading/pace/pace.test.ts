import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { marking, mentorPace } from '../../../db/schema/grading.ts'
import { auditEntry } from '../../../db/schema/record.ts'
import { readForm } from '../../../src/actions/form.ts'
import { content } from '../../../src/authoring/content.ts'
import { Forbidden, Invalid } from '../../../src/errors.ts'
import { claimNext } from '../../../src/grading/next.ts'
import { handOut } from '../../../src/grading/pace/hand-out.ts'
import { isAway, type Pace, paceOf } from '../../../src/grading/pace/pace.ts'
import { comeBack, paceInput, setPace } from '../../../src/grading/pace/set-pace.ts'
import { dayIn } from '../../../src/layout/time.ts'
import type { Person } from '../../../src/people/person.ts'
import { addCohortOf, addMentorOf, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { claimPost } from '../deeds.ts'
import { reflect } from '../reflections.ts'

const { db } = await testDatabase()
const inTx = db.transaction.bind(db)
const run = () => inTx(tx => handOut(tx, content()))

let cohort: { id: number }
let maple: Person
beforeEach(async () => {
  await db.update(marking).set({ closedAt: new Date() })
  cohort = await addCohortOf(db)
  maple = await addMentorOf(db, [cohort.id])
})

const day = (ahead: number, zone = 'UTC') => dayIn(new Date(Date.now() + ahead * 86_400_000), zone)
const sets = (mentor: Person, pace: Partial<Pace>) =>
  inTx(tx => setPace(tx, mentor, { weekly: null, awayFrom: null, awayUntil: null, ...pace }))
const handed = async ({ id }: Person) =>
  (await db.select().from(marking).where(eq(marking.handedToId, id))).filter(({ closedAt }) => !closedAt)
    .length
async function waiting(count: number) {
  const posts = []
  for (let n = 0; n < count; n++) posts.push(await reflect(db, await addTrainee(db), cohort))
  return posts
}

test('a mentor who has said nothing takes on whatever comes, and is not away', async () => {
  expect(await paceOf(db, maple)).toEqual({ weekly: null, awayFrom: null, awayUntil: null })
})

describe('a mentor who sets their pace', () => {
  test('has it kept, and it is on the log', async () => {
    await sets(maple, { weekly: 10 })
    await sets(maple, { weekly: 12, awayFrom: day(3), awayUntil: day(9) })
    expect(await paceOf(db, maple)).toEqual({ weekly: 12, awayFrom: day(3), awayUntil: day(9) })
    const said = await db.select().from(auditEntry).where(eq(auditEntry.actorId, maple.id))
    expect(said.map(({ action }) => action)).toEqual(['pace.set', 'pace.set'])
  })

  test('has what they have not begun taken back at once on going away, and nothing more is handed to them', async () => {
    const posts = await waiting(3)
    await run()
    await claimPost(db, maple, posts[0]!)
    await sets(maple, { awayFrom: day(0), awayUntil: day(2) })
    expect(await handed(maple)).toBe(1)
    expect((await run()).handedOut).toBe(0)
  })

  test('may still take what they like while they are away', async () => {
    await waiting(1)
    await sets(maple, { awayFrom: day(0), awayUntil: day(2) })
    expect(await inTx(tx => claimNext(tx, content(), maple))).not.toBeNull()
  })

  test('keeps what is with them when the days away are yet to come', async () => {
    await waiting(2)
    await run()
    await sets(maple, { awayFrom: day(1), awayUntil: day(2) })
    expect(await handed(maple)).toBe(2)
  })

  test('has taken back what goes beyond a smaller number, the latest promises', async () => {
    await waiting(4)
    await run()
    await sets(maple, { weekly: 1 })
    expect(await handed(maple)).toBe(1)
    expect((await run()).handedOut).toBe(0)
  })

  test('comes back early, and is handed work again', async () => {
    await waiting(2)
    await sets(maple, { weekly: 9, awayFrom: day(0), awayUntil: day(20) })
    await inTx(tx => comeBack(tx, maple))
    expect(await paceOf(db, maple)).toEqual({ weekly: 9, awayFrom: null, awayUntil: null })
    expect((await run()).handedOut).toBe(2)
  })

  test('while work is being handed out, waits for it, and has nothing left that they did not want', async () => {
    await waiting(5)
    await Promise.all([run(), sets(maple, { awayFrom: day(0), awayUntil: day(1) }), run()])
    expect(await handed(maple)).toBe(0)
  })
})

test('the days away are days where the mentor is', () => {
  const pace = { weekly: null, awayFrom: '2026-11-20', awayUntil: '2026-11-22' }
  const at = new Date('2026-11-22T13:30:00Z')
  expect(isAway(pace, 'UTC', at)).toBe(true)
  expect(isAway(pace, 'Pacific/Auckland', at)).toBe(false)
  expect(isAway(pace, 'America/Los_Angeles', new Date('2026-11-23T05:00:00Z'))).toBe(true)
  expect(isAway(pace, 'UTC', new Date('2026-11-19T23:59:59Z'))).toBe(false)
})

test.each([
  ['half of them', { awayFrom: day(1) }, 'last day away too'],
  ['the other half', { awayUntil: day(1) }, 'first day away too'],
  ['in the wrong order', { awayFrom: day(5), awayUntil: day(2) }, 'comes before your first day'],
  ['over already', { awayFrom: day(-5), awayUntil: day(-2) }, 'has passed already'],
  ['years ahead', { awayFrom: day(1), awayUntil: day(400) }, 'more than a year ahead'],
  ['in another century', { awayFrom: '0001-01-01', awayUntil: day(2) }, 'before the year 2000'],
])('days away that are %s are refused, with why', async (_, pace, why) => {
  const error = await sets(maple, pace).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Invalid)
  expect((error as Invalid).message).toContain(why)
  expect(await db.select().from(mentorPace).where(eq(mentorPace.mentorId, maple.id))).toEqual([])
})

const read = (fields: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ weekly: '', awayFrom: '', awayUntil: '', ...fields }))
    form.set(name, value)
  return readForm(paceInput, form)
}

test('the form takes a whole number from 1 to 100 and dates, or nothing at all', () => {
  expect(read({})).toEqual({ weekly: null, awayFrom: null, awayUntil: null })
  expect(read({ weekly: ' 7 ', awayFrom: '2026-12-24' })).toEqual({
    weekly: 7,
    awayFrom: '2026-12-24',
    awayUntil: null,
  })
  for (const weekly of ['0', '101', '-3', '2.5', 'many', '1e2', '٣', '9'.repeat(400)])
    expect(() => read({ weekly }), weekly).toThrow('whole number from 1 to 100')
  for (const awayFrom of [
    'tomorrow',
    '2026-02-30',
    '2026-1-1',
    "'; drop table person; --",
    '2026-12-24T00:00',
  ])
    expect(() => read({ awayFrom }), awayFrom).toThrow('Please give a date')
})

test('nobody but those who may grade sets a pace', async () => {
  const trainee = await addTrainee(db)
  await expect(sets(trainee, { weekly: 3 })).rejects.toThrow(Forbidden)
  await expect(inTx(tx => comeBack(tx, trainee))).rejects.toThrow(Forbidden)
})
