import { z } from 'zod'
import { duration, type Duration } from '../authoring/duration.ts'
import { markdown, slug } from '../authoring/text.ts'

const optionSchema = z.strictObject({
  text: markdown(400).describe('what one can choose, Markdown'),
  correct: z.boolean().default(false),
  feedback: markdown(600).describe('why this is right, or kindly why it falls short'),
})

const choiceFields = {
  id: slug.describe('a short name, unique in the file, that stays when the wording changes'),
  stem: markdown(1200).describe('the situation and the question, Markdown'),
  options: z.array(optionSchema).min(2).max(8).describe('what one can choose'),
}

/** One question as an author writes it. */
const questionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...choiceFields, kind: z.literal('single') }),
    z.strictObject({ ...choiceFields, kind: z.literal('multiple') }),
    z.strictObject({
      id: choiceFields.id,
      kind: z.literal('true-false'),
      stem: markdown(1200).describe('a statement'),
      answer: z.boolean().describe('whether the statement is true'),
      feedback: markdown(800).describe('why'),
    }),
  ])
  .superRefine((question, ctx) => {
    if (question.kind === 'true-false') return
    const message = wrongKey(question.kind, question.options)
    if (message) ctx.addIssue({ code: 'custom', message, path: ['options'] })
  })
  .transform(asQuestion)

/** What is amiss with the right answers of a choice, as `problem\nremedy`, if anything. */
function wrongKey(kind: 'single' | 'multiple', options: readonly { correct: boolean }[]) {
  const right = options.filter(option => option.correct).length
  if (right === 0) return 'has no right answer\nMark one with `correct: true`.'
  if (kind === 'single' && right > 1)
    return `has ${right} right answers, and a single choice has one\nKeep one \`correct: true\`, or make it \`kind: multiple\`.`
  if (right === options.length) return 'has only right answers\nAdd an option that falls short.'
  return undefined
}

/** A question with its options named `a`, `b`, … (or `true` and `false`), however it was written. */
function asQuestion(question: WrittenQuestion): Question {
  const { id, kind, stem } = question
  if (kind !== 'true-false') {
    const options = question.options.map((option, index) => ({
      id: String.fromCharCode(97 + index),
      ...option,
    }))
    return { id, kind, stem, options }
  }
  const { answer, feedback } = question
  const options = [
    { id: 'true', text: 'True', correct: answer, feedback },
    { id: 'false', text: 'False', correct: !answer, feedback },
  ]
  return { id, kind, stem, options }
}

type WrittenQuestion =
  | {
      id: string
      kind: 'single' | 'multiple'
      stem: string
      options: { text: string; correct: boolean; feedback: string }[]
    }
  | { id: string; kind: 'true-false'; stem: string; answer: boolean; feedback: string }

export const questionsSchema = z
  .array(questionSchema)
  .min(1)
  .superRefine((questions, ctx) => {
    const seen = new Set<string>()
    questions.forEach(({ id }, index) => {
      if (seen.has(id))
        ctx.addIssue({
          code: 'custom',
          path: [index, 'id'],
          message: `'${id}' is the name of an earlier question too\nGive each question its own name.`,
        })
      seen.add(id)
    })
  })

/** `content/courses/<course>/quizzes/<module>.yaml`. */
export const quizSchema = z
  .strictObject({
    'pass-mark': z.int().min(1).max(100).describe('per cent of the questions that must be right'),
    attempts: z.int().min(1).max(100).optional().describe('how many tries in all; leave out for no limit'),
    wait: duration.optional().describe('between tries, such as `1 hour`; leave out for none'),
    draw: z.int().min(1).optional().describe('how many questions a try draws; leave out for all'),
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

export type Option = {
  /** `a`, `b`, …; `true` or `false`. */
  readonly id: string
  /** Markdown. */
  readonly text: string
  readonly correct: boolean
  /** Markdown. */
  readonly feedback: string
}

export type Question = {
  readonly id: string
  readonly kind: 'single' | 'multiple' | 'true-false'
  /** Markdown. */
  readonly stem: string
  readonly options: readonly Option[]
}

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
  readonly questions: readonly Question[]
}

/** The quiz that a checked quiz file describes. */
export const asQuiz = (id: string, written: z.output<typeof quizSchema>): Quiz => ({
  id,
  passMark: written['pass-mark'],
  attempts: written.attempts,
  wait: written.wait,
  draw: written.draw ?? written.questions.length,
  questions: written.questions,
})

/** A guide's check on understanding: every question, all to be right, as often as one likes. */
export const asCheck = (guide: string, questions: readonly Question[]): Quiz => ({
  id: `guides/${guide}`,
  passMark: 100,
  attempts: undefined,
  wait: undefined,
  draw: questions.length,
  questions,
})
