import { DAY, plusDays } from '../day.ts'
import type { Leaf } from '../standing.ts'

/** Something that somebody did, which counts towards badges: how much of it on which ISO day (UTC). */
export interface Deed {
  what: 'module' | 'reading' | 'reflection' | 'quiz' | 'reply' | 'guide' | 'evidence'
  /** A module's or guide's id, or a kind of evidence. */
  of: string
  on: string
  count: number
}

/** What somebody did of late, and over how many days one has to look at it. */
export interface Pace {
  /** Of the last `days` days, in any order. */
  readonly deeds: readonly Deed[]
  readonly days: number
}

/** Eight weeks: long enough for the quiet ones among them, and short enough to be of late. */
export const longestWindow = 56
/** Nobody's first week tells how they will go on. */
const shortestWindow = 14

/** Over how many days one looks, for somebody who came on an ISO day (UTC). It does not depend on what they did. */
export function windowFor(cameOn: string, today: string): number {
  const here = (Date.parse(plusDays(today, 1)) - Date.parse(cameOn)) / DAY
  return Math.min(longestWindow, Math.max(shortestWindow, here))
}

/** What moves a leaf forward, of what somebody did of late; nothing for what is not theirs alone to do. */
export function deedsFor(leaf: Leaf, { deeds }: Pace): readonly Deed[] {
  const some = (what: Deed['what'], course: string | null = null) =>
    deeds.filter(deed => deed.what === what && (course === null || deed.of.startsWith(`${course}/`)))
  switch (leaf.kind) {
    case 'course-complete':
      return some('module', leaf.course)
    case 'modules-read':
      return some('reading', leaf.course)
    case 'reflections-passed':
      return some('reflection', leaf.course)
    case 'quizzes-passed':
      return some('quiz', leaf.course)
    case 'replied':
      return some('reply', leaf.course)
    case 'guides-completed':
      return leaf.within === undefined ? some('guide') : []
    case 'evidence':
      return leaf.within === undefined ? some('evidence').filter(({ of }) => of === leaf.evidence) : []
    default:
      return []
  }
}
