import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { grade, marking as markings } from '../../db/schema/grading.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { claimMarking } from '../../src/grading/claims.ts'
import { claimNext } from '../../src/grading/next.ts'
import { reflectionOnDesk } from '../../src/grading/desk/on-desk.ts'
import { desk, waitingOnDesk } from '../../src/grading/queue.ts'
import { buddiesOf, type BuddyRole, pair, part } from '../../src/people/buddies.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { gradePost } from '../grading/deeds.ts'
import { levels, markingOf, reflect } from '../grading/reflections.ts'
import { atOnce } from '../support/at-once.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)

let mentor: Person
let trainee: Person
let cohort: { id: number }

beforeEach(async () => {
  cohort = await addCohortOf(db)
  mentor = await addMentorOf(db, [cohort.id])
  trainee = await addTrainee(db)
})

const pairUp = (one: Person, { handle }: { handle: string }, as: BuddyRole = 'leader', by = admin) =>
  db.transaction(tx => pair(tx, by, { personId: one.id, handle, as }))
const partFrom = async (one: Person) => {
  const [pairing] = await buddiesOf(db, admin, one.id)
  await db.transaction(tx => part(tx, admin, pairing!.id))
}
const auditOf = async ({ id }: Person) =>
  (await db.select().from(auditEntry)).filter(({ subjectId }) => subjectId === id).map(({ action }) => action)

test('an admin pairs an experienced leader with a new one, and both are told', async () => {
  await pairUp(trainee, { handle: `@${mentor.handle.toUpperCase()}` })
  expect(await buddiesOf(db, trainee, trainee.id)).toMatchObject([{ handle: mentor.handle, role: 'leader' }])
  expect(await buddiesOf(db, mentor, mentor.id)).toMatchObject([{ handle: trainee.handle, role: 'newcomer' }])
  expect(await unseen(db, trainee)).toMatchObject([
    {
      kind: 'buddy_paired',
      href: `/people/${mentor.handle}`,
      summary: `@${mentor.handle} is your buddy now: somebody to turn to.`,
    },
  ])
  expect(await unseen(db, mentor)).toMatchObject([
    { kind: 'buddy_paired', href: `/people/${trainee.handle}` },
  ])
  expect(await auditOf(trainee)).toContain('buddy.paired')
  expect(await auditOf(mentor)).toContain('buddy.paired')
})

test('a pairing ends once, stays on record, and the two can be paired again', async () => {
  await pairUp(trainee, mentor)
  const [pairing] = await buddiesOf(db, admin, trainee.id)
  const end = () => db.transaction(tx => part(tx, admin, pairing!.id))
  await end()
  expect(await buddiesOf(db, admin, trainee.id)).toEqual([])
  await expect(end()).rejects.toThrow(NotFound)
  expect(await auditOf(mentor)).toContain('buddy.parted')
  await pairUp(trainee, mentor, 'newcomer')
  expect(await buddiesOf(db, admin, trainee.id)).toMatchObject([{ role: 'newcomer' }])
})

test('nobody is their own buddy, or nobody’s, or the same person’s twice over', async () => {
  await expect(pairUp(trainee, trainee)).rejects.toThrow(Invalid)
  await expect(pairUp(trainee, { handle: 'nobody-at-all' })).rejects.toThrow('Nobody has this handle.')
  await pairUp(trainee, mentor)
  await expect(pairUp(trainee, mentor)).rejects.toThrow(Conflict)
  await expect(pairUp(mentor, trainee)).rejects.toThrow(Conflict)
})

test('of two admins who pair the same two at once, the other way round, one is told so', async () => {
  const input = (one: Person, { handle }: Person) => ({ personId: one.id, handle, as: 'leader' as const })
  const ended = await atOnce(
    db,
    tx => pair(tx, admin, input(trainee, mentor)),
    tx => pair(tx, admin, input(mentor, trainee)),
  )
  expect(ended).toEqual(['fulfilled', 'rejected'])
  expect(await buddiesOf(db, admin, trainee.id)).toHaveLength(1)
})

test('only admins pair and part, and only they and the two themselves know', async () => {
  await expect(pairUp(trainee, mentor, 'leader', mentor)).rejects.toThrow(Forbidden)
  await pairUp(trainee, mentor)
  const [pairing] = await buddiesOf(db, trainee, trainee.id)
  await expect(db.transaction(tx => part(tx, mentor, pairing!.id))).rejects.toThrow(Forbidden)
  await expect(buddiesOf(db, await addTrainee(db), trainee.id)).rejects.toThrow(Forbidden)
})

/** A grade that goes around every verb. */
const insertGrade = (post: number, markingId: number) =>
  db.insert(grade).values({
    ...{
      markingId,
      postId: post,
      try: 1,
      revision: 1,
      mentorId: mentor.id,
      outcome: 'pass',
      rubric: 'reflection',
    },
    ...{ levels, feedback: 'Good.', feedbackHtml: '<p>Good.</p>' },
  })

describe.each<BuddyRole>(['leader', 'newcomer'])('a mentor who is the %s of two buddies', role => {
  let post: number
  let marking: number

  beforeEach(async () => {
    post = await reflect(db, trainee, cohort)
    marking = await markingOf(db, post)
    await pairUp(trainee, mentor, role)
  })

  const next = () => db.transaction(tx => claimNext(tx, content(), mentor))

  test('does not find their buddy’s reflection on the desk, nor is led to it', async () => {
    expect((await desk(db, content(), mentor)).waiting).toEqual([])
    expect(await waitingOnDesk(db, content(), mentor)).toMatchObject({ waiting: 0 })
    expect(await next()).toBeNull()
    const other = await markingOf(db, await reflect(db, await addTrainee(db), cohort))
    expect(await next()).toBe(other)
  })

  test('reads it by its address as they may in the discussion, and is told why there is no form', async () => {
    const { mayGrade, marking: read } = await reflectionOnDesk(db, mentor, marking)
    expect([mayGrade, read.barred]).toEqual([false, 'buddy'])
  })

  test('neither claims nor grades it, be it handed out to them', async () => {
    await db
      .update(markings)
      .set({ handedToId: mentor.id, handedAt: new Date() })
      .where(sql`id = ${marking}`)
    expect(await next()).toBeNull()
    await expect(db.transaction(tx => claimMarking(tx, content(), mentor, marking))).rejects.toThrow(
      'buddies',
    )
    await expect(gradePost(db, mentor, post)).rejects.toThrow(Forbidden)
  })

  test('is refused by the database itself', async () => {
    await expect(insertGrade(post, marking)).rejects.toMatchObject({
      cause: { message: 'unfair grade: of a buddy' },
    })
  })

  test('grades it once the pairing has ended', async () => {
    await partFrom(trainee)
    expect((await desk(db, content(), mentor)).waiting.map(({ id }) => id)).toEqual([marking])
    expect(await next()).toBe(marking)
    expect((await reflectionOnDesk(db, mentor, marking)).mayGrade).toBe(true)
    await gradePost(db, mentor, post)
  })

  test('who had begun before the two were paired does not end it', async () => {
    await partFrom(trainee)
    await db.transaction(tx => claimMarking(tx, content(), mentor, marking))
    await pairUp(trainee, mentor, role)
    await expect(gradePost(db, mentor, post)).rejects.toThrow(Forbidden)
    expect(await next()).toBeNull()
  })
})

test('another mentor grades a buddy’s reflection as any other', async () => {
  const post = await reflect(db, trainee, cohort)
  await pairUp(trainee, mentor)
  await gradePost(db, await addMentorOf(db, [cohort.id]), post)
})
