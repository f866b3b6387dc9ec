import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { certificate } from '../../db/schema/badges.ts'
import { grade, marking, submission } from '../../db/schema/grading.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import { loadFacts } from '../../src/badges/load-facts.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import { releaseClaim } from '../../src/grading/claims.ts'
import type { GradeInput } from '../../src/grading/grade.ts'
import { markingFor } from '../../src/grading/marking.ts'
import { claimNext } from '../../src/grading/next.ts'
import { reflectionOnDesk } from '../../src/grading/desk/on-desk.ts'
import { desk, waitingOnDesk } from '../../src/grading/queue.ts'
import { resultsOf } from '../../src/grading/results.ts'
import { unseen } from '../../src/people/notifications.ts'
import type { Person } from '../../src/people/person.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, again, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { claimPost, gradePost } from './deeds.ts'
import { aModule, edit, levels, markingOf, reflect, resubmit } from './reflections.ts'

const { db } = await testDatabase()
await openCourses(db)

let trainee: Person
let cohort: { id: number }
let mentor: Person
let other: Person
let post: number

beforeEach(async () => {
  trainee = await addTrainee(db)
  cohort = await addCohortOf(db, [trainee])
  mentor = await addMentorOf(db, [cohort.id])
  other = await addMentorOf(db, [cohort.id])
  post = await reflect(db, trainee, cohort)
})

const inTx = db.transaction.bind(db)
const claims = (who: Person, id = post) => claimPost(db, who, id)
const lets = async (who: Person) => {
  const marking = await markingOf(db, post)
  return inTx(tx => releaseClaim(tx, who, marking))
}
const grades = (who: Person, { post: id = post, ...input }: Partial<GradeInput> & { post?: number } = {}) =>
  gradePost(db, who, id, { revision: 1, ...input })
const runOut = () =>
  db
    .update(marking)
    .set({ claimedUntil: new Date(Date.now() - 1000) })
    .where(eq(marking.postId, post))
const seenBy = async (who: Person, id = post) => reflectionOnDesk(db, who, await markingOf(db, id))
const holder = async (id = post) => (await markingFor(db, mentor, await markingOf(db, id))).claim?.mentorId
const stateOf = async (id = post) => (await db.select().from(submission).where(eq(submission.postId, id)))[0]!
const gradesGiven = (id = post) => db.select().from(grade).where(eq(grade.postId, id)).orderBy(grade.try)

describe('a mentor grades a reflection of their cohort', () => {
  test('and it has passed, the trainee is told, and it counts for their badges', async () => {
    await claims(mentor)
    await grades(mentor)

    expect((await stateOf()).state).toBe('passed')
    expect(await holder()).toBeUndefined()
    const [told] = await unseen(db, trainee)
    expect(told).toMatchObject({
      kind: 'reflection_passed',
      by: mentor.handle,
      href: `/courses/${aModule}#reflection`,
    })
    expect((await loadFacts(db, content(), [trainee.id])).get(trainee.id)!.reflectionsPassed).toContain(
      aModule,
    )
    const log = await db
      .select()
      .from(auditEntry)
      .where(eq(auditEntry.subjectId, trainee.id))
      .orderBy(auditEntry.id)
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['reflection.claimed', 'reflection.graded']),
    )
  })

  test('and the trainee reads the levels and the feedback; another trainee and a guest mentor don’t', async () => {
    await grades(mentor)
    const peer = await addTrainee(db)
    await inTx(tx => enrol(tx, null, { cohortId: cohort.id, personId: peer.id }))
    const stranger = await addMentorOf(db, [])

    const own = (await resultsOf(db, trainee, [post])).get(post)!
    expect(own).toMatchObject({ state: 'passed', withMentor: false })
    expect(own.results).toMatchObject([
      { levels, outcome: 'pass', rule: 'only', feedback: [{ mentor: { handle: mentor.handle } }] },
    ])
    expect(own.results[0]!.feedback[0]!.feedbackHtml).toContain('<strong>well seen</strong>')
    expect((await resultsOf(db, other, [post])).size).toBe(1)
    expect((await resultsOf(db, peer, [post])).size).toBe(0)
    expect((await resultsOf(db, stranger, [post])).size).toBe(0)
  })

  test('with a level for each criterion of the rubric and no other', async () => {
    await expect(grades(mentor, { levels: { honesty: 'there' } })).rejects.toThrow(Invalid)
    await expect(grades(mentor, { levels: { ...levels, care: 'superb' } })).rejects.toThrow(
      /Careful with others/,
    )
    await expect(grades(mentor, { levels: { ...levels, spelling: 'there' } })).rejects.toThrow(Invalid)
    expect(await gradesGiven()).toEqual([])
  })
})

describe('a reflection is returned for another try', () => {
  test('and, revised, comes back to the desk; the second grade is kept beside the first', async () => {
    await grades(mentor, { outcome: 'return', feedback: 'Tell us what you did.' })
    expect((await stateOf()).state).toBe('returned')
    expect((await unseen(db, trainee))[0]).toMatchObject({ kind: 'reflection_returned' })
    expect(await waitingOnDesk(db, content(), mentor)).toMatchObject({ waiting: 0 })

    await resubmit(db, post, 'I listened and said so.')
    const seen = await seenBy(other)
    expect(seen.changes!.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toContain(
      'and said so',
    )
    expect(seen.graded!.results).toHaveLength(1)

    await grades(other, { revision: 2 })
    expect(await gradesGiven()).toMatchObject([
      { try: 1, revision: 1, outcome: 'return', mentorId: mentor.id },
      { try: 2, revision: 2, outcome: 'pass', mentorId: other.id },
    ])
  })

  test('and can’t be graded again before it is handed in again', async () => {
    await grades(mentor, { outcome: 'return' })
    await expect(grades(mentor)).rejects.toThrow(Conflict)
    await expect(claims(other)).rejects.toThrow(Conflict)
    expect(await gradesGiven()).toHaveLength(1)
  })
})

describe('nobody', () => {
  test('grades their own reflection', async () => {
    const own = await reflect(db, mentor, cohort)
    await expect(claims(mentor, own)).rejects.toThrow(Forbidden)
    await expect(grades(mentor, { post: own })).rejects.toThrow('Nobody grades their own reflection.')
    const { waiting } = await desk(db, content(), mentor)
    expect(waiting.map(({ postId }) => postId)).not.toContain(own)
    expect((await stateOf(own)).state).toBe('submitted')
  })

  test('of another cohort, and no trainee or admin, learns that it exists', async () => {
    const stranger = await addMentorOf(db, [(await addCohortOf(db)).id])
    const admin = await addAdmin(db)
    for (const who of [stranger, admin, trainee]) {
      await expect(claims(who)).rejects.toThrow(NotFound)
      await expect(grades(who)).rejects.toThrow(NotFound)
      await expect(seenBy(who)).rejects.toThrow(NotFound)
      expect((await desk(db, content(), who)).waiting).toEqual([])
    }
    expect(await gradesGiven()).toEqual([])
  })

  test('grades once the Mentor badge is revoked, though they sit over it already', async () => {
    await claims(mentor)
    await db
      .update(certificate)
      .set({ endedAt: new Date(), endedBy: 'revocation' })
      .where(eq(certificate.personId, mentor.id))
    await expect(grades(await again(db, mentor))).rejects.toThrow(NotFound)
    expect((await stateOf()).state).toBe('submitted')
  })

  test('grades those beside whom they are still learning; whoever has passed the course does', async () => {
    await inTx(tx => enrol(tx, null, { cohortId: cohort.id, personId: other.id }))
    await expect(grades(other)).rejects.toThrow(Forbidden)
    expect((await desk(db, content(), other)).waiting).toEqual([])

    const modules = content()
      .course('introduction-to-group-support')!
      .modules.filter(({ reflection }) => reflection)
    for (const { id } of modules) {
      const own = await reflect(db, other, cohort, { module: id })
      await grades(mentor, { post: own })
    }
    await expect(grades(other)).resolves.toMatchObject({ authorId: trainee.id })
  })
})

describe('two mentors on one reflection', () => {
  test('the second is told who has it, and nothing is overwritten', async () => {
    await claims(mentor)
    await expect(claims(other)).rejects.toThrow(new RegExp(`@${mentor.handle} is at work`))
    await expect(grades(other)).rejects.toThrow(Conflict)
    expect(await holder()).toBe(mentor.id)
    expect(await gradesGiven()).toEqual([])
    await grades(mentor)
    expect(await gradesGiven()).toMatchObject([{ mentorId: mentor.id }])
  })

  test('a claim that ran out can be taken, and the first is then told', async () => {
    await claims(mentor)
    await runOut()
    await claims(other)
    await expect(grades(mentor)).rejects.toThrow(Conflict)
    await grades(other)
    await expect(grades(mentor)).rejects.toThrow('graded already')
    expect(await gradesGiven()).toMatchObject([{ mentorId: other.id }])
  })

  test('a claim that ran out and was not taken still lets its mentor finish', async () => {
    await claims(mentor)
    await runOut()
    await grades(mentor)
    expect((await stateOf()).state).toBe('passed')
  })

  test('one lets go, and the other may take it at once', async () => {
    await claims(mentor)
    await lets(other)
    await expect(claims(other)).rejects.toThrow(Conflict)
    await lets(mentor)
    await claims(other)
  })

  test('both press the button at the same moment: one grade stands', async () => {
    const both = await Promise.allSettled([grades(mentor), grades(other, { outcome: 'return' })])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const given = await gradesGiven()
    expect(given).toHaveLength(1)
    expect((await stateOf()).state).toBe(given[0]!.outcome === 'pass' ? 'passed' : 'returned')
  })

  test('who ask for the next one at the same moment get two different ones, the oldest first', async () => {
    const older = await reflect(db, await addTrainee(db), cohort, { daysAgo: 9 })
    const [a, b] = await Promise.all([mentor, other].map(who => inTx(tx => claimNext(tx, content(), who))))
    expect(new Set([a, b])).toEqual(new Set([await markingOf(db, older), await markingOf(db, post)]))
    expect(await inTx(tx => claimNext(tx, content(), mentor))).toBe(a)
    const third = await addMentorOf(db, [cohort.id])
    expect(await inTx(tx => claimNext(tx, content(), third))).toBeNull()
  })
})

describe('the trainee edits while a mentor reads', () => {
  test('the mentor is told, and the grade is not given to words they have not read', async () => {
    await claims(mentor)
    await edit(db, post, 'I listened, and then I asked.')
    await expect(grades(mentor)).rejects.toThrow(/changed this reflection since you opened it/)
    await grades(mentor, { revision: 2 })
    expect(await gradesGiven()).toMatchObject([{ revision: 2 }])
  })

  test('an edit at the very moment of the grade comes wholly before or wholly after it', async () => {
    const [given] = await Promise.allSettled([grades(mentor), edit(db, post, 'Other words.')])
    const rows = await gradesGiven()
    expect(rows).toHaveLength(given.status === 'fulfilled' ? 1 : 0)
    for (const row of rows) expect(row.revision).toBe(1)
  })
})

describe('the desk', () => {
  test('lists what waits in a mentor’s cohorts, the longest first, page by page, each once', async () => {
    const posts = [post]
    for (let count = 0; count < 30; count++)
      posts.push(await reflect(db, await addTrainee(db), cohort, { daysAgo: 2 + (count % 3) }))
    const first = await desk(db, content(), mentor)
    const second = await desk(db, content(), mentor, { after: first.next! })
    expect([first.waiting.length, second.waiting.length, second.next]).toEqual([25, 6, null])
    const all = [...first.waiting, ...second.waiting]
    expect(new Set(all.map(({ postId }) => postId))).toEqual(new Set(posts))
    const times = all.map(({ promisedBy }) => promisedBy.getTime())
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(await waitingOnDesk(db, content(), mentor)).toMatchObject({ waiting: 31 })
  })

  test('shows one course at a time, and who is at work on what', async () => {
    await claims(other)
    const course = 'introduction-to-group-support'
    const { waiting, cohorts } = await desk(db, content(), mentor, { course })
    expect(waiting).toMatchObject([{ postId: post, claimedBy: { handle: other.handle } }])
    expect(cohorts.map(each => each.course)).toContain(course)
    expect((await desk(db, content(), mentor, { course: 'moderator-training' })).waiting).toEqual([])
    expect((await desk(db, content(), mentor, { after: 'nonsense' })).waiting).toHaveLength(1)
  })

  test('of any mentor holds what comes from self-paced learners', async () => {
    const [self] = await db.execute<{ id: string }>(
      sql`select id from cohort where course = 'introduction-to-group-support' and self_paced`,
    )
    const alone = await reflect(db, await addTrainee(db), { id: Number(self!.id) })
    const anyMentor = await addMentorOf(db, [])
    expect((await desk(db, content(), anyMentor)).waiting.map(({ postId }) => postId)).toEqual([alone])
  })

  test('shows a reflection with the trainee’s earlier work in the course and what was said of it', async () => {
    const before = await reflect(db, trainee, cohort, {
      module: 'introduction-to-group-support/rooms-and-their-purposes',
    })
    await grades(other, { post: before, feedback: 'Lovely.' })
    const seen = await seenBy(mentor)
    expect(seen.mayGrade).toBe(true)
    expect(seen.changes).toBeNull()
    expect(seen.earlier).toMatchObject([{ postId: before, state: 'passed', results: [{ outcome: 'pass' }] }])
  })
})
