import { type Deeds, openConditions } from '../courses/completion.ts'
import type { Amount, Criterion } from './criterion.ts'
import type { Facts } from './facts.ts'
import type { ModuleOutline, Outline } from './outline.ts'

type OfModules = Extract<Criterion, { kind: 'course-complete' | 'modules-read' }>
type OfPieces = Extract<Criterion, { kind: 'reflections-passed' | 'quizzes-passed' }>

/** How many modules of the course are read, or complete, and how many there are. */
export function modulesDone({ kind, course }: OfModules, facts: Facts, outline: Outline): [number, number] {
  const isDone = (module: ModuleOutline) =>
    kind === 'modules-read' ? facts.modulesRead.has(module.id) : isComplete(module, facts)
  const modules = asked(modulesOf(course, outline), isDone, facts)
  return [modules.filter(isDone).length, atLeastOne(modules)]
}

type Done = Pick<Facts, 'modulesRead' | 'reflectionsPassed' | 'replies' | 'quizzesPassed' | 'guidesDone'>

/** Whether a module is done with for good: all that it takes to finish it, and its reflection not only posted but passed. */
export const isComplete = (module: ModuleOutline, facts: Done): boolean =>
  openConditions(module, deedsIn(facts)).length === 0

const deedsIn = (facts: Done): Deeds => ({
  read: facts.modulesRead,
  reflected: facts.reflectionsPassed,
  replies: module => facts.replies[module] ?? 0,
  quizzesPassed: facts.quizzesPassed,
  guidesDone: facts.guidesDone,
})

/** Whoever has finished a course is not asked for what was added to it since; what they have done of that counts. */
const asked = (
  modules: readonly ModuleOutline[],
  isDone: (module: ModuleOutline) => boolean,
  { spared }: Pick<Facts, 'spared'>,
) => modules.filter(module => !spared.has(module.id) || isDone(module))

/** How many reflections or quizzes are passed, of the course or of all, and how many it takes. */
export function piecesPassed(
  { kind, course, count }: OfPieces,
  facts: Facts,
  outline: Outline,
): [number, Amount] {
  const piece = kind === 'reflections-passed' ? 'reflection' : 'quiz'
  const passed = kind === 'reflections-passed' ? facts.reflectionsPassed : facts.quizzesPassed
  if (course === undefined) return [passed.size, count ?? 1]
  const isPassed = ({ id }: ModuleOutline) => passed.has(id)
  const modules = modulesOf(course, outline).filter(module => module[piece])
  return [modules.filter(isPassed).length, count ?? atLeastOne(asked(modules, isPassed, facts))]
}

/**
 * How many replies to others are written, in the course or in all, and how many it takes. Where no number is given,
 * how many of the course's modules that ask for replies have theirs, and how many do ask.
 */
export function repliesWritten(
  { course, count }: Extract<Criterion, { kind: 'replied' }>,
  facts: Pick<Facts, 'replies' | 'spared'>,
  outline: Outline,
): [number, Amount] {
  const { replies } = facts
  const sum = (ids: readonly string[]) => ids.reduce((all, id) => all + (replies[id] ?? 0), 0)
  if (course === undefined) return [sum(Object.keys(replies)), count ?? 1]
  const modules = modulesOf(course, outline)
  if (count !== undefined) return [sum(modules.map(({ id }) => id)), count]
  const isWritten = (module: ModuleOutline) => (replies[module.id] ?? 0) >= module.replies
  const asking = modules.filter(module => module.replies > 0)
  return [asking.filter(isWritten).length, atLeastOne(asked(asking, isWritten, facts))]
}

const modulesOf = (course: string, outline: Outline) => outline.courses.get(course)?.modules ?? []

/** A course that has vanished, or has nothing to pass, is never passed by having done nothing. */
const atLeastOne = (things: readonly unknown[]) => Math.max(1, things.length)
