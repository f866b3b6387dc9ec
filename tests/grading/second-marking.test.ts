import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { certificate } from '../../db/schema/badges.ts'
import { marking, result, submission } from '../../db/schema/grading.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { Forbidden } from '../../src/errors.ts'
import { claimMarking } from '../../src/grading/claims.ts'
import { claimNext } from '../../src/grading/next.ts'
import { reflectionOnDesk } from '../../src/grading/desk/on-desk.ts'
import { settleOverdue } from '../../src/grading/overdue.ts'
import { desk } from '../../src/grading/queue.ts'
import { resultsOf } from '../../src/grading/results.ts'
import { isSampled, samplingSecret } from '../../src/grading/second-marking.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { addCohortOf, addMentorOf, addTrainee, setMarkedTwice } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { claimPost, gradePost } from './deeds.ts'
import { edit, levels, markingOf, reflect } from './reflections.ts'

const { db } = await testDatabase()

let trainee: Person
let cohort: { id: number }
let [maple, myrtle, third]: Person[] = []
let post: number

beforeEach(async () => {
  trainee = await addTrainee(db)
  cohort = await addCohortOf(db, [trainee])
  await setMarkedTwice(db, cohort)
  ;[maple, myrtle, third] = [
    await addMentorOf(db, [cohort.id]),
    await addMentorOf(db, [cohort.id]),
    await addMentorOf(db, [cohort.id]),
  ]
  post = await reflect(db, trainee, cohort, { text: 'As it was read first.' })
})

const wanted = () => db.select().from(marking).where(eq(marking.postId, post)).orderBy(marking.id)
const results = () => db.select().from(result).where(eq(result.postId, post)).orderBy(result.id)
const stateNow = async () => (await db.select().from(submission).where(eq(submission.postId, post)))[0]!.state
const poor = { honesty: 'not-yet', connection: 'not-yet', care: 'there' }
const secret = 'Known to nobody else: a trellis of words.'

beforeAll(() => db.transaction(tx => samplingSecret(tx, secret)))

describe('the first reflections of a new mentor', () => {
  test('go to a second one; their author hears nothing before both have marked, and then once', async () => {
    expect(await gradePost(db, maple!, post)).toMatchObject({ became: 'asked-another' })
    expect((await wanted()).map(({ purpose }) => purpose)).toEqual(['first', 'second'])
    expect(await stateNow()).toBe('submitted')
    expect(await unseen(db, trainee)).toEqual([])
    expect((await resultsOf(db, trainee, [post])).get(post)).toMatchObject({ withMentor: true, results: [] })

    expect(await gradePost(db, myrtle!, post)).toMatchObject({ became: 'released' })
    expect(await stateNow()).toBe('passed')
    expect(await unseen(db, trainee)).toMatchObject([{ kind: 'reflection_passed' }])
    const told = (await resultsOf(db, trainee, [post])).get(post)!
    expect(told.results[0]!.feedback.map(one => one.mentor.handle).toSorted()).toEqual(
      [maple!.handle, myrtle!.handle].toSorted(),
    )
  })

  test('and after the tenth only a share does', async () => {
    const before: number[] = []
    for (let count = 0; count < 14; count++) {
      const id = await reflect(db, await addTrainee(db), cohort)
      const { became } = await gradePost(db, maple!, id)
      if (became === 'asked-another') before.push(count)
    }
    expect(before.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(before.length).toBeLessThan(14)
  })

  test('twice at once are still ten, no more and no fewer', async () => {
    const posts = await Promise.all(
      Array.from({ length: 14 }, async () => reflect(db, await addTrainee(db), cohort)),
    )
    await Promise.all(posts.map(id => gradePost(db, maple!, id)))
    const seconds = await db.select().from(marking).where(eq(marking.cohortId, cohort.id))
    const byPost = seconds.filter(({ purpose }) => purpose === 'second')
    expect(byPost.length).toBeGreaterThanOrEqual(10)
    expect(byPost.length).toBeLessThan(14)
  })

  test('are marked once where nobody else could', async () => {
    for (const { id } of [myrtle!, third!])
      await db
        .update(certificate)
        .set({ endedAt: new Date(), endedBy: 'revocation' })
        .where(eq(certificate.personId, id))
    expect(await gradePost(db, maple!, post)).toMatchObject({ became: 'released' })
    expect(await results()).toMatchObject([{ rule: 'only' }])
  })
})

describe('the share that is sampled', () => {
  test('is about as large as it says, the same whenever it is asked, and another under another secret', () => {
    const tries = Array.from({ length: 20_000 }, (_, postId) => ({ postId, try: 1 }))
    const drawn = (key: string) => tries.filter(one => isSampled(key, one, 0.15)).map(({ postId }) => postId)
    const first = drawn('one')
    // Three standard deviations of a draw of 20,000: 0.15 ± 0.0076.
    expect(Math.abs(first.length / tries.length - 0.15)).toBeLessThan(0.0076)
    expect(drawn('one')).toEqual(first)
    expect(drawn('another')).not.toEqual(first)
    expect(tries.every(one => isSampled('one', one, 1))).toBe(true)
    expect(tries.some(one => isSampled('one', one, 0))).toBe(false)
  })
})

describe('the second marker', () => {
  test('learns nothing of the first mark, on any way', async () => {
    await gradePost(db, maple!, post, { feedback: secret, outcome: 'distinction' })
    const { id } = (await wanted())[1]!
    await claimPost(db, myrtle!, post)
    const first = (await wanted())[0]!.id
    const told = JSON.stringify([
      await reflectionOnDesk(db, myrtle!, id),
      await reflectionOnDesk(db, myrtle!, first),
      await desk(db, content(), myrtle!),
      [...(await resultsOf(db, myrtle!, [post])).values()],
      await db.select().from(auditEntry).where(eq(auditEntry.subjectId, trainee.id)),
    ])
    expect(told).not.toContain('trellis of words')
    expect(told).not.toContain('distinction')
    expect(told).not.toContain('second marking')
  })

  test('is another than the first, and finds it on the desk like any first try', async () => {
    await gradePost(db, maple!, post)
    const { id } = (await wanted())[1]!
    await expect(db.transaction(tx => claimMarking(tx, content(), maple!, id))).rejects.toThrow(Forbidden)
    await expect(gradePost(db, maple!, post)).rejects.toThrow('You have marked this reflection already')
    expect((await desk(db, content(), maple!)).waiting).toEqual([])
    expect(await db.transaction(tx => claimNext(tx, content(), maple!))).toBeNull()
    expect((await desk(db, content(), myrtle!)).waiting).toMatchObject([
      { id, try: 1, settles: false, appeal: false, claimedBy: null },
    ])
  })

  test('reads what the first read, whatever its author has made of it since', async () => {
    await gradePost(db, maple!, post)
    await edit(db, post, 'As it was changed.')
    const { id } = (await wanted())[1]!
    const { marking: seen } = await reflectionOnDesk(db, myrtle!, id)
    expect(seen).toMatchObject({ revision: 1, markdown: 'As it was read first.' })
    await gradePost(db, myrtle!, post, { revision: 1 })
    expect(await stateNow()).toBe('passed')
  })
})

describe('two marks that differ', () => {
  test('go to a third mentor, who sees both and settles it', async () => {
    await gradePost(db, maple!, post, { feedback: 'Lovely.' })
    await gradePost(db, myrtle!, post, { outcome: 'return', levels: poor, feedback: 'Not yet.' })
    expect((await wanted()).at(-1)).toMatchObject({ purpose: 'adjudication', closedAt: null })
    expect(await results()).toEqual([])
    for (const one of [maple!, myrtle!]) expect((await desk(db, content(), one)).waiting).toEqual([])

    const { before } = await reflectionOnDesk(db, third!, await markingOf(db, post))
    expect(before.map(({ feedback }) => feedback).toSorted()).toEqual(['Lovely.', 'Not yet.'])
    await gradePost(db, third!, post, { feedback: 'I have weighed both.' })
    expect(await results()).toMatchObject([{ rule: 'adjudicated', outcome: 'pass', levels }])
    const [told] = (await resultsOf(db, trainee, [post])).get(post)!.results
    expect(told!.feedback.map(one => one.mentor.handle)).toEqual([third!.handle])
  })

  test('and have nobody to settle them come to the one that is kinder', async () => {
    await db
      .update(certificate)
      .set({ endedAt: new Date(), endedBy: 'revocation' })
      .where(eq(certificate.personId, third!.id))
    await gradePost(db, maple!, post, { outcome: 'return', levels: poor })
    await gradePost(db, myrtle!, post)
    expect(await results()).toMatchObject([{ rule: 'higher', outcome: 'pass', levels }])
  })

  test('within the tolerance come to what the rule of the course says', async () => {
    const less = { ...levels, honesty: 'partly' }
    await gradePost(db, maple!, post, { levels: less })
    await gradePost(db, myrtle!, post)
    expect(content().course('introduction-to-group-support')!.secondMarking.rule).toBe('higher')
    expect(await results()).toMatchObject([{ rule: 'higher', levels }])
  })
})

describe('a second mentor who does not come', () => {
  const late = (days: number) =>
    db
      .update(marking)
      .set({ promisedBy: new Date(Date.now() - days * 24 * 60 * 60_000) })
      .where(eq(marking.postId, post))

  test('is waited for until some days after the promise; then the first mark counts', async () => {
    await gradePost(db, maple!, post)
    await late(2)
    expect(await settleOverdue(db, content())).toBe(0)
    await late(4)
    expect(await settleOverdue(db, content())).toBe(1)
    expect(await results()).toMatchObject([{ rule: 'only', outcome: 'pass' }])
    expect(await stateNow()).toBe('passed')
    expect(await settleOverdue(db, content())).toBe(0)
    await expect(gradePost(db, myrtle!, post)).rejects.toThrow('graded already')
  })

  test('is not left out while at work on it', async () => {
    await gradePost(db, maple!, post)
    await late(4)
    await claimPost(db, myrtle!, post)
    expect(await settleOverdue(db, content())).toBe(0)
    await gradePost(db, myrtle!, post)
    expect(await results()).toMatchObject([{ rule: 'higher' }])
  })
})
