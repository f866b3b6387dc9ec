import { beforeEach, describe, expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { compare } from '../../../src/grading/agreement/compared.ts'
import { doubleMarked, looksBack } from '../../../src/grading/agreement/double-marked.ts'
import { marksOfEach, ofMentors, severityOverTime } from '../../../src/grading/agreement/of-mentors.ts'
import { ofCriteria } from '../../../src/grading/agreement/of-criteria.ts'
import { recentMarks } from '../../../src/grading/agreement/recent-marks.ts'
import type { Person } from '../../../src/people/person.ts'
import { addCohortOf, addMentorOf } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { aModule } from '../reflections.ts'
import { fillMarks } from './many-marks.ts'
import { type Levels, markTwice } from './marked-twice.ts'

const { db } = await testDatabase()
const course = 'introduction-to-group-support'
const other = 'moderator-training'

let maple: Person
let myrtle: Person
let cohort: { id: number }

// Mentors of its own for each test, and a course that holds nothing but its tries.
beforeEach(async () => {
  await db.$client`update cohort set course = ${other} where course = ${course}`
  cohort = await addCohortOf(db, [], course)
  maple = await addMentorOf(db)
  myrtle = await addMentorOf(db)
})

const there: Levels = { honesty: 'there', connection: 'partly', care: 'there' }
const lower: Levels = { honesty: 'partly', connection: 'partly', care: 'not-yet' }
const marked = (twice: Partial<Parameters<typeof markTwice>[1]> = {}) =>
  markTwice(db, {
    ...{ cohort, mentors: [maple, myrtle], first: [there], second: [lower] },
    ...twice,
  })
const facts = () => doubleMarked(db, course)
const comparedNow = async () => compare(content(), await facts())

describe('what counts as marked twice', () => {
  test('a try with a first and a second mark, each as it was first saved', async () => {
    await marked({ first: [there, lower], second: [lower, there, there] })
    const [one, ...more] = await facts()
    expect(more).toEqual([])
    expect(one!.first).toMatchObject({ mentorId: maple.id, handle: maple.handle, levels: there })
    expect(one!.second).toMatchObject({ mentorId: myrtle.id, levels: lower })
    expect(one!.first.at).toBeInstanceOf(Date)
  })

  test('not before the second marker is done, nor while the answer is held: nobody learns a mark from a figure', async () => {
    await marked({ second: [] })
    await marked({ released: false })
    expect(await facts()).toEqual([])
    expect(await recentMarks(db, content(), { mentorId: maple.id, course, since: new Date(0) })).toEqual([])
  })

  test('not what was answered more than a year ago, nor in another course', async () => {
    await marked({ daysAgo: 370 })
    const elsewhere = await addCohortOf(db, [], other)
    await marked({ cohort: elsewhere, module: `${other}/a-safe-space` })
    expect(await facts()).toEqual([])
  })

  test('once, also when an appeal has brought another result', async () => {
    const post = await marked({ rule: 'adjudicated' })
    await db.$client`
      insert into result (post_id, cohort_id, author_id, module, try, outcome, rubric, levels, rule, grade_ids,
        submitted_at, promised_by, released_at)
      select post_id, cohort_id, author_id, module, try, outcome, rubric, levels, 'appeal', grade_ids,
        submitted_at, promised_by, now() from result where post_id = ${post}`
    expect(await facts()).toHaveLength(1)
  })

  test('the newest 2,000 of a year, however many there are', async () => {
    const mentorIds = [maple.id, myrtle.id]
    await fillMarks(db, { cohortId: cohort.id, mentorIds, module: aModule, many: 3000, share: 1 })
    const tries = await facts()
    expect(tries).toHaveLength(looksBack.tries)
    const days = tries.map(({ first }) => first.at.getTime())
    expect(days).toEqual(days.toSorted((a, b) => b - a))
    expect(Date.now() - days[0]!).toBeLessThan(24 * 60 * 60_000)
  })
})

describe('levels set side by side', () => {
  test('are places in the order of the rubric', async () => {
    await marked()
    const { compared, leftOut } = await comparedNow()
    expect(leftOut).toBe(0)
    expect([...compared[0]!.pairs]).toEqual([
      ['honesty', [2, 1]],
      ['connection', [1, 1]],
      ['care', [2, 0]],
    ])
  })

  test('but for those that the rubric knows no more, which are counted', async () => {
    await marked({ first: [{ ...there, honesty: 'brilliant', humour: 'there' }] })
    const { compared, leftOut } = await comparedNow()
    expect(compared[0]!.pairs.size).toBe(2)
    expect(leftOut).toBe(2)
  })

  test('a try whose rubric is gone is left out whole', async () => {
    await marked({ rubric: 'gone' })
    expect(await comparedNow()).toEqual({ compared: [], leftOut: 3 })
  })
})

describe('the figures', () => {
  test('of a criterion come with its pairs and its grid', async () => {
    await marked()
    await marked({ second: [there] })
    const [rubric, ...none] = await ofCriteria(content(), (await comparedNow()).compared)
    expect(none).toEqual([])
    expect(rubric!.title).toBe('Reflection')
    const [honesty, connection] = rubric!.criteria
    expect(honesty).toMatchObject({ title: 'Honest and specific', levels: ['Not yet', 'Partly', 'There'] })
    expect(honesty!.table).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 1, 1],
    ])
    expect(honesty!.agreement).toMatchObject({ tries: 2, pairs: 2, exact: { value: 0.5, interval: null } })
    expect(connection!.agreement.kappa.value).toBeNull()
  })

  test('of a mentor are seen from their side, as first and as second marker', async () => {
    await marked({ first: [there], second: [lower] })
    await marked({ mentors: [myrtle, maple], first: [lower], second: [there], daysAgo: 40 })
    const marks = marksOfEach((await comparedNow()).compared)
    expect(marks.map(({ handle, tries }) => [handle, tries.length])).toEqual([
      [maple.handle, 2],
      [myrtle.handle, 2],
    ])
    const [ofMaple, ofMyrtle] = await ofMentors(marks, 3)
    expect(ofMaple!.severity.value).toBeCloseTo(1, 10)
    expect(ofMyrtle!.severity.value).toBeCloseTo(-1, 10)
    expect(ofMaple!.agreement).toMatchObject({ tries: 2, pairs: 6 })
    const months = severityOverTime(marks[0]!.tries, new Date())
    expect(months.map(({ tries }) => tries)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2])
  })
})

describe('a mentor’s recent marks, by which drift is told', () => {
  test('are theirs first, whichever role they had, and only since they last calibrated', async () => {
    await marked({ daysAgo: 30 })
    await marked({ mentors: [myrtle, maple], first: [lower], second: [there], daysAgo: 2 })
    const since = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000)
    const recent = (days: number) =>
      recentMarks(db, content(), { mentorId: maple.id, course, since: since(days) })
    expect((await recent(60)).map(({ pairs }) => pairs[0])).toEqual([
      [2, 1],
      [2, 1],
    ])
    expect(await recent(10)).toHaveLength(1)
  })
})
