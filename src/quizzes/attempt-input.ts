import { z } from 'zod'
import { answerTo, type Answers, type FrozenQuestion } from './marking.ts'
import { kindOf } from './questions/question.ts'

/** An attempt's id as it stands in addresses and forms. */
export const attemptId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)

/** Fields `answers.<question>`, one for each option chosen, or for each part in its order. */
export const answersInput = z.record(z.string().max(80), z.array(z.string().max(400)).max(40))

export const saveInput = z.object({
  attempt: attemptId,
  answers: answersInput,
  /** Pressed by somebody who means to come back later. */
  leave: z.literal('yes').optional(),
  /** The scene in which the choice of the open turn is made. */
  say: z.string().max(80).optional(),
})

export const hintInput = saveInput.pick({ attempt: true, answers: true }).extend({
  /** The question of which a hint is asked for. */
  hint: z.string().max(80),
})

export const submitInput = z.object({
  attempt: attemptId,
  answers: answersInput,
  /** Pressed by somebody who knows that some questions are still open. */
  anyway: z.literal('yes').optional(),
})

/**
 * Of what was posted, what these questions ask about; a question with nothing answered is not there. In a scene the
 * choices made stay made: of it `kept` comes first, and in the one called `say` the choice of its open turn is added.
 */
export function answersTo(
  questions: readonly FrozenQuestion[],
  posted: Answers,
  { kept = {}, say }: { kept?: Answers; say?: string | undefined } = {},
): Answers {
  const answers = new Map<string, readonly string[]>()
  for (const question of questions) {
    const { id, kind } = question
    const given = answerTo(id, posted)
    const answer = kind === 'chat' ? playedOn(answerTo(id, kept), say === id ? given : []) : given
    const cleaned = kindOf(question).clean(question, answer)
    if (cleaned.length > 0) answers.set(id, cleaned)
  }
  return Object.fromEntries(answers)
}

/** A choice is posted with the number of its turn, `2:b`: pressed twice it is made once. */
const playedOn = (made: readonly string[], [posted = '']: readonly string[]): string[] => {
  const [turn, choice = ''] = posted.split(':')
  return turn === String(made.length) ? [...made, choice] : [...made]
}

/** The questions that are not answered, or not wholly. */
export const unanswered = <Q extends FrozenQuestion>(questions: readonly Q[], answers: Answers): Q[] =>
  questions.filter(question => kindOf(question).open(question, answerTo(question.id, answers)) > 0)
