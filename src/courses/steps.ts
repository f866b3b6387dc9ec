import type { Content } from '../authoring/content.ts'
import type { Course, Module } from './course.ts'
import type { OwnReflection, Progress } from './progress.ts'

/** What a person has done of one module, and what it asks for at all. */
export type ModuleState = {
  read: boolean
  /** Null where the module asks no question. */
  reflection: OwnReflection['state'] | 'open' | null
  /** Null where the module has no quiz. */
  quiz: 'passed' | 'begun' | 'open' | null
  /** All that the person can do themselves is done; a mentor may still have to answer. */
  done: boolean
  /** The earlier modules to finish first. */
  missing: readonly Module[]
}

/** The next thing to do in a module. */
export type Step = 'read' | 'reflect' | 'revise' | 'quiz'

/** Where a person stands in a module. */
export function moduleState(content: Content, module: Module, progress: Progress): ModuleState {
  return {
    read: progress.read.has(module.id),
    reflection: module.reflection ? (progress.reflections.get(module.id)?.state ?? 'open') : null,
    quiz: module.quiz ? quizStateOf(module.id, progress) : null,
    done: isDone(module, progress),
    missing: missingBefore(content, module, progress),
  }
}

const quizStateOf = (id: string, { quizzesPassed, attemptsOpen }: Progress) =>
  quizzesPassed.has(id) ? 'passed' : attemptsOpen.has(id) ? 'begun' : 'open'

/** Read, reflected on and its quiz passed. A reflection that is with its mentor holds nobody up; a returned one waits for its author. */
export function isDone(module: Module, { read, reflections, quizzesPassed }: Progress): boolean {
  const reflection = reflections.get(module.id)?.state ?? 'open'
  return (
    read.has(module.id) &&
    (!module.reflection || reflection === 'submitted' || reflection === 'passed') &&
    (!module.quiz || quizzesPassed.has(module.id))
  )
}

/** What a module builds on that the person has not finished; a reflection that was posted is enough, whatever became of it. */
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
export function stepIn({ read, reflection, quiz }: ModuleState): Step | null {
  if (reflection === 'returned') return 'revise'
  if (!read) return 'read'
  if (reflection === 'open') return 'reflect'
  if (quiz === 'open' || quiz === 'begun') return 'quiz'
  return null
}

/** The next module of a course in which there is something to do and nothing in the way, or null. */
export function nextModule(
  content: Content,
  course: Course,
  progress: Progress,
): { module: Module; step: Step } | null {
  for (const module of course.modules) {
    const state = moduleState(content, module, progress)
    const step = state.missing.length === 0 ? stepIn(state) : null
    if (step) return { module, step }
  }
  return null
}

/** Where a step is done. */
export function stepHref(module: Module, step: Step): string {
  if (step === 'quiz') return `/courses/${module.id}/quiz`
  return `/courses/${module.id}${step === 'read' ? '' : '#reflection'}`
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

const verbs: Record<Step, (title: string) => string> = {
  read: title => `Read “${title}”`,
  reflect: title => `Reflect on “${title}”`,
  revise: title => `Revise your reflection on “${title}”`,
  quiz: title => `Take the quiz on “${title}”`,
}

/** A step as the button that leads to it says it. */
export const stepInWords = ({ module, step }: { module: Module; step: Step }) => verbs[step](module.title)
