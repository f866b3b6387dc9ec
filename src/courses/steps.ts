import type { Content } from '../authoring/content.ts'
import type { Course, Module } from './course.ts'
import type { OwnReflection, Progress } from './progress.ts'

/** What a person has done of one module, and what it asks for at all. */
export type ModuleState = {
  read: boolean
  /** Null where the module asks no question. */
  reflection: OwnReflection['state'] | 'open' | null
  /** How many replies to others, of how many that count as taking part; null where none are asked for. */
  replies: { have: number; need: number } | null
  /** Somebody else has written here, so that there is a reflection to reply to. */
  answerable: boolean
  /** Null where the module has no quiz. */
  quiz: 'passed' | 'begun' | 'open' | null
  /** All that the person can do themselves is done; a mentor may still have to answer. */
  done: boolean
  /** The earlier modules to finish first. */
  missing: readonly Module[]
}

/** The next thing to do in a module. */
export type Step = 'read' | 'reflect' | 'revise' | 'quiz' | 'reply'

/** Where a person stands in a module. */
export function moduleState(content: Content, module: Module, progress: Progress): ModuleState {
  return {
    read: progress.read.has(module.id),
    reflection: module.reflection ? (progress.reflections.get(module.id)?.state ?? 'open') : null,
    replies: repliesIn(module, progress),
    answerable: progress.answerable.has(module.id),
    quiz: module.quiz ? quizStateOf(module.id, progress) : null,
    done: isDone(module, progress),
    missing: missingBefore(content, module, progress),
  }
}

const repliesIn = ({ id, reflection }: Module, { replies }: Progress) =>
  reflection?.replies ? { have: replies.get(id) ?? 0, need: reflection.replies } : null

const quizStateOf = (id: string, { quizzesPassed, attemptsOpen }: Progress) =>
  quizzesPassed.has(id) ? 'passed' : attemptsOpen.has(id) ? 'begun' : 'open'

/** Read, reflected on, its quiz passed and taken part in. A reflection that is with its mentor holds nobody up; a returned one waits for its author. */
export function isDone(module: Module, { read, reflections, replies, quizzesPassed }: Progress): boolean {
  const reflection = reflections.get(module.id)?.state ?? 'open'
  return (
    read.has(module.id) &&
    (!module.reflection || reflection === 'submitted' || reflection === 'passed') &&
    (replies.get(module.id) ?? 0) >= (module.reflection?.replies ?? 0) &&
    (!module.quiz || quizzesPassed.has(module.id))
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

const isEnough = (module: Module, { read, reflections, quizzesPassed }: Progress) =>
  read.has(module.id) &&
  (!module.reflection || reflections.has(module.id)) &&
  (!module.quiz || quizzesPassed.has(module.id))

/** What to do next in a module, or null when nothing is left that the person can do. */
export function stepIn({ read, reflection, quiz, replies }: ModuleState): Step | null {
  if (reflection === 'returned') return 'revise'
  if (!read) return 'read'
  if (reflection === 'open') return 'reflect'
  if (quiz === 'open' || quiz === 'begun') return 'quiz'
  if (replies && replies.have < replies.need) return 'reply'
  return null
}

/** Whether a step can be taken now: there is nobody to reply to until somebody else has written. */
export const canTake = (step: Step | null, { answerable }: ModuleState): step is Step =>
  step !== null && (step !== 'reply' || answerable)

export type ModuleStep = { module: Module; step: Step }

/** The modules of a course in which there is something to do and nothing in the way, in their order. */
export function* openSteps(content: Content, course: Course, progress: Progress): Iterable<ModuleStep> {
  for (const module of course.modules) {
    const state = moduleState(content, module, progress)
    const step = state.missing.length === 0 ? stepIn(state) : null
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
}

/** How far a person is in a course, in modules. */
export const modulesDone = (course: Course, progress: Progress): number =>
  course.modules.filter(module => isDone(module, progress)).length

/** How long a course takes to read, in words: "40 minutes", "2 hours". */
export function courseMinutes({ modules }: Course): string {
  const minutes = modules.reduce((sum, module) => sum + module.minutes, 0)
  if (minutes < 90) return `${minutes} minutes`
  const halves = Math.round(minutes / 30)
  return `${Math.floor(halves / 2)}${halves % 2 === 1 ? '½' : ''} hours`
}

const verbs: Record<Step, (title: string, replies: number) => string> = {
  read: title => `Read “${title}”`,
  reflect: title => `Reflect on “${title}”`,
  revise: title => `Revise your reflection on “${title}”`,
  quiz: title => `Take the quiz on “${title}”`,
  reply: (title, replies) => `Reply to ${others(replies)} on “${title}”`,
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
