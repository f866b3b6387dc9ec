/** Something in `content/` that an author should mend. */
export type Problem = {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** What is wrong, a clause without a full stop. */
  readonly problem: string
  /** How to mend it, in sentences; empty when the problem says it all. */
  readonly remedy: string
}

/** Notes a problem, so that all can be told at once. */
export type Report = (file: string, line: number, problem: string, remedy?: string) => void

/** `content/badges/mentor.yaml:7: there is no badge called 'moderater'. Did you mean 'moderator'?` */
export const sentence = ({ file, line, problem, remedy }: Problem) =>
  `${file}:${line}: ${problem}. ${remedy}`.trim()

/** By file and line. */
export const inOrder = (problems: readonly Problem[]) =>
  problems.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))

/** What was found wrong in the content, as an error whose message is the sentences. */
export class ContentProblems extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(['The content has mistakes in it:', ...problems.map(sentence)].join('\n'))
    this.name = 'ContentProblems'
    this.problems = problems
  }
}
