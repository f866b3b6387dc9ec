import { z } from 'zod'
import { markdown } from '../../authoring/text.ts'
import { explainedFields, saidIf } from './explained.ts'
import { type Common, commonFields, type Kind } from './kind.ts'
import {
  type Accepted,
  acceptedField,
  type Closeness,
  closenessFields,
  keyInWords,
  matching,
  noFullCredit,
} from './words.ts'

/** A few words to type. */
export type ShortText = Common &
  Closeness & {
    readonly kind: 'text'
    readonly accept: readonly Accepted[]
    /** Markdown: why, for whoever has it right or may see the key. */
    readonly feedback: string | undefined
    /** Markdown: for whoever has it wrong; it gives nothing away. */
    readonly otherwise: string | undefined
  }

export type ShortTextPaper = { readonly kind: 'text' }

/** The longest answer that is read, in characters. */
export const longestAnswer = 200

export const textSchema = z.strictObject({
  ...commonFields,
  ...explainedFields,
  ...closenessFields,
  kind: z.literal('text'),
  accept: acceptedField,
  otherwise: markdown(600)
    .optional()
    .describe('what to say to a wrong answer without giving the right one away'),
})

export const checkText = ({ accept }: z.output<typeof textSchema>, ctx: z.RefinementCtx) => {
  const message = noFullCredit(accept)
  if (message) ctx.addIssue({ code: 'custom', message, path: ['accept'] })
}

export const asShortText = ({
  'match-case': matchCase,
  'match-accents': matchAccents,
  unexplained: _,
  feedback,
  otherwise,
  ...written
}: z.output<typeof textSchema>): ShortText => ({ ...written, matchCase, matchAccents, feedback, otherwise })

export const shortText: Kind<ShortText, ShortTextPaper> = {
  shuffled: question => question,
  paper: () => ({ kind: 'text' }),
  clean: (_, posted) => {
    const typed = (posted[0] ?? '').trim().slice(0, longestAnswer)
    return typed === '' ? [] : [typed]
  },
  open: (_, answer) => (answer.length === 0 ? 1 : 0),
  key: ({ accept }) => [keyInWords(accept)],
  credit: (question, [typed]) => foundIn(question, typed)?.credit ?? 0,
  asAsked: today => today,
  reviewed: (question, [typed], withKey) => ({
    as: 'parts',
    parts: [
      {
        ...{ label: null, given: typed ?? null, right: foundIn(question, typed)?.credit === 1 },
        key: withKey ? keyInWords(question.accept) : undefined,
      },
    ],
  }),
  said: (question, [typed], withKey) => {
    const found = foundIn(question, typed)
    const right = found?.credit === 1
    return [
      ...saidIf(true, found?.feedback),
      ...saidIf(right || withKey, question.feedback),
      ...saidIf(!right && !withKey && !!typed && !found?.feedback, question.otherwise),
    ]
  },
}

const foundIn = (question: ShortText, typed: string | undefined) =>
  typed === undefined ? undefined : matching(typed, question.accept, question)
