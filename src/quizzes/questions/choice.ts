import { z } from 'zod'
import { markdown } from '../../authoring/text.ts'
import { explainedFields, saidIf } from './explained.ts'
import { type Answer, type Common, commonFields, inRandomOrder, type Kind, letter, sameSet } from './kind.ts'

export type Option = {
  /** `a`, `b`, …; `true` or `false`. */
  readonly id: string
  /** Markdown. */
  readonly text: string
  readonly correct: boolean
  /** Markdown: what to say to whoever chose it. */
  readonly feedback: string | undefined
}

/** One is right, or several are, or a statement is true or false. */
export type Choice = Common & {
  readonly kind: 'single' | 'multiple' | 'true-false'
  readonly options: readonly Option[]
  /** Markdown: why, for whoever has it right or may see the key. */
  readonly feedback?: string | undefined
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
  feedback: markdown(600).optional().describe('why this is right, or kindly why it falls short'),
})

const options = z.array(optionSchema).min(2).max(8).describe('what one can choose')

const lettered = (written: readonly z.output<typeof optionSchema>[]): Option[] =>
  written.map(({ text, correct, feedback }, index) => ({ id: letter(index), text, correct, feedback }))

/** What is amiss with the right answers of a choice, as `problem\nremedy`, if anything. */
function wrongKey(kind: 'single' | 'multiple', options: readonly { correct: boolean }[]) {
  const right = options.filter(option => option.correct).length
  if (right === 0) return 'has no right answer\nMark one with `correct: true`.'
  if (kind === 'single' && right > 1)
    return `has ${right} right answers, and a single choice has one\nKeep one \`correct: true\`, or make it \`kind: multiple\`.`
  if (right === options.length) return 'has only right answers\nAdd an option that falls short.'
  return undefined
}

export const singleSchema = z.strictObject({
  ...commonFields,
  ...explainedFields,
  kind: z.literal('single'),
  options,
})
export const multipleSchema = z.strictObject({
  ...commonFields,
  ...explainedFields,
  kind: z.literal('multiple'),
  options,
  whole: z.boolean().optional().describe('true where only the whole answer earns anything'),
})
export const trueFalseSchema = z.strictObject({
  ...commonFields,
  ...explainedFields,
  kind: z.literal('true-false'),
  stem: markdown(1200).describe('a statement'),
  answer: z.boolean().describe('whether the statement is true'),
  'when-right': markdown(600).optional().describe('what else to say to whoever has it right'),
  otherwise: markdown(600).optional().describe('what else to say to whoever has it wrong'),
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
): Choice => {
  const { unexplained: _, ...question } = written
  return { ...question, options: lettered(written.options) }
}

/** A statement's options are named by what they say. One explanation alone is said to both, even without the key. */
export function asTrueFalse({
  unexplained: _,
  'when-right': whenRight,
  otherwise,
  answer,
  feedback,
  ...written
}: z.output<typeof trueFalseSchema>): Choice {
  const apart = whenRight !== undefined || otherwise !== undefined
  const said = (right: boolean) => (apart ? (right ? whenRight : otherwise) : feedback)
  return {
    ...written,
    ...(apart && feedback !== undefined ? { feedback } : {}),
    options: [
      { id: 'true', text: 'True', correct: answer, feedback: said(answer) },
      { id: 'false', text: 'False', correct: !answer, feedback: said(!answer) },
    ],
  }
}

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

  /** True and false may share one explanation: it is said once. */
  said: (question, answer, withKey) => [
    ...new Set([
      ...question.options
        .filter(option => isChosen(option, answer) || (withKey && option.correct))
        .flatMap(({ feedback }) => saidIf(true, feedback)),
      ...saidIf(withKey || choice.credit(question, answer) === 1, question.feedback),
    ]),
  ],
}
