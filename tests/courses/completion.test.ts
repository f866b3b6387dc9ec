import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { refreshDue, type Revision, since } from '../../src/authoring/revisions.ts'
import {
  type Condition,
  conditions,
  type Deeds,
  isNewSince,
  openConditions,
  passCounts,
  readingCounts,
} from '../../src/courses/completion.ts'
import { type Enrolment, noProgress, type Progress } from '../../src/courses/progress.ts'
import { isFinished, moduleState, modulesDone, nextModule, stepIn } from '../../src/courses/steps.ts'
import { soFar } from '../../src/layout/so-far.ts'
import { courseId, revised, shortCourse, toRead, withCourse } from './changed-content.ts'

const all = { read: true, reflected: true, replied: 2, quiz: true, guides: true }
const module = { id: 'a/one', completion: all, guides: ['hello', 'goodbye'] }
const done: Deeds = {
  read: new Set(['a/one']),
  reflected: new Set(['a/one']),
  replies: () => 2,
  quizzesPassed: new Set(['a/one']),
  guidesDone: new Set(['hello', 'goodbye']),
}
const without: Record<Condition, Partial<Deeds>> = {
  read: { read: new Set() },
  reflected: { reflected: new Set() },
  replied: { replies: () => 1 },
  quiz: { quizzesPassed: new Set() },
  guides: { guidesDone: new Set(['hello']) },
}

describe('the judge', () => {
  test('finds nothing open for whoever has done all of it', () => {
    expect(openConditions(module, done)).toEqual([])
  })

  test.each(conditions)('finds %s open for whoever has not done that, and nothing else', condition => {
    expect(openConditions(module, { ...done, ...without[condition] })).toEqual([condition])
  })

  test.each(conditions)('does not ask for %s where the module does not', condition => {
    const completion = { ...all, [condition]: condition === 'replied' ? 0 : false }
    expect(openConditions({ ...module, completion }, { ...done, ...without[condition] })).toEqual([])
  })

  test('is not impressed by what was done in another module', () => {
    const elsewhere = new Set(['a/two'])
    const deeds = { ...done, read: elsewhere, reflected: elsewhere, quizzesPassed: elsewhere }
    expect(openConditions(module, deeds)).toEqual(['read', 'reflected', 'quiz'])
  })
})

const read = (version: number) => ({ version })
const page = (...revisions: Partial<Revision>[]) => ({
  version: revisions[0]?.version ?? 1,
  revisions: revisions.map((one): Revision => ({
    ...{ version: 2, on: '2026-11-01', changed: 'A step.', asks: 'keep', by: null, again: [] },
    ...one,
  })),
})

describe('a revision', () => {
  test('that is to be kept asks nothing of whoever read the page before', () => {
    const kept = page({ version: 2, asks: 'keep' })
    expect(readingCounts(kept, read(1))).toBe(true)
    expect(refreshDue(kept, 1)).toBeNull()
  })

  test('that asks for a refresh leaves finished what is finished, and says what changed and by when', () => {
    const fresh = page(
      { version: 3, asks: 'keep', changed: 'Words.' },
      { version: 2, asks: 'refresh', by: '2026-12-01' },
    )
    expect(readingCounts(fresh, read(1))).toBe(true)
    expect(refreshDue(fresh, 1)).toMatchObject({
      by: '2026-12-01',
      changed: [{ version: 3 }, { version: 2 }],
    })
    expect(refreshDue(fresh, 2)).toBeNull()
  })

  test('of several refreshes the first day counts', () => {
    const twice = page(
      { version: 3, asks: 'refresh', by: '2027-03-01' },
      { version: 2, asks: 'refresh', by: '2026-12-01' },
    )
    expect(refreshDue(twice, 1)?.by).toBe('2026-12-01')
    expect(refreshDue(twice, 2)?.by).toBe('2027-03-01')
    expect(since(twice, 1)).toHaveLength(2)
  })

  test('that asks for it again no longer counts the reading before it, and counts the one after', () => {
    const again = page({ version: 3, asks: 'keep' }, { version: 2, asks: 'redo', again: ['read'] })
    expect(readingCounts(again, read(1))).toBe(false)
    expect(readingCounts(again, read(2))).toBe(true)
    expect(readingCounts(again, undefined)).toBe(false)
  })

  test('that asks for the quiz again counts passes from its day on, and the reading still', () => {
    const again = page({ version: 2, asks: 'redo', again: ['quiz'] })
    expect(readingCounts(again, read(1))).toBe(true)
    expect(passCounts({ quizSince: '2026-11-01' }, new Date('2026-10-31T23:59:59Z'))).toBe(false)
    expect(passCounts({ quizSince: '2026-11-01' }, new Date('2026-11-01T00:00:00Z'))).toBe(true)
    expect(passCounts({ quizSince: null }, new Date(0))).toBe(true)
    expect(passCounts({ quizSince: null }, undefined)).toBe(false)
  })
})

test('a module is new to whoever had finished before they first read it', () => {
  const finished = new Date('2026-10-05')
  expect(isNewSince(finished, undefined)).toBe(true)
  expect(isNewSince(finished, new Date('2026-10-06'))).toBe(true)
  expect(isNewSince(finished, finished)).toBe(false)
  expect(isNewSince(null, undefined)).toBe(false)
})

const enrolment: Enrolment = {
  ...{ cohortId: 1, course: courseId, name: 'Self-paced', selfPaced: true, startsOn: null, endsOn: null },
  finishedAt: null,
}
const taking = (more: Partial<Progress> = {}, finishedAt: Date | null = null): Progress => ({
  ...noProgress,
  enrolments: new Map([[courseId, { ...enrolment, finishedAt }]]),
  ...more,
})
const ids = content()
  .course(courseId)!
  .modules.map(({ id }) => id)
/** Read before anybody had finished. */
const hasRead = (...which: number[]): Partial<Progress> => ({
  readings: new Map(which.map(index => [ids[index]!, read(1)])),
  begun: new Map(which.map(index => [ids[index]!, new Date('2026-10-01')])),
})

describe('somebody who has finished', () => {
  const finished = new Date('2026-10-10')
  /** A third module has come into a course of two. */
  const longer = withCourse(course => ({ ...course, modules: course.modules.slice(0, 3).map(toRead) }))
  const course = longer.course(courseId)!

  test('stays finished when a module is added, which is offered and not asked', () => {
    const progress = taking(hasRead(0, 1), finished)
    expect(modulesDone(longer, course, progress)).toEqual({ have: 2, need: 2 })
    expect(isFinished(course, progress)).toBe(true)
    expect(moduleState(longer, course.modules[2]!, progress)).toMatchObject({ offered: true, done: false })
    expect(nextModule(longer, course, progress)).toBeNull()
  })

  test('is led to what is new where the course says so, and is finished all the same', () => {
    const asking = { ...longer, course: () => ({ ...course, newModules: 'ask' as const }) }
    const progress = taking(hasRead(0, 1), finished)
    expect(nextModule(asking, course, progress)?.module.id).toBe(ids[2])
    expect(isFinished(course, progress)).toBe(true)
  })

  test('has it counted once it is done', () => {
    const newer = {
      ...hasRead(0, 1, 2),
      begun: new Map([...hasRead(0, 1).begun!, [ids[2]!, new Date('2026-11-01')]]),
    }
    expect(modulesDone(longer, course, taking(newer, finished))).toEqual({ have: 3, need: 3 })
  })

  test('whoever had not finished takes the new module like any other', () => {
    const progress = taking(hasRead(0, 1))
    expect(modulesDone(longer, course, progress)).toEqual({ have: 2, need: 3 })
    expect(nextModule(longer, course, progress)?.module.id).toBe(ids[2])
  })

  test('is told plainly of a module that is to be read again, and it counts as not read', () => {
    const redone = shortCourse((_, index) => (index === 0 ? revised({ asks: 'redo' }) : {}))
    const progress = taking(hasRead(0, 1), finished)
    const state = moduleState(redone, redone.module(ids[0]!)!, progress)
    expect(state).toMatchObject({ read: false, done: false, offered: false, refresh: null })
    expect(state.again).toMatchObject([{ version: 2 }])
    expect(stepIn(state)).toBe('read')
    expect(modulesDone(redone, redone.course(courseId)!, progress)).toEqual({ have: 1, need: 2 })
  })

  test('has a quiz to take again where its author says so, and the reading stays', () => {
    const redone = shortCourse((module, index) =>
      index === 0
        ? {
            ...revised({ asks: 'redo', again: ['quiz'] }),
            completion: { ...toRead(module).completion, quiz: true },
          }
        : {},
    )
    const passed = new Map([[ids[0]!, new Date('2026-10-03')]])
    const progress = taking({ ...hasRead(0, 1), quizzesPassed: passed }, finished)
    expect(moduleState(redone, redone.module(ids[0]!)!, progress)).toMatchObject({
      ...{ read: true, quiz: 'open', open: ['quiz'], again: null },
    })
  })
})

describe('progress', () => {
  const version = fc.integer({ min: 1, max: 4 })
  const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  const gone = 'introduction-to-group-support/taken-away'
  const someone = fc
    .record({
      readings: fc.dictionary(fc.constantFrom(...ids, gone), fc.record({ version })),
      begun: fc.dictionary(fc.constantFrom(...ids, gone), day),
      passed: fc.dictionary(fc.constantFrom(...ids, gone), day),
      guides: fc.dictionary(fc.constantFrom(...content().guides.map(({ id }) => id)), version),
      replies: fc.dictionary(fc.constantFrom(...ids, gone), fc.nat(40)),
      reflections: fc.uniqueArray(fc.constantFrom(...ids, gone)),
      finishedAt: fc.option(day),
    })
    .map(one =>
      taking(
        {
          readings: new Map(Object.entries(one.readings)),
          begun: new Map(Object.entries(one.begun)),
          quizzesPassed: new Map(Object.entries(one.passed)),
          guidesDone: new Map(Object.entries(one.guides)),
          replies: new Map(Object.entries(one.replies)),
          reflections: new Map(
            one.reflections.map(id => [
              id,
              {
                postId: 1,
                cohortId: 1,
                state: 'passed' as const,
                handedIn: new Date('2026-10-02'),
                promisedBy: new Date(),
              },
            ]),
          ),
        },
        one.finishedAt,
      ),
    )
  /** Modules taken away, renamed, put in another order and revised, with any conditions. */
  const changed = fc
    .record({
      order: fc.shuffledSubarray(ids.map((_, index) => index)),
      renamed: fc.uniqueArray(fc.nat(ids.length - 1)),
      redone: fc.uniqueArray(fc.nat(ids.length - 1)),
      completion: fc.record({
        ...{ read: fc.boolean(), reflected: fc.boolean(), quiz: fc.boolean(), guides: fc.boolean() },
        replied: fc.nat(3),
      }),
      newModules: fc.constantFrom('offer' as const, 'ask' as const),
    })
    .map(({ order, renamed, redone, completion, newModules }) =>
      withCourse(course => ({
        ...course,
        newModules,
        modules: order.map(index => ({
          ...course.modules[index]!,
          completion,
          ...(renamed.includes(index) ? { id: `${courseId}/renamed-${index}` } : {}),
          ...(redone.includes(index) ? revised({ asks: 'redo', again: ['read', 'reflection', 'quiz'] }) : {}),
        })),
      })),
    )

  test('is between nothing and all of it, whatever became of the content, and done means done', () => {
    fc.assert(
      fc.property(changed, someone, (changedContent, progress) => {
        const course = changedContent.course(courseId)!
        const { have, need } = modulesDone(changedContent, course, progress)
        const shown = soFar(have, need, 'modules')
        expect(have).toBeGreaterThanOrEqual(0)
        expect(have).toBeLessThanOrEqual(need)
        expect(need).toBeLessThanOrEqual(course.modules.length)
        expect(shown).toMatchObject({ have, need, words: `${have} of ${need} modules` })
        expect(shown.share).toBeGreaterThanOrEqual(0)
        expect(shown.share).toBeLessThanOrEqual(1)
        if (have === need) expect(nextModule(changedContent, course, progress)).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  test('is the same from any figures: a share of at most one, in words with what it counts', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (counted, goal) => {
        const { have, need, share } = soFar(counted, goal)
        expect(Number.isInteger(have) && Number.isInteger(need)).toBe(true)
        expect(have >= 0 && have <= need && share >= 0 && share <= 1).toBe(true)
      }),
    )
    expect(soFar(38, 30, 'guides').words).toBe('30 of 30 guides')
    expect(soFar(3, 8, 'modules').words).toBe('3 of 8 modules')
    expect(soFar(0, 0).share).toBe(1)
  })
})
