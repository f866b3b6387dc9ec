import { z } from 'zod'
import { explainedFields, saidIf } from './explained.ts'
import { type Common, commonFields, inRandomOrder, type Kind, randomFrom, sameSet } from './kind.ts'
import {
  type Accepted,
  acceptedField,
  type Closeness,
  closenessFields,
  keyInWords,
  matching,
  noFullCredit,
} from './words.ts'

type Gap =
  | { readonly as: 'typed'; readonly accept: readonly Accepted[] }
  | { readonly as: 'chosen'; readonly options: readonly string[]; readonly correct: string }

/** A text with gaps, to be filled with words of one's own or with words to choose from. */
export type Gaps = Common &
  Closeness & {
    readonly kind: 'gaps'
    /** Plain text, one piece more than there are gaps. */
    readonly pieces: readonly string[]
    readonly gaps: readonly Gap[]
    readonly feedback: string | undefined
  }

/** An answer has the words for each gap, in their order. */
export type GapsPaper = {
  readonly kind: 'gaps'
  readonly pieces: readonly string[]
  /** What there is to choose from; null where one types. */
  readonly gaps: readonly (readonly string[] | null)[]
}

const gapSchema = z.union(
  [
    z.strictObject({ accept: acceptedField }),
    z.strictObject({
      options: z.array(z.string().trim().min(1).max(80)).min(2).max(8).describe('words to choose from'),
      correct: z.string().trim().describe('which of them is right'),
    }),
  ],
  { error: 'is no gap\nGive it `accept: […]`, or `options: […]` and `correct: …`.' },
)

export const gapsSchema = z.strictObject({
  ...commonFields,
  ...explainedFields,
  ...closenessFields,
  kind: z.literal('gaps'),
  text: z.string().trim().min(1).max(2000).describe('the text, with `[1]`, `[2]`, … where the gaps are'),
  gaps: z.array(gapSchema).min(1).max(12).describe('what fills each gap, in order'),
})

const marker = /\[(\d{1,2})\]/g

export const checkGaps = ({ text, gaps }: z.output<typeof gapsSchema>, ctx: z.RefinementCtx) => {
  const numbers = [...text.matchAll(marker)].map(([, number]) => Number(number))
  const wanted = gaps.map((_, index) => index + 1)
  if (numbers.join() !== wanted.join())
    ctx.addIssue({
      code: 'custom',
      path: ['text'],
      message: `has the gaps ${numbers.map(number => `[${number}]`).join(' ') || 'of nobody'}, and \`gaps\` fills ${gaps.length}\nWrite ${wanted.map(number => `[${number}]`).join(' ')} into it, each once and in this order.`,
    })
  gaps.forEach((gap, index) => {
    const message =
      'accept' in gap
        ? noFullCredit(gap.accept)
        : gap.options.includes(gap.correct)
          ? undefined
          : 'has a right word that is none of its options\nWrite it as it stands in `options`.'
    if (message) ctx.addIssue({ code: 'custom', path: ['gaps', index], message })
  })
}

export const asGaps = ({
  'match-case': matchCase,
  'match-accents': matchAccents,
  unexplained: _,
  feedback,
  text,
  gaps,
  ...written
}: z.output<typeof gapsSchema>): Gaps =>
  reordered(
    {
      ...{ ...written, feedback, matchCase, matchAccents },
      pieces: text.split(/\[\d{1,2}\]/),
      gaps: gaps.map(gap => ('accept' in gap ? { as: 'typed', ...gap } : { as: 'chosen', ...gap })),
    },
    randomFrom(written.id),
  )

const reordered = (question: Gaps, random: () => number): Gaps => ({
  ...question,
  gaps: question.gaps.map(gap =>
    gap.as === 'chosen' ? { ...gap, options: inRandomOrder(gap.options, random) } : gap,
  ),
})

const longest = 120

const creditIn = (question: Gaps, gap: Gap, given: string | undefined): number => {
  if (!given) return 0
  if (gap.as === 'chosen') return given === gap.correct ? 1 : 0
  return matching(given, gap.accept, question)?.credit ?? 0
}

export const gaps: Kind<Gaps, GapsPaper> = {
  shuffled: reordered,
  paper: ({ pieces, gaps }) => ({
    ...{ kind: 'gaps', pieces },
    gaps: gaps.map(gap => (gap.as === 'chosen' ? gap.options : null)),
  }),
  clean: ({ gaps }, posted) => {
    const given = gaps.map((gap, index) => {
      const words = (posted[index] ?? '').trim().slice(0, longest)
      return gap.as === 'chosen' && !gap.options.includes(words) ? '' : words
    })
    return given.some(Boolean) ? given : []
  },
  open: ({ gaps }, answer) => gaps.filter((_, index) => !answer[index]).length,
  key: ({ gaps }) => gaps.map(gap => (gap.as === 'chosen' ? gap.correct : keyInWords(gap.accept))),
  credit: (question, answer) =>
    question.gaps.reduce((sum, gap, index) => sum + creditIn(question, gap, answer[index]), 0) /
    question.gaps.length,
  asAsked(today, asked) {
    if (today.pieces.join('[]') !== asked.pieces.join('[]')) return null
    const gaps = today.gaps.map((gap, index) => {
      const before = asked.gaps[index]
      if (gap.as === 'typed') return before?.as === 'typed' ? gap : null
      return before?.as === 'chosen' && sameSet(gap.options, before.options)
        ? { ...gap, options: before.options }
        : null
    })
    return gaps.every(gap => gap !== null) ? { ...today, gaps } : null
  },
  reviewed: (question, answer, withKey) => ({
    as: 'parts',
    parts: question.gaps.map((gap, index) => ({
      label: `Gap ${index + 1}`,
      given: answer[index] || null,
      right: creditIn(question, gap, answer[index]) === 1,
      key: withKey ? (gap.as === 'chosen' ? gap.correct : keyInWords(gap.accept)) : undefined,
    })),
  }),
  said: (question, answer, withKey) => [
    ...question.gaps.flatMap((gap, index) => {
      const given = answer[index]
      const found = gap.as === 'typed' && given ? matching(given, gap.accept, question) : undefined
      return saidIf(true, found?.feedback)
    }),
    ...saidIf(withKey || gaps.credit(question, answer) === 1, question.feedback),
  ],
}
