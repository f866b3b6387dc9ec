import type { Content } from '../authoring/content.ts'
import { refreshDue, type Refresh } from '../authoring/revisions.ts'
import { dueDayInWords } from '../layout/time.ts'
import { readingCounts } from './completion.ts'
import type { Progress } from './progress.ts'

/** A page that has changed since somebody finished it, which they are asked to look at. */
export type ToRefresh = Refresh & { readonly title: string; readonly href: string }

/** What a person is asked to look at again, the most urgent first: modules of the courses they take, and guides. */
export function refreshesOf(content: Content, progress: Progress): ToRefresh[] {
  const modules = content.courses
    .filter(({ id }) => progress.enrolments.has(id))
    .flatMap(course => course.modules)
    .flatMap(module => {
      const reading = progress.readings.get(module.id)
      const refresh = reading && readingCounts(module, reading) && refreshDue(module, reading.version)
      return refresh ? [{ ...refresh, title: module.title, href: `/courses/${module.id}#read` }] : []
    })
  const guides = content.guides.flatMap(guide => {
    const known = progress.guidesDone.get(guide.id)
    const refresh = known === undefined ? null : refreshDue(guide, known)
    return refresh ? [{ ...refresh, title: guide.title, href: `/guides/${guide.id}#check` }] : []
  })
  return [...modules, ...guides].toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
}

/** By when, as a sentence that takes nothing away; both ISO days. */
export const refreshBy = (by: string, today: string): string =>
  by < today
    ? `Overdue since ${dueDayInWords(by, today)}. What you have finished stays finished.`
    : `Please look at it ${by === today ? 'today' : `by ${dueDayInWords(by, today)}`}. What you have finished stays finished.`
