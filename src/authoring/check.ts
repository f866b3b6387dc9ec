import type { Content } from './assembly.ts'
import type { Problem } from './problem.ts'
import { readContent } from './reading.ts'

/** How much of everything there is. */
export type Counts = Readonly<
  Record<'courses' | 'modules' | 'guides' | 'questions' | 'rubrics' | 'badges', number>
>

/** Checks the content for the command line: every problem, and how much there is when there is none. */
export function checkContent(folder = 'content'): {
  readonly problems: readonly Problem[]
  readonly counts: Counts | null
} {
  const { content, problems } = readContent(folder)
  return { problems, counts: content && countsOf(content) }
}

const countsOf = ({ courses, guides, quizzes, rubrics, badges }: Content): Counts => ({
  courses: courses.length,
  modules: courses.reduce((sum, { modules }) => sum + modules.length, 0),
  guides: guides.length,
  questions: [...quizzes.values()].reduce((sum, { questions }) => sum + questions.length, 0),
  rubrics: rubrics.length,
  badges: badges.length,
})
