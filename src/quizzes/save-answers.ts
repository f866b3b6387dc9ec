import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import { Conflict } from '../errors.ts'
import { answersTo } from './attempt-input.ts'
import { handInAttempt } from './hand-in-attempt.ts'
import type { Answers } from './marking.ts'
import { ownAttemptForUpdate } from './own-attempt.ts'
import { isOver } from './time-limit.ts'
import { timeSpent } from './time-spent.ts'

/**
 * Keeps the answers of an open attempt as they stand, in place of those kept before. It is a draft of the person's
 * own, saved at every click, so the audit log hears of it only when it is handed in.
 * @param say the scene in which a choice is made that stays made
 * Once its time is over, nothing more is kept, and what was saved is handed in.
 * @returns the quiz that it is a try at, and whether it was handed in
 * @throws NotFound when it is not theirs, Conflict when it has been handed in
 */
export async function saveAnswers(
  tx: Tx,
  person: { id: number },
  { attempt: id, answers: posted, say }: { attempt: number; answers: Answers; say?: string | undefined },
  now = new Date(),
): Promise<{ quiz: string; over: boolean }> {
  const own = await ownAttemptForUpdate(tx, person, id)
  const { quiz, questions, answers: kept, submittedAt, endsAt } = own
  if (submittedAt) throw new Conflict('You have handed this try in already, so this change came too late.')
  if (isOver(own, now)) {
    await handInAttempt(tx, own, kept, endsAt ?? now)
    return { quiz, over: true }
  }
  const answers = answersTo(questions, posted, { kept, say })
  await tx
    .update(attempt)
    .set({ answers, ...timeSpent(own, answers, now) })
    .where(eq(attempt.id, id))
  return { quiz, over: false }
}
