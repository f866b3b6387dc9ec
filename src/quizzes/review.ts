import { answerTo, type Answers, type FrozenQuestion, type HintsShown, mark } from './marking.ts'
import type { Reviewed } from './questions/kind.ts'
import { kindOf } from './questions/question.ts'

/** A question as it may be shown after it was handed in. */
export type ReviewedQuestion = Pick<FrozenQuestion, 'id' | 'kind' | 'stem'> & {
  readonly answered: boolean
  readonly right: boolean
  readonly earned: number
  readonly points: number
  readonly shown: Reviewed
  /** What is to be said to it, Markdown. */
  readonly said: readonly string[]
}

/**
 * Handed-in answers with what may be said about them: to what was answered its feedback and, where the key may be
 * seen, what is right and why.
 */
export function review(
  questions: readonly FrozenQuestion[],
  answers: Answers,
  {
    withKey,
    withFeedback = true,
    hints = {},
  }: { withKey: boolean; withFeedback?: boolean; hints?: HintsShown },
): ReviewedQuestion[] {
  const { marks } = mark(questions, answers, hints)
  return questions.map((question, index) => {
    const { id, kind, stem } = question
    const { answer, right, earned, points } = marks[index]!
    return {
      ...{ id, kind, stem, right, earned, points },
      answered: answerTo(id, answers).length > 0,
      shown: withoutCoaching(kindOf(question).reviewed(question, answer, withKey), withFeedback),
      said: withFeedback ? kindOf(question).said(question, answer, withKey) : [],
    }
  })
}

/** In a scene the coaching is the feedback. */
const withoutCoaching = (reviewed: Reviewed, withFeedback: boolean): Reviewed =>
  withFeedback || reviewed.as !== 'scene'
    ? reviewed
    : { as: 'scene', scene: reviewed.scene.map(turn => ({ ...turn, coaching: undefined })) }
