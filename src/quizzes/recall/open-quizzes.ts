import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import type { Quiz } from '../quiz.ts'
import { quizState } from '../quiz-state.ts'
import { canRecall } from './policy.ts'

/** Of these quizzes the ones whose questions this person may go over today, by their ids, in one query. */
export async function openQuizzes(
  db: Queryable,
  content: Content,
  person: { id: number },
  quizIds: readonly string[],
): Promise<Map<string, Quiz>> {
  const states = await quizState(db, content, person, [...new Set(quizIds)])
  const open = [...states].flatMap(([id, state]) => {
    const quiz = content.quiz(id)
    return quiz && canRecall(quiz, state) ? [[id, quiz] as const] : []
  })
  return new Map(open)
}
