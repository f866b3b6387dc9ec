import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { enrolment, reading } from '../../db/schema/courses.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import { auditEntry } from '../../db/schema/record.ts'
import type { Content } from '../../src/authoring/content.ts'
import { content } from '../../src/authoring/content.ts'
import { judge } from '../../src/badges/criteria.ts'
import { loadFacts, today } from '../../src/badges/load-facts.ts'
import { rebuildStandings } from '../../src/badges/everybody/rebuild-standings.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { cohortPeople } from '../../src/courses/cohort-people.ts'
import { endEnrolment, enrol, startCourse } from '../../src/courses/enrolment.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { markChangesRead, markRead, type Said } from '../../src/courses/reading.ts'
import { refreshBy, refreshesOf } from '../../src/courses/refreshes.ts'
import { moduleState } from '../../src/courses/steps.ts'
import { Conflict, Invalid } from '../../src/errors.ts'
import { studiesIn } from '../../src/grading/barred.ts'
import type { Person } from '../../src/people/person.ts'
import { quizState } from '../../src/quizzes/quiz-state.ts'
import { addAdmin, addCohortOf, addTrainee, openCourses, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'
import { courseId, revised, shortCourse, toRead, withCourse } from './changed-content.ts'
import { sql } from 'drizzle-orm'

const site = await testSite()
const { db } = site
await openCourses(db)

const first = content().course(courseId)!.modules[0]!
const second = content().course(courseId)!.modules[1]!
const minutes = (count: number) => new Date(Date.now() - count * 60_000)

/** Reads as the action does: the reading, then the standing. */
const says = (who: Person, said: Said, within: Content = content(), module = first.id) =>
  db.transaction(async tx => {
    await markRead(tx, within, who, module, said)
    await reviewStanding(tx, within, who.id)
  })
const hasRead = (who: Person, within: Content, ...modules: string[]) =>
  Promise.all(modules.map(module => says(who, { confirmed: true }, within, module)))
const rowsOf = (who: Person) => db.select().from(reading).where(eq(reading.personId, who.id))
const finishedAt = async (who: Person) =>
  (
    await db
      .select({ at: enrolment.finishedAt })
      .from(enrolment)
      .where(and(eq(enrolment.personId, who.id), eq(enrolment.course, courseId)))
  )[0]?.at ?? null

async function aTrainee() {
  const who = await addTrainee(db)
  await db.transaction(tx => startCourse(tx, who, courseId))
  return who
}

describe('saying that one has read a module', () => {
  test('after a third of its time is taken at its word', async () => {
    const who = await aTrainee()
    await says(who, { opened: minutes(first.minutes / 3) })
    expect(await rowsOf(who)).toMatchObject([{ module: first.id, version: 1, confirmed: false }])
  })

  test.each([
    ['at once', { opened: new Date() }],
    ['a little too soon', { opened: minutes(first.minutes / 3 - 0.1) }],
    ['before it was opened', { opened: new Date(Date.now() + 3_600_000) }],
    ['without its having been opened', {}],
  ])('%s asks, kindly, and notes nothing', async (_, said) => {
    const who = await aTrainee()
    const asked = await says(who, said).catch((error: unknown) => error)
    expect(asked).toBeInstanceOf(Invalid)
    expect((asked as Invalid).fields.opened).toBe(
      `It takes most people about ${first.minutes} minutes. Have you read it, or did somebody read it to you?`,
    )
    expect(await rowsOf(who)).toEqual([])
  })

  test('and confirming it is enough, however soon, and is kept', async () => {
    const who = await aTrainee()
    await says(who, { confirmed: true })
    expect(await rowsOf(who)).toMatchObject([{ confirmed: true }])
    await says(who, {})
    expect(await rowsOf(who)).toHaveLength(1)
    const log = await db.select().from(auditEntry).where(eq(auditEntry.actorId, who.id))
    expect(log.filter(({ action }) => action === 'module.read')).toMatchObject([
      { details: { module: first.id, version: 1, confirmed: true } },
    ])
  })

  test('an author may set another time', async () => {
    const quick = shortCourse(() => ({ readTime: 0 }))
    const who = await aTrainee()
    await says(who, { opened: new Date() }, quick)
    expect(await rowsOf(who)).toMatchObject([{ confirmed: false }])
  })

  test('works without JavaScript: the same page asks, its one button always works, and opening it counts for nothing', async () => {
    const who = await addTrainee(db, { handle: 'reader' })
    await db.transaction(tx => startCourse(tx, who, courseId))
    const visitor = await site.visitor({ handle: 'reader', password })
    const page = `/courses/${first.id}`
    const opened = await (await site.get(page, visitor)).text()
    expect(opened).toMatch(/name="opened" id="read-opened" value="\d{13}"/)
    expect(await rowsOf(who)).toEqual([])

    const soon = await site.post(
      'courses.read',
      { module: first.id, opened: String(Date.now()) },
      visitor,
      page,
    )
    const asked = await soon.text()
    expect(soon.status).toBe(400)
    expect(asked).toContain('Have you read it, or did somebody read it to you?')
    expect(asked).toContain('Yes, I have read it')
    expect(asked).not.toContain('class="error-summary"')

    const yes = { module: first.id, confirmed: 'yes' }
    expect((await site.post('courses.read', yes, visitor, page)).status).toBe(303)
    expect(await (await site.get(page, visitor)).text()).toContain('You have read this module.')
  })

  test.each(['', 'soon', '-5', '1e400', '99999999999999999999'])(
    'with %j for a time is asked like anybody',
    async opened => {
      const who = await addTrainee(db)
      await db.transaction(tx => startCourse(tx, who, courseId))
      const visitor = await site.visitor({ handle: who.handle, password })
      const answer = await site.post(
        'courses.read',
        { module: first.id, opened },
        visitor,
        `/courses/${first.id}`,
      )
      expect(answer.status).toBe(400)
      expect(await answer.text()).toContain('Yes, I have read it')
    },
  )
})

describe('a module that has changed', () => {
  const refreshed = shortCourse((_, index) => (index === 0 ? revised({ asks: 'refresh' }) : {}))
  const redone = shortCourse((_, index) => (index === 0 ? revised({ asks: 'redo' }) : {}))

  test('asks for a look by a day, takes nothing away, and is quiet once that is taken', async () => {
    const who = await aTrainee()
    await hasRead(who, shortCourse(), first.id, second.id)
    const asked = refreshesOf(refreshed, await progressOf(db, who))
    expect(asked).toMatchObject([{ title: first.title, href: `/courses/${first.id}#read`, by: '2026-12-01' }])
    expect(refreshBy('2026-12-01', '2026-11-20')).toContain('by Tuesday 1 December')
    expect(refreshBy('2026-12-01', '2026-12-24')).toBe(
      'Overdue since 1 December. What you have finished stays finished.',
    )
    const state = async () => moduleState(refreshed, refreshed.module(first.id)!, await progressOf(db, who))
    expect(await state()).toMatchObject({ read: true, done: true, refresh: { by: '2026-12-01' } })

    await db.transaction(tx => markChangesRead(tx, refreshed, who, first.id))
    expect(await state()).toMatchObject({ read: true, refresh: null })
    expect(refreshesOf(refreshed, await progressOf(db, who))).toEqual([])
    const versions = (await rowsOf(who)).filter(({ module }) => module === first.id)
    expect(versions.map(({ version }) => version).toSorted()).toEqual([1, 2])
    await db.transaction(tx => markChangesRead(tx, refreshed, who, first.id))
  })

  test('is not looked at again by whoever was not asked', async () => {
    const who = await aTrainee()
    const look = db.transaction(tx => markChangesRead(tx, refreshed, who, first.id))
    await expect(look).rejects.toThrow(Conflict)
  })

  test('and is to be read again counts as not read, keeps the old reading, and counts once it is read', async () => {
    const who = await aTrainee()
    await hasRead(who, shortCourse(), first.id)
    const facts = async () => (await loadFacts(db, redone, [who.id])).get(who.id)!
    expect((await facts()).modulesRead.has(first.id)).toBe(false)
    await expect(says(who, {}, redone)).rejects.toThrow(Invalid)
    await says(who, { confirmed: true }, redone)
    expect((await facts()).modulesRead.has(first.id)).toBe(true)
    expect((await rowsOf(who)).map(({ version }) => version).toSorted()).toEqual([1, 2])
  })

  test('shows an admin what counts of a cohort', async () => {
    const [who, admin] = [await addTrainee(db), await addAdmin(db)]
    const cohort = await addCohortOf(db, [who])
    await hasRead(who, shortCourse(), first.id, second.id)
    const readIn = async (within: Content) =>
      (await cohortPeople(db, within, admin, { id: cohort.id, course: courseId })).members[0]?.read
    expect([await readIn(shortCourse()), await readIn(redone), await readIn(refreshed)]).toEqual([2, 1, 2])
    await says(who, { confirmed: true }, redone)
    expect(await readIn(redone)).toBe(2)
  })

  test('asks for its quiz again: the pass before is kept, does not count, and its tries are new ones', async () => {
    const who = await aTrainee()
    const questions: never[] = []
    await db.insert(attempt).values(
      [1, 2].map(number => ({
        ...{ personId: who.id, quiz: first.id, number, questions, passMark: 80, outOf: 1, score: 1 },
        ...{ passed: number === 2, startedAt: new Date('2026-10-01'), submittedAt: new Date('2026-10-01') },
      })),
    )
    const again = shortCourse(() => revised({ asks: 'redo', again: ['quiz'] }))
    const limited: Content = { ...again, quiz: id => ({ ...content().quiz(id)!, attempts: 2 }) }
    const state = async (within: Content) => (await quizState(db, within, who, [first.id])).get(first.id)
    expect(await state({ ...limited, module: content().module })).toMatchObject({
      passed: true,
      attemptsLeft: 0,
    })
    expect(await state(limited)).toMatchObject({ passed: false, attemptsUsed: 2, attemptsLeft: 2 })
    expect((await loadFacts(db, again, [who.id])).get(who.id)!.quizzesPassed.has(first.id)).toBe(false)
    expect((await loadFacts(db, content(), [who.id])).get(who.id)!.quizzesPassed.has(first.id)).toBe(true)
  })
})

describe('finishing a course', () => {
  const two = shortCourse()
  const three = withCourse(course => ({ ...course, modules: course.modules.slice(0, 3).map(toRead) }))
  const standing = async (within: Content, who: Person) =>
    judge(
      { kind: 'course-complete', course: courseId },
      (await loadFacts(db, within, [who.id])).get(who.id)!,
      today(),
      within.outline,
    )

  test('is kept in the transaction of the last thing that it takes, and not before', async () => {
    const who = await aTrainee()
    await says(who, { confirmed: true }, two, first.id)
    expect(await finishedAt(who)).toBeNull()
    await says(who, { confirmed: true }, two, second.id)
    expect(await finishedAt(who)).toBeInstanceOf(Date)
  })

  test('outlives a module that is added and one that is to be read again, and a move to another cohort', async () => {
    const [who, admin] = [await aTrainee(), await addAdmin(db)]
    await hasRead(who, two, first.id, second.id)
    const at = await finishedAt(who)
    await db.transaction(tx => reviewStanding(tx, three, who.id))
    expect(await finishedAt(who)).toEqual(at)
    expect(await standing(three, who)).toMatchObject({ have: 2, need: 2, met: true })

    const redone = shortCourse((_, index) => (index === 0 ? revised({ asks: 'redo' }) : {}))
    await db.transaction(tx => reviewStanding(tx, redone, who.id))
    expect(await finishedAt(who)).toEqual(at)
    expect(await standing(redone, who)).toMatchObject({ have: 1, need: 2, met: false })

    const cohort = await addCohortOf(db, [])
    await db.transaction(tx => enrol(tx, admin, { cohortId: cohort.id, personId: who.id }))
    expect((await progressOf(db, who)).enrolments.get(courseId)?.finishedAt).toEqual(at)
    await db.transaction(tx => endEnrolment(tx, admin, { cohortId: cohort.id, personId: who.id }))
  })

  test('a new module that is done counts on top', async () => {
    const who = await aTrainee()
    await hasRead(who, two, first.id, second.id)
    await says(who, { confirmed: true }, three, three.course(courseId)!.modules[2]!.id)
    expect(await standing(three, who)).toMatchObject({ have: 3, need: 3, met: true })
  })

  test('is found by the rebuild for whoever had finished before it was kept', async () => {
    const who = await aTrainee()
    await hasRead(who, content(), first.id)
    await hasRead(who, shortCourse(), second.id)
    await db.update(enrolment).set({ finishedAt: null }).where(eq(enrolment.personId, who.id))
    await rebuildStandings(db, two)
    expect(await finishedAt(who)).toBeInstanceOf(Date)
  })

  test('is not what lets a mentor mark beside the others: that takes every reflection passed', async () => {
    const who = await addTrainee(db)
    const cohort = await addCohortOf(db, [who])
    const studies = async () =>
      (
        await db.execute<{ it: boolean }>(
          sql`select ${studiesIn(sql`${who.id}::bigint`, sql`${cohort.id}::bigint`)} as it`,
        )
      )[0]?.it
    await hasRead(who, two, first.id, second.id)
    expect(await finishedAt(who)).toBeInstanceOf(Date)
    expect(await studies()).toBe(true)
    await db.update(enrolment).set({ reflectedAt: new Date() }).where(eq(enrolment.personId, who.id))
    expect(await studies()).toBe(false)
  })
})
