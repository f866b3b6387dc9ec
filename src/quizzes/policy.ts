import type { QuizState } from './quiz-state.ts'

/** Another try: while there are any left, once the wait is over, and until it is passed. */
export const canBegin = ({ passed, attemptsLeft, opensAt, openAttemptId }: QuizState): boolean =>
  !passed && openAttemptId === null && attemptsLeft !== 0 && opensAt === null

/** The whole key is shown once it can help with no further try. */
export const canSeeKey = ({ passed, attemptsLeft, openAttemptId }: QuizState): boolean =>
  passed || (attemptsLeft === 0 && openAttemptId === null)
