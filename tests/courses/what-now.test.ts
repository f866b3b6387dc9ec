import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { type Enrolment, noProgress, type OwnReflection, type Progress } from '../../src/courses/progress.ts'
import {
  isDone,
  missingBefore,
  moduleState,
  nextModule,
  stepIn,
  stepInWords,
} from '../../src/courses/steps.ts'
import { nextStepFor, type Situation } from '../../src/courses/what-now.ts'

const course = content().course('introduction-to-group-support')!
const [first, second] = course.modules as [(typeof course.modules)[0], (typeof course.modules)[0]]

const enrolment: Enrolment = {
  cohortId: 1,
  course: course.id,
  name: 'Self-paced',
  selfPaced: true,
  startsOn: null,
  endsOn: null,
  finishedAt: null,
}
const reading = { version: 1 }
const readingsOf = (ids: readonly string[]) => new Map(ids.map(id => [id, reading]))
const passesOf = (ids: readonly string[]) => new Map(ids.map(id => [id, new Date()]))
const reflection = (state: OwnReflection['state']): OwnReflection => ({
  postId: 7,
  cohortId: 1,
  state,
  handedIn: new Date('2026-10-02'),
  promisedBy: new Date(),
})
const taking = (more: Partial<Progress> = {}): Progress => ({
  ...noProgress,
  enrolments: new Map([[course.id, enrolment]]),
  ...more,
})
/** All of the course, and what they are enrolled in besides. */
const finished = taking({
  enrolments: new Map(content().courses.map(({ id }) => [id, { ...enrolment, course: id }])),
  readings: readingsOf(content().courses.flatMap(({ modules }) => modules.map(({ id }) => id))),
  reflections: new Map(
    content().courses.flatMap(({ modules }) => modules.map(({ id }) => [id, reflection('passed')])),
  ),
  replies: new Map(content().courses.flatMap(({ modules }) => modules.map(({ id }) => [id, 10]))),
  quizzesPassed: passesOf(content().courses.flatMap(({ modules }) => modules.map(({ id }) => id))),
})

const nobodyWrote: Situation = {
  words: [],
  desk: null,
  toCalibrate: [],
  duties: [],
  leads: false,
  today: '2026-12-01',
}

const next = (progress: Progress, situation: Partial<Situation> = {}) =>
  nextStepFor(content(), progress, { ...nobodyWrote, ...situation })

const hrefFor = (progress: Progress, situation: Partial<Situation> = {}) => next(progress, situation).href

test('a new mentor whose own course is done is led to the examples, before any other course', () => {
  const toCalibrate = ['moderator-training']
  expect(hrefFor(noProgress, { leads: true, toCalibrate })).toBe('/desk/calibration/moderator-training')
  expect(hrefFor(taking(), { leads: true, toCalibrate })).toBe(`/courses/${first.id}`)
  expect(hrefFor(noProgress, { leads: true, desk: '3 reflections wait', toCalibrate })).toBe('/desk')
})

test('whoever is new is led to the first course', () => {
  expect(hrefFor(noProgress)).toBe('/courses/introduction-to-group-support')
})

test('in a course one reads, then reflects, then takes the quiz, then goes on', () => {
  expect(hrefFor(taking())).toBe(`/courses/${first.id}`)
  const readings = readingsOf([first.id])
  expect(hrefFor(taking({ readings }))).toBe(`/courses/${first.id}#reflection`)
  const reflections = new Map([[first.id, reflection('submitted')]])
  expect(hrefFor(taking({ readings, reflections }))).toBe(`/courses/${first.id}/quiz`)
  const quizzesPassed = passesOf([first.id])
  expect(hrefFor(taking({ readings, reflections, quizzesPassed }))).toBe(`/courses/${second.id}`)
})

test('a returned reflection comes before everything, then a word from somebody, then a quiz begun', () => {
  const words = [
    { id: 3, kind: 'badge_granted', summary: 'A badge.', href: '/path' },
    { id: 2, kind: 'replied', summary: '@moss replied.', href: '/posts/9' },
    { id: 1, kind: 'mentioned', summary: '@river mentioned you.', href: '/posts/8' },
  ]
  const attemptsOpen = new Map([[first.id, 5]])
  const returned = taking({ attemptsOpen, reflections: new Map([[first.id, reflection('returned')]]) })
  expect(hrefFor(returned, { words })).toBe('/posts/7')
  expect(next(taking({ attemptsOpen }), { words })).toMatchObject({
    href: '/posts/8',
    notification: 1,
  })
  expect(hrefFor(taking({ attemptsOpen }), { words: words.slice(0, 1) })).toBe(`/courses/${first.id}/quiz`)
})

test('whoever has done all courses reads a guide, and then sees the path', () => {
  const guide = first.guides[0]!
  expect(hrefFor(finished)).toBe(`/guides/${guide}`)
  const guidesDone = new Map(content().guides.map(({ id }) => [id, 1]))
  expect(hrefFor({ ...finished, guidesDone })).toBe('/path')
})

test('a reflection with the mentors holds nobody up; a returned one is not done, but opens what builds on it', () => {
  const [later, required] = course.modules.flatMap(module =>
    module.requires.slice(0, 1).map(id => [module, content().module(id)!] as const),
  )[0] ?? [second, first]
  const at = (state: OwnReflection['state'] | null): Progress =>
    taking({
      readings: readingsOf([required.id]),
      quizzesPassed: passesOf([required.id]),
      reflections: new Map(state ? [[required.id, reflection(state)]] : []),
    })
  expect(isDone(required, at('submitted'))).toBe(true)
  expect(isDone(required, at('returned'))).toBe(false)
  const barred = (progress: Progress) =>
    missingBefore(content(), later, progress).some(({ id }) => id === required.id)
  expect(barred(at(null))).toBe(true)
  expect(barred(at('submitted'))).toBe(false)
  expect(barred(at('returned'))).toBe(false)
})

test('what was done and is asked again is said so, and no day of the cohort is meant for it', () => {
  const revision = { version: 2, on: '2026-11-01', changed: 'A step.', asks: 'redo' as const, by: null }
  const again = ['read' as const, 'reflection' as const, 'quiz' as const]
  const anew = {
    ...first,
    version: 2,
    revisions: [{ ...revision, again }],
    ...{ quizSince: revision.on, reflectionSince: revision.on },
    reflection: {
      ...first.reflection!,
      due: { reflection: { amount: 1, unit: 'weeks' as const }, replies: undefined },
    },
  }
  const within = {
    ...content(),
    courses: [{ ...course, modules: [anew] }],
    module: (id: string) => (id === anew.id ? anew : content().module(id)),
  }
  const dated = { ...enrolment, selfPaced: false, startsOn: '2026-10-01' }
  const sentence = (more: Partial<Progress>) =>
    nextStepFor(
      within,
      taking({
        enrolments: new Map([[course.id, dated]]),
        readings: readingsOf([first.id]),
        reflections: new Map([[first.id, reflection('passed')]]),
        quizzesPassed: new Map([[first.id, new Date('2026-10-03')]]),
        ...more,
      }),
      nobodyWrote,
    ).sentence
  const read = new Map([[first.id, { version: 2 }]])
  const reflections = new Map([[first.id, { ...reflection('submitted'), handedIn: new Date('2026-11-02') }]])
  const title = `“${first.title}”`
  expect(sentence({})).toBe(`${title} has changed so much that it asks to be read again.`)
  expect(sentence({ readings: read })).toBe(
    `${title} has changed so much that its question asks for another answer.`,
  )
  expect(sentence({ readings: read, reflections })).toBe(
    `The quiz on ${title} has changed so much that it asks to be taken again.`,
  )
})

test('what a module does not ask for is not missing', () => {
  const completion = { ...first.completion, reflected: false, quiz: false }
  const bare = { ...first, reflection: undefined, quiz: undefined, completion }
  expect(moduleState(content(), bare, taking({ readings: readingsOf([first.id]) }))).toMatchObject({
    reflection: null,
    quiz: null,
    done: true,
  })
})

/** The first module as one that asks for two replies, with everything else in it done. */
const talked = {
  ...first,
  reflection: { ...first.reflection!, replies: 2 },
  completion: { ...first.completion, replied: 2 },
}
const writing = {
  ...content(),
  courses: [{ ...course, modules: [talked, second] }],
  module: (id: string) => (id === talked.id ? talked : content().module(id)),
}
const answered = taking({
  readings: readingsOf([first.id]),
  reflections: new Map([[first.id, reflection('submitted')]]),
  quizzesPassed: passesOf([first.id]),
})
const two = (replies: number, answerable = true): Progress => ({
  ...answered,
  replies: new Map([[first.id, replies]]),
  answerable: new Set(answerable ? [first.id] : []),
})

test('a module that asks for replies is done when they are written, and leads to the others who wrote', () => {
  expect(isDone(talked, two(1))).toBe(false)
  expect(isDone(talked, two(2))).toBe(true)
  expect(nextStepFor(writing, two(1), nobodyWrote)).toMatchObject({
    sentence: `Others have written about “${first.title}” too. Reply to two of them.`,
    href: `/courses/${first.id}#discussion`,
  })
  expect(stepInWords({ module: talked, step: 'reply' })).toBe(`Reply to two others on “${first.title}”`)
  expect(nextStepFor(writing, two(2), nobodyWrote).href).toBe(`/courses/${second.id}`)
})

test('whoever is the first to write is not sent to reply to nobody, and what builds on it is open to them', () => {
  const alone = two(0, false)
  expect(stepIn(moduleState(writing, talked, alone))).toBe('reply')
  expect(nextStepFor(writing, alone, nobodyWrote).href).toBe(`/courses/${second.id}`)
  expect(missingBefore(writing, { ...second, requires: [first.id] }, alone)).toEqual([])
  expect(isDone(talked, alone)).toBe(false)
})

test('one replies when one has answered oneself, and not before', () => {
  const unwritten = { ...two(0), reflections: new Map() }
  expect(stepIn(moduleState(writing, talked, unwritten))).toBe('reflect')
})

test('a course that is done has no next module', () => {
  expect(nextModule(content(), course, finished)).toBeNull()
})

test('a mentor with reflections on the desk is led there, and a new one to the course their badge asks for', () => {
  const leads = true
  expect(next(noProgress, { leads, desk: '3 reflections wait' })).toMatchObject({
    sentence: '3 reflections wait for you.',
    href: '/desk',
  })
  expect(hrefFor(noProgress, { leads, duties: ['global-mod-training'] })).toBe('/courses/global-mod-training')
  expect(hrefFor(noProgress, { leads })).toBe(`/guides/${content().guides[0]!.id}`)
})
