import { canSeeKey } from '../policy.ts'
import type { QuizState } from '../quiz-state.ts'
import type { Quiz } from '../quiz.ts'

/**
 * To go over a question tells its key. So that is for quizzes that one has handed in a try at, once the key may be seen
 * by them; an author may say otherwise of a quiz.
 */
export function canRecall({ recall, review }: Pick<Quiz, 'recall' | 'review'>, state: QuizState): boolean {
  if (recall === 'never' || state.best === null) return false
  return recall === 'always' || (review.done.includes('key') && canSeeKey(state))
}
