import type { Amount, Criterion } from './criterion.ts'
import type { Facts } from './facts.ts'
import type { ModuleOutline, Outline } from './outline.ts'

type OfModules = Extract<Criterion, { kind: 'course-complete' | 'modules-read' }>
type OfPieces = Extract<Criterion, { kind: 'reflections-passed' | 'quizzes-passed' }>

/** How many modules of the course are read, or complete, and how many there are. */
export function modulesDone({ kind, course }: OfModules, facts: Facts, outline: Outline): [number, number] {
  const modules = modulesOf(course, outline)
  const done = modules.filter(module =>
    kind === 'modules-read' ? facts.modulesRead.has(module.id) : isComplete(module, facts),
  )
  return [done.length, atLeastOne(modules)]
}

/** Whether a module is done with: read, its reflection and its quiz passed and as many replies written as it asks for. */
export const isComplete = (
  { id, reflection, replies, quiz }: ModuleOutline,
  facts: Pick<Facts, 'modulesRead' | 'reflectionsPassed' | 'replies' | 'quizzesPassed'>,
) =>
  facts.modulesRead.has(id) &&
  (!reflection || facts.reflectionsPassed.has(id)) &&
  (facts.replies[id] ?? 0) >= replies &&
  (!quiz || facts.quizzesPassed.has(id))

/** How many reflections or quizzes are passed, of the course or of all, and how many it takes. */
export function piecesPassed(
  { kind, course, count }: OfPieces,
  facts: Facts,
  outline: Outline,
): [number, Amount] {
  const piece = kind === 'reflections-passed' ? 'reflection' : 'quiz'
  const passed = kind === 'reflections-passed' ? facts.reflectionsPassed : facts.quizzesPassed
  if (course === undefined) return [passed.size, count ?? 1]
  const asked = modulesOf(course, outline).filter(module => module[piece])
  return [asked.filter(({ id }) => passed.has(id)).length, count ?? atLeastOne(asked)]
}

/**
 * How many replies to others are written, in the course or in all, and how many it takes. Where no number is given,
 * how many of the course's modules that ask for replies have theirs, and how many do ask.
 */
export function repliesWritten(
  { course, count }: Extract<Criterion, { kind: 'replied' }>,
  { replies }: Pick<Facts, 'replies'>,
  outline: Outline,
): [number, Amount] {
  const sum = (ids: readonly string[]) => ids.reduce((all, id) => all + (replies[id] ?? 0), 0)
  if (course === undefined) return [sum(Object.keys(replies)), count ?? 1]
  const modules = modulesOf(course, outline)
  if (count !== undefined) return [sum(modules.map(({ id }) => id)), count]
  const asking = modules.filter(module => module.replies > 0)
  return [asking.filter(module => (replies[module.id] ?? 0) >= module.replies).length, atLeastOne(asking)]
}

const modulesOf = (course: string, outline: Outline) => outline.courses.get(course)?.modules ?? []

/** A course that has vanished, or has nothing to pass, is never passed by having done nothing. */
const atLeastOne = (things: readonly unknown[]) => Math.max(1, things.length)
