import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import { answersTo, unanswered } from './attempt-input.ts'
import { handInAttempt } from './hand-in-attempt.ts'
import type { Answers } from './marking.ts'
import { ownAttemptForUpdate } from './own-attempt.ts'
import { isOver } from './time-limit.ts'
import { timeSpent } from './time-spent.ts'

/**
 * What became of handing in: marked now, marked before (by another tab), kept because questions are open, or marked as
 * it was saved when its time was over.
 */
export type Submission = {
  readonly outcome: 'marked' | 'marked-before' | 'unanswered' | 'over'
  readonly passed: boolean
}

/**
 * Hands an attempt in and marks it. Where questions are still open, the answers are kept and nothing is marked,
 * unless the person said `anyway`. Once its time is over, what was saved by then is what counts.
 * @throws NotFound when it is not theirs
 */
export async function submitAttempt(
  tx: Tx,
  person: { id: number },
  { attempt: id, answers: posted, anyway = false }: { attempt: number; answers: Answers; anyway?: boolean },
  now = new Date(),
): Promise<Submission> {
  const own = await ownAttemptForUpdate(tx, person, id)
  const { questions, answers: kept } = own
  if (own.submittedAt) return { outcome: 'marked-before', passed: own.passed ?? false }
  if (isOver(own, now))
    return { outcome: 'over', passed: await handInAttempt(tx, own, kept, own.endsAt ?? now) }

  const answers = answersTo(questions, posted, { kept })
  if (!anyway && unanswered(questions, answers).length > 0) {
    await tx
      .update(attempt)
      .set({ answers, ...timeSpent(own, answers, now) })
      .where(eq(attempt.id, id))
    return { outcome: 'unanswered', passed: false }
  }
  return { outcome: 'marked', passed: await handInAttempt(tx, own, answers, now) }
}
