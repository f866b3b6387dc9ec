import { randomInt } from 'node:crypto'
import { lock, type Tx } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import type { Content } from '../authoring/content.ts'
import { ensure, found } from '../errors.ts'
import { audit } from '../record/audit.ts'
import { draw } from './drawing.ts'
import { pointsOf } from './marking.ts'
import { canBegin } from './policy.ts'
import { quizState, type QuizState } from './quiz-state.ts'
import { endOf } from './time-limit.ts'

/**
 * Begins a try at a module's quiz with questions of its own, or finds the one that is open. Who calls it has made
 * sure that the module is open to this person.
 * @returns the attempt's id
 * @throws NotFound when there is no such quiz, Forbidden when it is passed, used up or not yet open again
 */
export async function startAttempt(
  tx: Tx,
  content: Content,
  person: { id: number },
  quizId: string,
  now = new Date(),
): Promise<number> {
  const quiz = found(content.module(quizId)?.quiz)
  await lockTries(tx, person, quizId)
  const state = found((await quizState(tx, content, person, [quizId], now)).get(quizId))
  if (state.openAttemptId !== null) return state.openAttemptId
  ensure(canBegin(state), whyNot(state))

  const { questions, rules } = draw(quiz, fairly)
  const number = state.attemptsUsed + 1
  const endsAt = await endOf(tx, person, quiz, now)
  const [begun] = await tx
    .insert(attempt)
    .values({
      ...{ personId: person.id, quiz: quizId, number, questions, rules, endsAt },
      ...{ passMark: quiz.passMark, outOf: pointsOf(questions), startedAt: now },
    })
    .returning({ id: attempt.id })
  const { id } = found(begun)
  await audit(tx, person, 'attempt.started', { attempt: id, quiz: quizId, number })
  return id
}

/** Two starts of one person at once: the second waits, and then finds what the first began. */
export const lockTries = (tx: Tx, person: { id: number }, quizId: string) =>
  lock(tx, `tries ${person.id} ${quizId}`)

/** From 0 up to but not including 1, and nobody can tell the next from the last. */
const fairly = () => randomInt(2 ** 32) / 2 ** 32

function whyNot({ passed, another, attemptsLeft }: QuizState): string {
  if (passed && !another) return 'You have passed this quiz already.'
  if (attemptsLeft === 0) return 'You have used all the tries of this quiz.'
  return 'The next try is not open yet.'
}
