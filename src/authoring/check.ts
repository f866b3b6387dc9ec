import type { Content } from './assembly.ts'
import type { Memory } from './memory.ts'
import type { Problem } from './problem.ts'
import { readContent } from './reading.ts'

/** How much of everything there is. */
export type Counts = Readonly<
  Record<'courses' | 'modules' | 'guides' | 'questions' | 'rubrics' | 'badges', number>
>

/** What a check finds: mistakes, which stop a build, and warnings, which do not. */
export type Checked = {
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
  /** How much there is, drafts included; null where there are mistakes. */
  readonly counts: Counts | null
}

/** Checks the content for the command line and for whoever is writing. */
export function checkContent(
  folder = 'content',
  { advice = true, memory }: { advice?: boolean; memory?: Memory } = {},
): Checked {
  const { withDrafts, problems, warnings } = readContent(folder, { advice, memory })
  return { problems, warnings, counts: withDrafts && countsOf(withDrafts) }
}

const countsOf = ({ courses, guides, quizzes, rubrics, badges }: Content): Counts => ({
  courses: courses.length,
  modules: courses.reduce((sum, { modules }) => sum + modules.length, 0),
  guides: guides.length,
  questions: new Set([...quizzes.values()].flatMap(({ questions }) => questions)).size,
  rubrics: rubrics.length,
  badges: badges.length,
})
