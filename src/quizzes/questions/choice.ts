import { z } from 'zod'
import { markdown } from '../../authoring/text.ts'
import { type Answer, type Common, commonFields, inRandomOrder, type Kind, letter, sameSet } from './kind.ts'

export type Option = {
  /** `a`, `b`, …; `true` or `false`. */
  readonly id: string
  /** Markdown. */
  readonly text: string
  readonly correct: boolean
  /** Markdown. */
  readonly feedback: string
}

/** One is right, or several are, or a statement is true or false. */
export type Choice = Common & {
  readonly kind: 'single' | 'multiple' | 'true-false'
  readonly options: readonly Option[]
  /** Of a multiple choice: all of it or nothing earns its points. */
  readonly whole?: boolean | undefined
}

export type ChoicePaper = {
  readonly kind: Choice['kind']
  readonly options: readonly { readonly id: string; readonly text: string }[]
}

const optionSchema = z.strictObject({
  text: markdown(400).describe('what one can choose, Markdown'),
  correct: z.boolean().default(false),
  feedback: markdown(600).describe('why this is right, or kindly why it falls short'),
})

const options = z.array(optionSchema).min(2).max(8).describe('what one can choose')

type Written = { id: string; text: string; correct: boolean; feedback: string }
const lettered = (written: readonly Omit<Written, 'id'>[]): Written[] =>
  written.map((option, index) => ({ id: letter(index), ...option }))

/** What is amiss with the right answers of a choice, as `problem\nremedy`, if anything. */
function wrongKey(kind: 'single' | 'multiple', options: readonly { correct: boolean }[]) {
  const right = options.filter(option => option.correct).length
  if (right === 0) return 'has no right answer\nMark one with `correct: true`.'
  if (kind === 'single' && right > 1)
    return `has ${right} right answers, and a single choice has one\nKeep one \`correct: true\`, or make it \`kind: multiple\`.`
  if (right === options.length) return 'has only right answers\nAdd an option that falls short.'
  return undefined
}

export const singleSchema = z.strictObject({ ...commonFields, kind: z.literal('single'), options })
export const multipleSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('multiple'),
  options,
  whole: z.boolean().optional().describe('true where only the whole answer earns anything'),
})
export const trueFalseSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('true-false'),
  stem: markdown(1200).describe('a statement'),
  answer: z.boolean().describe('whether the statement is true'),
  feedback: markdown(800).describe('why'),
})

export function checkChoice(
  { kind, options }: z.output<typeof singleSchema> | z.output<typeof multipleSchema>,
  ctx: z.RefinementCtx,
): void {
  const message = wrongKey(kind, options)
  if (message) ctx.addIssue({ code: 'custom', message, path: ['options'] })
}

export const asChoice = (
  written: z.output<typeof singleSchema> | z.output<typeof multipleSchema>,
): Choice => ({ ...written, options: lettered(written.options) })

/** A statement's options are named by what they say. */
export const asTrueFalse = ({ answer, feedback, ...written }: z.output<typeof trueFalseSchema>): Choice => ({
  ...written,
  options: [
    { id: 'true', text: 'True', correct: answer, feedback },
    { id: 'false', text: 'False', correct: !answer, feedback },
  ],
})

const isChosen = ({ id }: Option, answer: Answer) => answer.includes(id)

export const choice: Kind<Choice, ChoicePaper> = {
  shuffled: (question, random) =>
    question.kind === 'true-false'
      ? question
      : {
          ...question,
          options: inRandomOrder(question.options, random).map((option, index) => ({
            ...option,
            id: letter(index),
          })),
        },

  paper: ({ kind, options }) => ({ kind, options: options.map(({ id, text }) => ({ id, text })) }),

  clean: ({ options }, posted) => options.filter(option => isChosen(option, posted)).map(({ id }) => id),

  open: (_, answer) => (answer.length === 0 ? 1 : 0),

  key: ({ options }) => options.filter(({ correct }) => correct).map(({ id }) => id),

  /**
   * Of a multiple choice each right option earns its share, and each wrong one takes away a share of the wrong ones:
   * nobody gains by ticking all. Never below 0.
   */
  credit({ kind, options, whole }, answer) {
    const right = options.filter(({ correct }) => correct)
    const chosen = options.filter(option => isChosen(option, answer))
    const hits = chosen.filter(({ correct }) => correct).length
    const misses = chosen.length - hits
    if (kind !== 'multiple' || whole) return hits === right.length && misses === 0 ? 1 : 0
    return Math.max(0, hits / right.length - misses / (options.length - right.length))
  },

  asAsked(today, asked) {
    const present = new Map(today.options.map(option => [option.text, option]))
    if (
      !sameSet(
        today.options.map(({ text }) => text),
        asked.options.map(({ text }) => text),
      )
    )
      return null
    return { ...today, options: asked.options.map(({ id, text }) => ({ ...present.get(text)!, id })) }
  },

  reviewed: ({ options }, answer, withKey) => ({
    as: 'options',
    options: options.map(option => ({
      ...{ id: option.id, text: option.text, chosen: isChosen(option, answer) },
      right: withKey ? option.correct : undefined,
    })),
  }),

  /** True and false share one explanation: it is said once. */
  said: ({ options }, answer, withKey) => [
    ...new Set(
      options
        .filter(option => isChosen(option, answer) || (withKey && option.correct))
        .map(({ feedback }) => feedback),
    ),
  ],
}
