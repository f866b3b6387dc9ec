import { z } from 'zod'
import { chosenFor, type Answers, type FrozenQuestion } from './marking.ts'

/** An attempt's id as it stands in addresses and forms. */
export const attemptId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)

/** Fields `answers.<question>`, one for each option chosen. */
export const answersInput = z.record(z.string().max(80), z.array(z.string().max(20)).max(20))

export const saveInput = z.object({
  attempt: attemptId,
  answers: answersInput,
  /** Pressed by somebody who means to come back later. */
  leave: z.literal('yes').optional(),
})

export const submitInput = z.object({
  attempt: attemptId,
  answers: answersInput,
  /** Pressed by somebody who knows that some questions are still open. */
  anyway: z.literal('yes').optional(),
})

/** Of what was posted, what these questions ask about; a question with nothing chosen is not there. */
export function answersTo(questions: readonly FrozenQuestion[], posted: Answers): Answers {
  const answers = new Map<string, string[]>()
  for (const { id, options } of questions) {
    const chosen = new Set(chosenFor(id, posted))
    const known = options.map(option => option.id).filter(option => chosen.has(option))
    if (known.length > 0) answers.set(id, known)
  }
  return Object.fromEntries(answers)
}

/** The questions that have no answer yet. */
export const unanswered = <Q extends { readonly id: string }>(
  questions: readonly Q[],
  answers: Answers,
): Q[] => questions.filter(({ id }) => chosenFor(id, answers).length === 0)
