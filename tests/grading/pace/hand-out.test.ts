import { eq, isNotNull, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { certificate } from '../../../db/schema/badges.ts'
import { draft } from '../../../db/schema/drafts.ts'
import { calibration, marking, mentorPace } from '../../../db/schema/grading.ts'
import { buddy, suspension } from '../../../db/schema/people.ts'
import { auditEntry } from '../../../db/schema/record.ts'
import { content } from '../../../src/authoring/content.ts'
import { enrol } from '../../../src/courses/enrolment.ts'
import { claimNext } from '../../../src/grading/next.ts'
import { handOut, mostOpen } from '../../../src/grading/pace/hand-out.ts'
import { share } from '../../../src/jobs/hand-out.ts'
import { dayIn } from '../../../src/layout/time.ts'
import type { Person } from '../../../src/people/person.ts'
import { addCohortOf, addMentorOf, addTrainee, setMarkedTwice } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { claimPost, gradePost } from '../deeds.ts'
import { markingOf, reflect } from '../reflections.ts'

const { db } = await testDatabase()
const inTx = db.transaction.bind(db)
const run = () => inTx(tx => handOut(tx, content()))
const day = (ahead: number) => dayIn(new Date(Date.now() + ahead * 24 * 60 * 60_000), 'UTC')

let cohort: { id: number }
let trainee: Person
let maple: Person
let myrtle: Person

beforeEach(async () => {
  // What another test has left waits for nobody.
  await db.update(marking).set({ closedAt: new Date(), handedToId: null })
  trainee = await addTrainee(db)
  cohort = await addCohortOf(db, [trainee])
  ;[maple, myrtle] = [await addMentorOf(db, [cohort.id]), await addMentorOf(db, [cohort.id])]
})

/** So many reflections in the cohort, each by somebody else, the oldest promise first. */
async function waiting(count: number, some: { daysAgo?: number } = {}): Promise<number[]> {
  const posts: number[] = []
  for (let n = 0; n < count; n++)
    posts.push(await reflect(db, await addTrainee(db), cohort, { daysAgo: 1 - n / 100, ...some }))
  return posts
}

const holder = async (post: number) => {
  const [row] = await db
    .select()
    .from(marking)
    .where(eq(marking.id, await markingOf(db, post)))
  return row!.handedToId
}
const holders = (posts: number[]) => Promise.all(posts.map(holder))
const heldBy = async ({ id }: Person) =>
  (await db.select().from(marking).where(eq(marking.handedToId, id))).length
const pace = (mentor: Person, some: Partial<typeof mentorPace.$inferInsert>) =>
  db.insert(mentorPace).values({ mentorId: mentor.id, ...some })
/** As if everything that was handed out and taken back so far had been so long ago. */
const hoursPass = (hours: number) =>
  db.transaction(async tx => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.update(auditEntry).set({ at: sql`${auditEntry.at} - make_interval(hours => ${hours})` })
    await tx.update(marking).set({ handedAt: sql`${marking.handedAt} - make_interval(hours => ${hours})` })
  })

describe('what waits', () => {
  test('is handed out in turn, the oldest promise first, and each hand-out is on the log', async () => {
    const posts = await waiting(3)
    expect(await run()).toEqual({ handedOut: 3, takenBack: 0 })
    expect(await holders(posts)).toEqual([maple.id, myrtle.id, maple.id])
    const said = await db.select().from(auditEntry).where(eq(auditEntry.subjectId, myrtle.id))
    expect(said.filter(({ action }) => action === 'reflection.handed_out')).toEqual([
      expect.objectContaining({
        actorId: null,
        details: { post: posts[1], marking: await markingOf(db, posts[1]!) },
      }),
    ])
  })

  test('is handed out once, and only a handful to each', async () => {
    await waiting(2 * mostOpen + 3)
    expect((await run()).handedOut).toBe(2 * mostOpen)
    expect((await run()).handedOut).toBe(0)
    expect([await heldBy(maple), await heldBy(myrtle)]).toEqual([mostOpen, mostOpen])
  })

  test('goes to whoever has done less in the last week', async () => {
    for (const post of await waiting(2)) await gradePost(db, maple, post)
    const posts = await waiting(2)
    await run()
    expect(await holders(posts)).toEqual([myrtle.id, myrtle.id])
  })

  test('is taken up first by whoever it was handed to, and by anybody else when nothing else waits', async () => {
    const posts = await waiting(2)
    await run()
    expect(await inTx(tx => claimNext(tx, content(), myrtle))).toBe(await markingOf(db, posts[1]!))
    await gradePost(db, myrtle, posts[1]!)
    expect(await inTx(tx => claimNext(tx, content(), myrtle))).toBe(await markingOf(db, posts[0]!))
  })

  test('is left where somebody is at work on it, or where grading has paused', async () => {
    const [claimed, paused] = await waiting(2)
    await claimPost(db, maple, claimed!)
    await db.update(marking).set({ pausedAt: new Date() }).where(eq(marking.postId, paused!))
    expect((await run()).handedOut).toBe(0)
  })

  test('is handed out by the job of the site', async () => {
    const [post] = await waiting(1)
    await share()
    expect(await holder(post!)).toBe(maple.id)
  })
})

describe('nobody is handed', () => {
  test('more in a week than they said', async () => {
    await pace(maple, { weekly: 2 })
    await pace(myrtle, { weekly: 1 })
    await gradePost(db, maple, (await waiting(1))[0]!)
    await waiting(4)
    await run()
    expect([await heldBy(maple), await heldBy(myrtle)]).toEqual([1, 1])
  })

  test('their own, their buddy’s, or what they have marked in another role', async () => {
    const newcomer = await addTrainee(db)
    await db.insert(buddy).values({ leaderId: maple.id, newcomerId: newcomer.id })
    const own = await reflect(db, maple, cohort)
    const ofBuddy = await reflect(db, newcomer, cohort)
    await setMarkedTwice(db, cohort)
    const [twice] = await waiting(1)
    await gradePost(db, maple, twice!)
    await run()
    expect(await holders([own, ofBuddy, twice!])).toEqual([myrtle.id, myrtle.id, myrtle.id])
    await db.update(marking).set({ handedToId: null })
    await db.insert(suspension).values({ personId: myrtle.id, byId: maple.id, reason: 'A test.' })
    expect((await run()).handedOut).toBe(0)
  })

  test('anything where they study, are away, are suspended, or when their badge has ended', async () => {
    const [willow, wren, heather] = await Promise.all([1, 2, 3].map(() => addMentorOf(db, [cohort.id])))
    await inTx(tx => enrol(tx, null, { cohortId: cohort.id, personId: willow!.id }))
    await pace(wren!, { awayFrom: day(-3), awayUntil: day(1) })
    await db.insert(suspension).values({ personId: heather!.id, byId: maple.id, reason: 'A test.' })
    await db
      .update(certificate)
      .set({ endedAt: new Date(), endedBy: 'revocation' })
      .where(eq(certificate.personId, myrtle.id))
    await waiting(8)
    expect((await run()).handedOut).toBe(mostOpen)
    expect(await heldBy(maple)).toBe(mostOpen)
  })

  test('anything of a course whose examples they have yet to grade', async () => {
    await db.delete(calibration).where(eq(calibration.mentorId, maple.id))
    await waiting(2)
    await run()
    expect([await heldBy(maple), await heldBy(myrtle)]).toEqual([0, 2])
  })

  test('anything of a cohort that is not theirs', async () => {
    const other = await addMentorOf(db, [(await addCohortOf(db)).id])
    await waiting(2 * mostOpen + 2)
    await run()
    expect(await heldBy(other)).toBe(0)
  })
})

describe('what was handed out is everybody’s again', () => {
  test('when it lay untouched for a day, and then goes to somebody else', async () => {
    const [post] = await waiting(1, { daysAgo: -5 })
    await run()
    await hoursPass(23)
    expect((await run()).takenBack).toBe(0)
    await hoursPass(1)
    expect(await run()).toEqual({ handedOut: 1, takenBack: 1 })
    expect(await holder(post!)).toBe(myrtle.id)
  })

  test('and whoever let it lie is handed nothing more before they have marked something', async () => {
    await waiting(1, { daysAgo: -5 })
    await run()
    await hoursPass(24)
    const [, own] = [await run(), ...(await waiting(3, { daysAgo: -4 }))]
    await run()
    expect(await heldBy(maple)).toBe(0)
    await gradePost(db, maple, own!)
    await waiting(3, { daysAgo: -3 })
    await run()
    expect(await heldBy(maple)).toBeGreaterThan(0)
  })

  test('sooner when its promise is near, but not before a few hours', async () => {
    const [late] = await waiting(1, { daysAgo: 6 })
    await run()
    await hoursPass(5)
    expect((await run()).takenBack).toBe(0)
    await hoursPass(1)
    expect((await run()).takenBack).toBe(1)
    expect(await holder(late!)).toBe(myrtle.id)
  })

  test('but not when it was begun', async () => {
    const [claimed, begun] = await waiting(2, { daysAgo: -5 })
    await run()
    await claimPost(db, maple, claimed!)
    await db
      .insert(draft)
      .values({ personId: myrtle.id, name: `grade:${await markingOf(db, begun!)}`, words: 'Thank' })
    await hoursPass(30)
    expect((await run()).takenBack).toBe(0)
  })

  test('at once when its mentor may not mark any more, or their days away begin', async () => {
    const posts = await waiting(2)
    await run()
    await db.insert(suspension).values({ personId: maple.id, byId: myrtle.id, reason: 'A test.' })
    await pace(myrtle, { awayFrom: day(0), awayUntil: day(0) })
    expect(await run()).toEqual({ handedOut: 0, takenBack: 2 })
    expect(await holders(posts)).toEqual([null, null])
  })
})

test('two runs at once hand out nothing twice, and nobody too much', async () => {
  await waiting(12)
  const runs = await Promise.all([1, 2, 3, 4].map(run))
  expect(runs.reduce((sum, { handedOut }) => sum + handedOut, 0)).toBe(2 * mostOpen)
  expect([await heldBy(maple), await heldBy(myrtle)]).toEqual([mostOpen, mostOpen])
  const log = await db.select().from(auditEntry).where(eq(auditEntry.action, 'reflection.handed_out'))
  const now = await db.select().from(marking).where(isNotNull(marking.handedToId))
  for (const { id } of now) expect(log.filter(({ details }) => details.marking === id)).toHaveLength(1)
})

test('mentors who take and grade while it runs are neither stopped nor given what they took', async () => {
  await waiting(20)
  const take = async (mentor: Person) => {
    for (let n = 0; n < 5; n++) await inTx(tx => claimNext(tx, content(), mentor))
  }
  await Promise.all([take(maple), run(), take(myrtle), run(), run()])
  const all = await db.select().from(marking).where(isNotNull(marking.handedToId))
  expect(all.length).toBeGreaterThan(0)
  for (const mentor of [maple, myrtle]) expect(await heldBy(mentor)).toBeLessThanOrEqual(mostOpen)
})
