import { mark, type Answers, type FrozenQuestion } from './marking.ts'
import type { Option } from './quiz.ts'

/** An option as it may be shown after it was chosen, or where the key may be seen. */
export type ReviewedOption = Pick<Option, 'id' | 'text'> & {
  readonly chosen: boolean
  /** Undefined where that would give the key away. */
  readonly right: boolean | undefined
  /** Markdown. Undefined where that would give the key away. */
  readonly feedback: string | undefined
}

/** A question as it may be shown after it was handed in. */
export type ReviewedQuestion = Pick<FrozenQuestion, 'id' | 'kind' | 'stem'> & {
  readonly right: boolean
  readonly options: readonly ReviewedOption[]
}

/**
 * Handed-in answers with what may be said about them: of each option that was chosen its feedback and, where the
 * key may be seen, which options are right and the feedback of those that were missed.
 */
export function review(
  questions: readonly FrozenQuestion[],
  answers: Answers,
  { withKey }: { withKey: boolean },
): ReviewedQuestion[] {
  const { marks } = mark(questions, answers)
  return questions.map(({ id, kind, stem, options }, index) => {
    const { chosen, right } = marks[index]!
    const reviewed = options.map(option => reviewedOption(option, chosen.includes(option.id), withKey))
    return { id, kind, stem, right, options: reviewed }
  })
}

function reviewedOption(
  { id, text, correct, feedback }: Option,
  chosen: boolean,
  withKey: boolean,
): ReviewedOption {
  const spoken = chosen || (withKey && correct)
  return { id, text, chosen, right: withKey ? correct : undefined, feedback: spoken ? feedback : undefined }
}
