import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import { found } from '../errors.ts'
import { audit } from '../record/audit.ts'
import { isPass, mark, type Answers } from './marking.ts'
import type { Quiz } from './quiz.ts'
import { rememberWrong } from './recall/remember.ts'

/**
 * A try that is begun and handed in in one step, as a guide's check is: all questions, no limit, no wait.
 * Who calls it holds `lockTries`.
 * @returns the attempt's id, and whether it is passed
 */
export async function submitAtOnce(
  tx: Tx,
  person: { id: number },
  { id: quiz, questions, passMark }: Quiz,
  answers: Answers,
  now = new Date(),
): Promise<{ id: number; passed: boolean }> {
  const { marks, score, outOf } = mark(questions, answers)
  const passed = isPass({ score, outOf }, passMark)
  const number = sql`(select coalesce(max(number), 0) + 1 from attempt where person_id = ${person.id} and quiz = ${quiz})`
  const [row] = await tx
    .insert(attempt)
    .values({
      ...{ personId: person.id, quiz, number, passMark, answers, score, outOf, passed },
      ...{ questions: [...questions], startedAt: now, submittedAt: now },
    })
    .returning({ id: attempt.id })
  const { id } = found(row)
  await rememberWrong(tx, person, quiz, marks, now)
  await audit(tx, person, 'attempt.submitted', { attempt: id, quiz, score, outOf, passed })
  return { id, passed }
}
