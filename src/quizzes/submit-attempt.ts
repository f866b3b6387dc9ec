import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import { audit } from '../record/audit.ts'
import { answersTo, unanswered } from './attempt-input.ts'
import { isPass, mark, type Answers } from './marking.ts'
import { ownAttemptForUpdate } from './own-attempt.ts'

/** What became of handing in: marked now, marked before (by another tab), or kept because questions are open. */
export type Submission = {
  readonly outcome: 'marked' | 'marked-before' | 'unanswered'
  readonly passed: boolean
}

/**
 * Hands an attempt in and marks it. Where questions are still open, the answers are kept and nothing is marked,
 * unless the person said `anyway`.
 * @throws NotFound when it is not theirs
 */
export async function submitAttempt(
  tx: Tx,
  person: { id: number },
  { attempt: id, answers: posted, anyway = false }: { attempt: number; answers: Answers; anyway?: boolean },
  now = new Date(),
): Promise<Submission> {
  const {
    quiz,
    questions,
    passMark,
    submittedAt,
    passed: before,
    answers: kept,
    hints,
  } = await ownAttemptForUpdate(tx, person, id)
  if (submittedAt) return { outcome: 'marked-before', passed: before ?? false }

  const answers = answersTo(questions, posted, { kept })
  if (!anyway && unanswered(questions, answers).length > 0) {
    await tx.update(attempt).set({ answers }).where(eq(attempt.id, id))
    return { outcome: 'unanswered', passed: false }
  }
  const { score, outOf } = mark(questions, answers, hints)
  const passed = isPass({ score, outOf }, passMark)
  await tx.update(attempt).set({ answers, score, passed, submittedAt: now }).where(eq(attempt.id, id))
  await audit(tx, person, 'attempt.submitted', { attempt: id, quiz, score, outOf, passed })
  return { outcome: 'marked', passed }
}
