import { z } from 'zod'
import { markdown } from '../../authoring/text.ts'
import { explainedFields, saidIf } from './explained.ts'
import { type Common, commonFields, inRandomOrder, type Kind, letter, randomFrom, sameSet } from './kind.ts'

/** Things to be matched, each with one of the choices; some choices may match nothing. */
export type Matching = Common & {
  readonly kind: 'matching'
  readonly prompts: readonly {
    /** Markdown. */
    readonly text: string
    /** Id of the choice that goes with it. */
    readonly match: string
  }[]
  /** `id` says nothing of what it matches. */
  readonly choices: readonly { readonly id: string; readonly text: string }[]
  readonly feedback: string | undefined
}

/** An answer has the id of a choice for each prompt, in their order. */
export type MatchingPaper = {
  readonly kind: 'matching'
  readonly prompts: readonly string[]
  readonly choices: Matching['choices']
}

const choiceText = z.string().trim().min(1).max(160)

export const matchingSchema = z.strictObject({
  ...commonFields,
  ...explainedFields,
  kind: z.literal('matching'),
  pairs: z
    .array(
      z.strictObject({
        prompt: markdown(300).describe('what is to be matched, Markdown'),
        match: choiceText.describe('what goes with it, plain text'),
      }),
    )
    .min(2)
    .max(10)
    .describe('what goes with what'),
  others: z.array(choiceText).max(10).default([]).describe('choices that go with nothing'),
})

export const checkMatching = ({ pairs, others }: z.output<typeof matchingSchema>, ctx: z.RefinementCtx) => {
  const matches = new Set(pairs.map(({ match }) => match))
  const twice = others.findIndex(other => matches.has(other))
  if (twice >= 0)
    ctx.addIssue({
      code: 'custom',
      path: ['others', twice],
      message: 'goes with a prompt too\nTake it out of `others`.',
    })
  if (matches.size + others.length < 2)
    ctx.addIssue({
      code: 'custom',
      path: ['pairs'],
      message: 'leave nothing to choose\nAdd a pair, or `others`.',
    })
}

export function asMatching({
  unexplained: _,
  pairs,
  others,
  feedback,
  ...written
}: z.output<typeof matchingSchema>): Matching {
  const texts = [...new Set([...pairs.map(({ match }) => match), ...others])]
  const choices = texts.map((text, index) => ({ id: letter(index), text }))
  const idOf = new Map(choices.map(({ id, text }) => [text, id]))
  const prompts = pairs.map(({ prompt, match }) => ({ text: prompt, match: idOf.get(match)! }))
  return reordered({ ...written, feedback, prompts, choices }, randomFrom(written.id))
}

function reordered(question: Matching, random: () => number): Matching {
  const order = inRandomOrder(question.choices, random)
  const renamed = new Map(order.map(({ id }, index) => [id, letter(index)]))
  return {
    ...question,
    prompts: question.prompts.map(prompt => ({ ...prompt, match: renamed.get(prompt.match)! })),
    choices: order.map(({ text }, index) => ({ id: letter(index), text })),
  }
}

export const matching: Kind<Matching, MatchingPaper> = {
  shuffled: reordered,
  paper: ({ prompts, choices }) => ({
    kind: 'matching',
    prompts: prompts.map(({ text }) => text),
    choices: choices.map(({ id, text }) => ({ id, text })),
  }),
  clean: ({ prompts, choices }, posted) => {
    const ids = new Set(choices.map(({ id }) => id))
    const given = prompts.map((_, index) => (ids.has(posted[index] ?? '') ? posted[index]! : ''))
    return given.some(Boolean) ? given : []
  },
  open: ({ prompts }, answer) => prompts.filter((_, index) => !answer[index]).length,
  key: ({ prompts }) => prompts.map(({ match }) => match),
  credit: ({ prompts }, answer) =>
    prompts.filter(({ match }, index) => answer[index] === match).length / prompts.length,
  asAsked(today, asked) {
    const textIn = (question: Matching, id: string) => question.choices.find(choice => choice.id === id)?.text
    const texts = ({ prompts, choices }: Matching) => [
      ...prompts.map(({ text }) => `? ${text}`),
      ...choices.map(({ text }) => `! ${text}`),
    ]
    if (!sameSet(texts(today), texts(asked))) return null
    const idOf = new Map(asked.choices.map(({ id, text }) => [text, id]))
    const matchOf = new Map(
      today.prompts.map(({ text, match }) => [text, idOf.get(textIn(today, match) ?? '')]),
    )
    return {
      ...today,
      choices: asked.choices,
      prompts: asked.prompts.map(({ text }) => ({ text, match: matchOf.get(text) ?? '' })),
    }
  },
  reviewed: ({ prompts, choices }, answer, withKey) => {
    const textOf = new Map(choices.map(({ id, text }) => [id, text]))
    return {
      as: 'parts',
      parts: prompts.map(({ text, match }, index) => ({
        ...{ label: text, given: textOf.get(answer[index] ?? '') ?? null, right: answer[index] === match },
        key: withKey ? textOf.get(match) : undefined,
      })),
    }
  },
  said: (question, answer, withKey) =>
    saidIf(withKey || matching.credit(question, answer) === 1, question.feedback),
}
