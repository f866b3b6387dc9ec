import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import { Conflict, found } from '../errors.ts'
import { answersTo } from './attempt-input.ts'
import type { Answers } from './marking.ts'
import { ownAttemptForUpdate } from './own-attempt.ts'
import { isOver } from './time-limit.ts'
import { timeSpent } from './time-spent.ts'

/**
 * Shows the next hint of a question in an open attempt, at what it costs, and keeps the answers as they stand.
 * @throws NotFound when it is not theirs or asks no such question; Conflict when it is over, or has no more
 */
export async function takeHint(
  tx: Tx,
  person: { id: number },
  { attempt: id, answers: posted, hint }: { attempt: number; answers: Answers; hint: string },
  now = new Date(),
): Promise<void> {
  const own = await ownAttemptForUpdate(tx, person, id)
  const { questions, answers: kept, hints } = own
  if (own.submittedAt || isOver(own, now)) throw new Conflict('This try is over, so no more hints are shown.')
  const question = found(questions.find(one => one.id === hint))
  const shown = Object.hasOwn(hints, hint) ? (hints[hint] ?? 0) : 0
  if (shown >= (question.hints?.length ?? 0))
    throw new Conflict('You have seen all the hints of this question.')
  const answers = answersTo(questions, posted, { kept })
  await tx
    .update(attempt)
    .set({ hints: { ...hints, [hint]: shown + 1 }, answers, ...timeSpent(own, answers, now) })
    .where(eq(attempt.id, id))
}
