import type { Content } from '../authoring/content.ts'
import type { Module } from '../courses/course.ts'
import type { Progress } from '../courses/progress.ts'
import { isDone } from '../courses/steps.ts'
import type { GuidesGoal } from './goal.ts'
import { type Guide, levels } from './guide.ts'

/** A guide to read next, and why this one, as a sentence. */
export type Suggestion = { readonly guide: Guide; readonly why: string }

/**
 * The guide to read next, or null when all are completed, or only `from` is left: one that goes with what they are
 * reading in a course; else, in the order of levels, one more towards what their next badge asks for; else simply the
 * next.
 */
export function suggestion(
  content: Content,
  progress: Progress,
  goal: GuidesGoal,
  from?: string,
): Suggestion | null {
  const isOpen = (id: string) => id !== from && !progress.guidesDone.has(id)
  for (const module of reading(content, progress)) {
    const guide = content.guide(module.guides.find(isOpen) ?? '')
    if (guide) return { guide, why: `It goes with “${module.title}”, ${isNow(module, progress)}.` }
  }
  const [next] = levels.flatMap(level =>
    content.guides.filter(guide => guide.level === level && isOpen(guide.id)),
  )
  if (!next) return null
  return { guide: next, why: goal.badge ? `${goal.badge} asks for ${goal.need} guides.` : whom[next.level] }
}

/** The modules whose guides are at hand: in each course they take the first that is not done, then those before it. */
function reading(content: Content, progress: Progress): Module[] {
  const courses = content.courses
    .filter(({ id }) => progress.enrolments.has(id))
    .map(({ modules }) => {
      const now = modules.findIndex(module => !isDone(module, progress))
      return now < 0 ? { now: [], before: modules } : { now: [modules[now]!], before: modules.slice(0, now) }
    })
  return [...courses.flatMap(({ now }) => now), ...courses.flatMap(({ before }) => before.toReversed())]
}

const isNow = (module: Module, progress: Progress) =>
  isDone(module, progress) ? 'which you have finished' : 'which you are at'

const whom = {
  'starting out': 'It is for everybody who starts out.',
  'some practice': 'It is for those who have had some practice.',
  'for leaders': 'It is for those who lead.',
}
