import { and, eq, ne, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import { audit } from '../record/audit.ts'
import { type Answers, mark } from './marking.ts'
import { isPassed } from './passing.ts'
import { timeSpent } from './time-spent.ts'
import { rememberWrong } from './recall/remember.ts'

/**
 * Marks an open attempt, which the caller holds, by its answers. Where the last try counts, those before it no longer
 * do; who calls it reviews the person's standing.
 * @returns whether it is passed
 */
export async function handInAttempt(
  tx: Tx,
  open: typeof attempt.$inferSelect,
  answers: Answers,
  at: Date,
): Promise<boolean> {
  const { id, personId, quiz, questions, hints, passMark, rules } = open
  const marking = mark(questions, answers, hints)
  const { marks, score, outOf } = marking
  const passed = isPassed(marking, passMark, rules)
  await tx
    .update(attempt)
    .set({ answers, score, passed, submittedAt: at, ...timeSpent(open, answers, at) })
    .where(eq(attempt.id, id))
  if (rules?.counts === 'last')
    await tx
      .update(attempt)
      .set({ counts: false })
      .where(and(eq(attempt.personId, personId), eq(attempt.quiz, quiz), ne(attempt.id, id), sql`counts`))
  await rememberWrong(tx, { id: personId }, quiz, marks, at)
  await audit(tx, { id: personId }, 'attempt.submitted', { attempt: id, quiz, score, outOf, passed })
  return passed
}
