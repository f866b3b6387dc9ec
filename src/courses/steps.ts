import type { Content } from '../authoring/content.ts'
import { minutesInWords } from '../authoring/duration.ts'
import { type Refresh, refreshDue, type Revision, since } from '../authoring/revisions.ts'
import {
  answerCounts,
  type Condition,
  type Deeds,
  isNewSince,
  openConditions,
  passCounts,
  readingCounts,
} from './completion.ts'
import type { Course, Module } from './course.ts'
import type { OwnReflection, Progress } from './progress.ts'

/** What a person has done of one module, and what it asks for at all. */
export type ModuleState = {
  /** The latest version has been read, or one that still counts. */
  read: boolean
  /** What changed since they read it, where they are asked to read it again; null where they are not. */
  again: readonly Revision[] | null
  /** What changed since they read it that they are asked to look at, and by when; it takes nothing from them. */
  refresh: Refresh | null
  /** Null where the module asks no question; `again` where an answer has passed, and its author asks for another since. */
  reflection: OwnReflection['state'] | 'open' | 'again' | null
  /** How many replies to others, of how many that count as taking part; null where none are asked for. */
  replies: { have: number; need: number } | null
  /** Somebody else has written here, so that there is a reflection to reply to. */
  answerable: boolean
  /** Null where the module has no quiz. */
  quiz: 'passed' | 'begun' | 'open' | null
  /** How many of its guides are completed, where that is a condition; null where it is none. */
  guides: { have: number; need: number } | null
  /** The conditions that are still open. */
  open: readonly Condition[]
  /** It came into the course after they had finished that, and waits for nobody. */
  offered: boolean
  /** All that the person can do themselves is done; a mentor may still have to answer. */
  done: boolean
  /** The earlier modules to finish first. */
  missing: readonly Module[]
}

/** The next thing to do in a module. */
export type Step = 'read' | 'reflect' | 'revise' | 'quiz' | 'reply' | 'guides'

/** Where a person stands in a module. */
export function moduleState(content: Content, module: Module, progress: Progress): ModuleState {
  const reading = progress.readings.get(module.id)
  const read = readingCounts(module, reading)
  return {
    read,
    again: reading && !read ? since(module, reading.version) : null,
    refresh: reading && read ? refreshDue(module, reading.version) : null,
    reflection: module.reflection ? reflectionStateOf(module, progress) : null,
    replies: repliesIn(module, progress),
    answerable: progress.answerable.has(module.id),
    quiz: module.quiz ? quizStateOf(module, progress) : null,
    guides: module.completion.guides ? guidesIn(module, progress) : null,
    open: openConditions(module, deedsIn(module, progress)),
    done: isDone(module, progress),
    offered: isOffered(content, module, progress),
    missing: missingBefore(content, module, progress),
  }
}

const reflectionStateOf = (module: Module, { reflections }: Progress) => {
  const own = reflections.get(module.id)
  if (!own) return 'open'
  return own.state === 'passed' && !answerCounts(module, own.handedIn) ? 'again' : own.state
}

/** What changed since an answer was handed in that its author asks to give again. */
export const changedSince = (module: Module, { handedIn }: OwnReflection): Revision[] =>
  module.revisions.filter(({ on }) => !answerCounts({ reflectionSince: on }, handedIn))

const repliesIn = ({ id, reflection }: Module, { replies }: Progress) =>
  reflection?.replies ? { have: replies.get(id) ?? 0, need: reflection.replies } : null

const quizStateOf = (module: Module, { quizzesPassed, attemptsOpen }: Progress) =>
  passCounts(module, quizzesPassed.get(module.id)) ? 'passed' : attemptsOpen.has(module.id) ? 'begun' : 'open'

const guidesIn = ({ guides }: Module, { guidesDone }: Progress) => ({
  have: guides.filter(id => guidesDone.has(id)).length,
  need: guides.length,
})

/** All that the module takes. A reflection that is with its mentor holds nobody up; a returned one waits for its author. */
export const isDone = (module: Module, progress: Progress): boolean =>
  openConditions(module, deedsIn(module, progress)).length === 0

/** What a person has done of a module, as it counts today; `posted` is enough of a reflection where that is said. */
const deedsIn = (
  module: Module,
  progress: Progress,
  reflection: 'handed in' | 'posted' = 'handed in',
): Deeds => {
  const own = reflectionStateOf(module, progress)
  const done = {
    read: readingCounts(module, progress.readings.get(module.id)),
    reflected: reflection === 'posted' ? own !== 'open' : own === 'submitted' || own === 'passed',
    quiz: passCounts(module, progress.quizzesPassed.get(module.id)),
  }
  return {
    read: { has: () => done.read },
    reflected: { has: () => done.reflected },
    replies: id => progress.replies.get(id) ?? 0,
    quizzesPassed: { has: () => done.quiz },
    guidesDone: progress.guidesDone,
  }
}

/** Whether a module came into its course after the person had finished it, and its author only offers it. */
function isOffered(content: Content, module: Module, progress: Progress): boolean {
  const finishedAt = progress.enrolments.get(module.course)?.finishedAt ?? null
  return (
    content.course(module.course)?.newModules === 'offer' &&
    isNewSince(finishedAt, progress.begun.get(module.id)) &&
    !isDone(module, progress)
  )
}

/**
 * What a module builds on that the person has not finished. A reflection that was posted is enough, whatever became of
 * it, and nobody waits here until there is somebody to reply to.
 */
export const missingBefore = (content: Content, module: Module, progress: Progress): Module[] =>
  module.requires.flatMap(id => {
    const required = content.module(id)
    return required && !isEnough(required, progress) ? [required] : []
  })

const isEnough = (module: Module, progress: Progress) =>
  openConditions(module, deedsIn(module, progress, 'posted')).every(condition => condition === 'replied')

/** What to do next in a module, or null when nothing is left that the person can do. */
export function stepIn({ reflection, open }: ModuleState): Step | null {
  if (reflection === 'returned') return 'revise'
  const [first] = open
  return first ? steps[first] : null
}

const steps: Record<Condition, Step> = {
  read: 'read',
  reflected: 'reflect',
  quiz: 'quiz',
  replied: 'reply',
  guides: 'guides',
}

/** Whether a step can be taken now: there is nobody to reply to until somebody else has written. */
export const canTake = (step: Step | null, { answerable }: ModuleState): step is Step =>
  step !== null && (step !== 'reply' || answerable)

export type ModuleStep = { module: Module; step: Step }

/** The modules of a course in which there is something to do and nothing in the way, in their order. */
export function* openSteps(content: Content, course: Course, progress: Progress): Iterable<ModuleStep> {
  for (const module of course.modules) {
    const state = moduleState(content, module, progress)
    const step = state.missing.length === 0 && !state.offered ? stepIn(state) : null
    if (canTake(step, state)) yield { module, step }
  }
}

/** The first of them, or null. */
export function nextModule(content: Content, course: Course, progress: Progress): ModuleStep | null {
  const [next] = openSteps(content, course, progress)
  return next ?? null
}

/** Where a step is done. */
export const stepHref = ({ id }: Module, step: Step): string => `/courses/${id}${places[step]}`

const places: Record<Step, string> = {
  read: '',
  reflect: '#reflection',
  revise: '#reflection',
  quiz: '/quiz',
  reply: '#discussion',
  guides: '#guides',
}

/**
 * How far a person is in a course, in modules, never more than there are. Modules that came after they had finished
 * are not counted until they are done: nobody who has finished is unfinished by them.
 */
export function modulesDone(
  content: Content,
  course: Course,
  progress: Progress,
): { have: number; need: number } {
  const counted = course.modules.filter(module => !isOffered(content, module, progress))
  return { have: counted.filter(module => isDone(module, progress)).length, need: counted.length }
}

/** Whether they have done all that the course takes, or had done so before something was added. */
export const isFinished = (course: Course, progress: Progress): boolean =>
  Boolean(progress.enrolments.get(course.id)?.finishedAt) ||
  course.modules.every(module => isDone(module, progress))

/** How long a course takes to read, in words: "40 minutes", "2 hours". */
export function courseMinutes({ modules }: Course): string {
  const minutes = modules.reduce((sum, module) => sum + module.minutes, 0)
  if (minutes < 90) return minutesInWords(minutes)
  const halves = Math.round(minutes / 30)
  return `${Math.floor(halves / 2)}${halves % 2 === 1 ? '½' : ''} hours`
}

const verbs: Record<Step, (title: string, replies: number) => string> = {
  read: title => `Read “${title}”`,
  reflect: title => `Reflect on “${title}”`,
  revise: title => `Revise your reflection on “${title}”`,
  quiz: title => `Take the quiz on “${title}”`,
  reply: (title, replies) => `Reply to ${others(replies)} on “${title}”`,
  guides: title => `Work through the guides of “${title}”`,
}

/** So many others, in words: “one other”, “two others”. */
export const others = (count: number) => (count === 1 ? 'one other' : `${inLetters(count)} others`)

/** A small number as one writes it in a sentence. */
export const inLetters = (count: number) =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ??
  String(count)

/** A step as the button that leads to it says it. */
export const stepInWords = ({ module, step }: ModuleStep) =>
  verbs[step](module.title, module.reflection?.replies ?? 0)
