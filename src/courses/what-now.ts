import type { Content } from '../authoring/content.ts'
import { minutesInWords } from '../authoring/duration.ts'
import type { Course, Module } from './course.ts'
import type { Progress } from './progress.ts'
import { dayOf, type DueDays, dueDays, reflectionDue, repliesDue } from './due.ts'
import { inLetters, isFinished, type ModuleStep, openSteps, stepHref, type Step } from './steps.ts'

/** The one next thing: a sentence, and a button that leads there. */
export type WhatNow = {
  sentence: string
  button: string
  href: string
  /** The notification that is seen by going there. */
  notification?: number
}

/** What somebody wrote to a person that they have not looked at yet. */
export type Word = { id: number; kind: string; summary: string; href: string }

/** What one knows of a person besides their progress. */
export type Situation = {
  /** Their unseen notifications, the newest first. */
  words: readonly Word[]
  /** How many reflections wait on their desk, in words; null where none does. */
  desk: string | null
  /** Ids of the courses whose examples they grade before its reflections come to them. */
  toCalibrate: readonly string[]
  /** Ids of courses that a badge of theirs asks them to finish. */
  duties: readonly string[]
  /** The ISO day that it is for them. */
  today: string
  /** They lead others already: nobody sends them back to the first course. */
  leads: boolean
}

/**
 * What a person does next. What waits for them comes first: a reflection to revise, a word from somebody, a quiz
 * they have begun, the reflections of others on their desk. Then the next step of their courses, the examples that a
 * mentor begins with, a course to start, a guide to read, and last the path.
 */
export function nextStepFor(content: Content, progress: Progress, situation: Situation): WhatNow {
  return (
    toRevise(content, progress) ??
    toAnswer(situation) ??
    toHandIn(content, progress) ??
    toGrade(situation) ??
    toGoOnWith(content, progress, situation) ??
    toTuneIn(content, situation) ??
    toStart(content, progress, situation) ??
    toRead(content, progress) ?? {
      sentence: 'You have done all there is to do just now.',
      button: 'See your path',
      href: '/path',
    }
  )
}

function toRevise(content: Content, { reflections }: Progress): WhatNow | null {
  for (const [id, { state, postId }] of reflections) {
    const module = state === 'returned' ? content.module(id) : undefined
    if (module)
      return {
        sentence: `A mentor has answered your reflection on “${module.title}” and asks you for another try.`,
        button: 'Revise your reflection',
        href: `/posts/${postId}`,
      }
  }
  return null
}

function toAnswer({ words }: Situation): WhatNow | null {
  const word = words.findLast(({ kind }) => kind === 'mentioned' || kind === 'replied')
  if (!word) return null
  return { sentence: word.summary, button: 'Read it', href: word.href, notification: word.id }
}

function toHandIn(content: Content, { attemptsOpen }: Progress): WhatNow | null {
  for (const quiz of attemptsOpen.keys()) {
    const module = content.module(quiz)
    if (module)
      return {
        sentence: `You have begun the quiz on “${module.title}”. Your answers are kept.`,
        button: 'Go on with the quiz',
        href: stepHref(module, 'quiz'),
      }
  }
  return null
}

const toGrade = ({ desk }: Situation): WhatNow | null =>
  desk === null ? null : { sentence: `${desk} for you.`, button: 'Open your desk', href: '/desk' }

const sentences: Record<Step, (module: Module) => string> = {
  read: ({ title, minutes }) => `Next is “${title}”. It takes about ${minutesInWords(minutes)} to read.`,
  reflect: ({ title }) => `You have read “${title}”. Now answer its question with your own words.`,
  revise: ({ title }) => `A mentor asks you for another try at “${title}”.`,
  reply: ({ title, reflection }) =>
    `Others have written about “${title}” too. Reply to ${inLetters(reflection?.replies ?? 1)} of them.`,
  quiz: ({ title }) => `See what has stayed with you: the quiz on “${title}”.`,
  guides: ({ title }) => `A few short guides belong to “${title}”. Work through them too.`,
}

/** The same of what they have done before, and its author asks for again. */
const again: Partial<Record<Step, (module: Module) => string>> = {
  read: ({ title }) => `“${title}” has changed so much that it asks to be read again.`,
  reflect: ({ title }) => `“${title}” has changed so much that its question asks for another answer.`,
  quiz: ({ title }) => `The quiz on “${title}” has changed so much that it asks to be taken again.`,
}

const isAgain = (
  { module: { id }, step }: ModuleStep,
  { readings, reflections, quizzesPassed }: Progress,
): boolean => {
  const before: Partial<Record<Step, { has(id: string): boolean }>> = {
    read: readings,
    reflect: reflections,
    quiz: quizzesPassed,
  }
  return before[step]?.has(id) ?? false
}

const buttons: Record<Step, string> = {
  read: 'Read it',
  reflect: 'Write your reflection',
  revise: 'Revise your reflection',
  quiz: 'Go to the quiz',
  reply: 'Go to the discussion',
  guides: 'See the guides',
}

/** What is due next comes first; where nothing is, the courses and their modules in order. */
function toGoOnWith(content: Content, progress: Progress, { today }: Situation): WhatNow | null {
  const steps = content.courses.flatMap(course => dueFirst(content, course, progress).slice(0, 1))
  const ahead = steps.filter(({ day }) => day !== null && day >= today)
  const next = ahead.toSorted(soonerFirst)[0] ?? steps[0]
  if (!next) return null
  const { module, step, days } = next
  const sentence = (next.again ? again[step] : undefined) ?? sentences[step]
  const due =
    step === 'reply'
      ? repliesDue(days, module.reflection?.replies ?? 1, today)
      : next.day && reflectionDue({ ...days, replies: null }, 0, today)
  return {
    sentence: [sentence(module), due].filter(Boolean).join(' '),
    button: next.again && step === 'reflect' ? buttons.revise : buttons[step],
    href: stepHref(module, step),
  }
}

/** `again`: it was done once, and is asked again; no day of the cohort is meant for that. */
type DueStep = ModuleStep & { days: DueDays; day: string | null; again: boolean }

/** The steps open to a person in a course, those with a day first; of a course that they do not take, none. */
function dueFirst(content: Content, course: Course, progress: Progress): DueStep[] {
  const enrolment = progress.enrolments.get(course.id)
  if (!enrolment) return []
  return [...openSteps(content, course, progress)]
    .map(({ module, step }) => {
      const days = dueDays(module, enrolment, progress.ownDays.get(module.id))
      const again = isAgain({ module, step }, progress)
      return { module, step, days, day: again ? null : dayOf(step, days), again }
    })
    .toSorted(soonerFirst)
}

const soonerFirst = (one: DueStep, other: DueStep) =>
  (one.day ?? never) < (other.day ?? never) ? -1 : (one.day ?? never) > (other.day ?? never) ? 1 : 0

const never = '9999-12-31'

function toTuneIn(content: Content, { toCalibrate }: Situation): WhatNow | null {
  const course = content.courses.find(({ id }) => toCalibrate.includes(id))
  if (!course) return null
  return {
    sentence: `Grade a few examples of “${course.title}”: then its reflections come to your desk.`,
    button: 'To the examples',
    href: `/desk/calibration/${course.id}`,
  }
}

/** A course that a badge asks for; for those who do not lead others yet, the first whose turn it is. */
function toStart(content: Content, progress: Progress, { duties, leads }: Situation): WhatNow | null {
  const fresh = content.courses.filter(({ id }) => !progress.enrolments.has(id))
  const done = (course: Course) => isFinished(course, progress)
  const isItsTurn = ({ requires }: Course) =>
    content.courses.filter(({ id }) => requires.includes(id)).every(done)
  const course = fresh.find(({ id }) => duties.includes(id)) ?? (leads ? undefined : fresh.find(isItsTurn))
  if (!course) return null
  return {
    sentence: `A good next course is “${course.title}”. ${course.summary}`,
    button: 'Look at the course',
    href: `/courses/${course.id}`,
  }
}

/** A guide that goes with what they have read, or else the first on the list. */
function toRead(content: Content, { readings, guidesDone }: Progress): WhatNow | null {
  const beside = content.courses
    .flatMap(({ modules }) => modules.filter(({ id }) => readings.has(id)))
    .flatMap(({ guides }) => guides)
  const id = [...beside, ...content.guides.map(guide => guide.id)].find(guide => !guidesDone.has(guide))
  const guide = id === undefined ? undefined : content.guide(id)
  if (!guide) return null
  return {
    sentence: `A short guide to read: “${guide.title}”. ${guide.summary}`,
    button: 'Read the guide',
    href: `/guides/${guide.id}`,
  }
}
