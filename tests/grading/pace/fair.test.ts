import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cohortMentor } from '../../../db/schema/courses.ts'
import { marking, mentorPace } from '../../../db/schema/grading.ts'
import { buddy, suspension } from '../../../db/schema/people.ts'
import { content } from '../../../src/authoring/content.ts'
import { enrol } from '../../../src/courses/enrolment.ts'
import { claimNext } from '../../../src/grading/next.ts'
import { markingFor } from '../../../src/grading/marking.ts'
import { handOut, mostOpen } from '../../../src/grading/pace/hand-out.ts'
import { canGrade } from '../../../src/grading/policy.ts'
import { addCohortOf, addMentorOf, addTrainee, again, setMarkedTwice } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { gradePost } from '../deeds.ts'
import { reflect } from '../reflections.ts'

const { db } = await testDatabase()
const inTx = db.transaction.bind(db)
const mentors = await Promise.all([1, 2, 3, 4].map(() => addMentorOf(db)))
const trainees = await Promise.all([1, 2, 3, 4, 5, 6].map(() => addTrainee(db)))
const everybody = [...trainees, ...mentors]

/** What a mentor is like in one scene: which of two cohorts they serve, and what stands in their way. */
const traits = fc.record({
  serves: fc.constantFrom([0], [1], [0, 1], [0, 1]),
  weekly: fc.option(fc.integer({ min: 1, max: 6 })),
  away: fc.constantFrom(false, false, false, false, true),
  suspended: fc.constantFrom(false, false, false, false, true),
  studiesIn: fc.constantFrom(null, null, null, 0),
  buddyOf: fc.option(fc.nat(5)),
  marks: fc.nat(1),
  takes: fc.nat(1),
})
type Traits = typeof traits extends fc.Arbitrary<infer T> ? T : never
const scene = fc.record({
  mentors: fc.tuple(traits, traits, traits, traits),
  waiting: fc.uniqueArray(fc.nat(19), { minLength: 6, maxLength: 20 }),
  runs: fc.integer({ min: 1, max: 3 }),
})

/** In all scenes together, so that they are known to have been lively. */
let handedOut = 0

test('whoever the mentors are, nobody is handed what they may not mark, more than they said, or what another has', async () => {
  await fc.assert(
    fc.asyncProperty(scene, async ({ mentors: given, waiting, runs }) => {
      const cohorts = await setTheScene(given)
      // Each of ten people at most once in either cohort: six trainees, and the mentors themselves.
      for (const place of waiting)
        await reflect(db, everybody[place % 10]!, cohorts[place < 10 ? 0 : 1]!, { daysAgo: place / 7 })
      for (const [index, { marks }] of given.entries()) for (let n = 0; n < marks; n++) await markNext(index)
      const before = await load()
      await Promise.all([
        ...Array.from({ length: runs }, () => inTx(tx => handOut(tx, content()))),
        ...given.flatMap(({ takes }, index) =>
          Array.from({ length: takes }, () => take(index).catch(() => {})),
        ),
      ])
      await check(given, before)
    }),
    { numRuns: 25 },
  )
  expect(handedOut).toBeGreaterThan(50)
}, 120_000)

/** Two new cohorts; all that stood before is over, but for what was marked. */
async function setTheScene(given: Traits[]) {
  await db.update(marking).set({ closedAt: sql`now() - interval '8 days'`, handedToId: null })
  await db.delete(mentorPace)
  await db.delete(cohortMentor)
  await db.update(buddy).set({ endedAt: new Date() })
  await db.update(suspension).set({ endedAt: new Date() })
  const cohorts = [await addCohortOf(db), await addCohortOf(db)]
  await setMarkedTwice(db, cohorts[0]!)
  for (const [index, { serves, weekly, away, suspended, studiesIn, buddyOf }] of given.entries()) {
    const { id } = mentors[index]!
    for (const which of serves)
      await db.insert(cohortMentor).values({ cohortId: cohorts[which]!.id, personId: id })
    const days = away ? { awayFrom: '2020-01-01', awayUntil: '2099-01-01' } : {}
    await db.insert(mentorPace).values({ mentorId: id, weekly, ...days })
    if (studiesIn !== null)
      await inTx(tx => enrol(tx, null, { cohortId: cohorts[studiesIn]!.id, personId: id }))
    if (buddyOf !== null) await db.insert(buddy).values({ leaderId: id, newcomerId: trainees[buddyOf]!.id })
    if (suspended) await db.insert(suspension).values({ personId: id, byId: id, reason: 'A test.' })
  }
  return cohorts
}

const take = async (index: number) =>
  inTx(async tx => claimNext(tx, content(), await again(db, mentors[index]!)))

async function markNext(index: number): Promise<void> {
  const next = await take(index).catch(() => null)
  if (next === null) return
  const [row] = await db.select().from(marking).where(eq(marking.id, next))
  await gradePost(db, await again(db, mentors[index]!), row!.postId, { marking: next })
}

const load = async () =>
  new Map(
    (
      await db.execute<{ id: string; done: number; open: number }>(sql`
        select p.id, (select count(*)::int from marking m where m.done_by_id = p.id and m.closed_at > now() - interval '7 days') as done,
          (select count(*)::int from marking m where m.handed_to_id = p.id and m.closed_at is null) as open
        from person p where p.id = any(${sql.param(mentors.map(({ id }) => id))}::bigint[])`)
    ).map(({ id, done, open }) => [Number(id), { done, open }]),
  )

async function check(given: Traits[], before: Awaited<ReturnType<typeof load>>) {
  const handed = await db
    .select()
    .from(marking)
    .where(and(isNull(marking.closedAt), isNotNull(marking.handedToId)))
  const log = await db.execute<{ marking: string; times: number }>(sql`
    select details->>'marking' as marking, count(*)::int as times from audit_entry
    where action = 'reflection.handed_out' group by 1`)
  handedOut += handed.length
  for (const { id, handedToId } of handed) {
    const mentor = await again(db, { id: handedToId! })
    expect(canGrade(mentor, await markingFor(db, mentor, id))).toBe(true)
    expect(log.filter(one => Number(one.marking) === id).map(({ times }) => times)).toEqual([1])
  }
  for (const [index, { weekly, away, suspended }] of given.entries()) {
    const { id } = mentors[index]!
    const mine = handed.filter(({ handedToId }) => handedToId === id).length
    expect(mine).toBeLessThanOrEqual(away || suspended ? 0 : mostOpen)
    if (weekly !== null) expect(mine).toBeLessThanOrEqual(Math.max(0, weekly - before.get(id)!.done))
  }
}
