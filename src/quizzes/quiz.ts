import { z } from 'zod'
import { duration, type Duration } from '../authoring/duration.ts'
import { type Question, questionsSchema } from './questions/question.ts'

/** `content/courses/<course>/quizzes/<module>.yaml`. */
export const quizSchema = z
  .strictObject({
    'pass-mark': z.int().min(1).max(100).describe('per cent of the points that it takes'),
    attempts: z.int().min(1).max(100).optional().describe('how many tries in all; leave out for no limit'),
    wait: duration.optional().describe('between tries, such as `1 hour`; leave out for none'),
    draw: z.int().min(1).optional().describe('how many questions a try draws; leave out for all'),
    shuffle: z.boolean().default(false).describe('true where options may stand in any order'),
    questions: questionsSchema.describe('the questions'),
  })
  .superRefine(({ draw, questions }, ctx) => {
    if (draw !== undefined && draw > questions.length)
      ctx.addIssue({
        code: 'custom',
        path: ['draw'],
        message: `draws ${draw} questions, and the file has ${questions.length}\nLower \`draw\`, leave it out, or add questions.`,
      })
  })

export type Quiz = {
  /** The id of its module, or `guides/<guide>` for a guide's check. */
  readonly id: string
  /** Per cent. */
  readonly passMark: number
  /** How many attempts in all, if there is a limit. */
  readonly attempts: number | undefined
  /** Between attempts, if one has to wait. */
  readonly wait: Duration | undefined
  /** How many questions an attempt draws. */
  readonly draw: number
  /** Whether options are shown in another order each time. */
  readonly shuffle: boolean
  readonly questions: readonly Question[]
}

/** The quiz that a checked quiz file describes. */
export const asQuiz = (id: string, written: z.output<typeof quizSchema>): Quiz => ({
  id,
  passMark: written['pass-mark'],
  attempts: written.attempts,
  wait: written.wait,
  draw: written.draw ?? written.questions.length,
  shuffle: written.shuffle,
  questions: written.questions,
})

/** A guide's check on understanding: every question, all to be right, as often as one likes. */
export const asCheck = (guide: string, questions: readonly Question[]): Quiz => ({
  id: `guides/${guide}`,
  passMark: 100,
  attempts: undefined,
  wait: undefined,
  draw: questions.length,
  shuffle: false,
  questions,
})
