import { z } from 'zod'
import { namedApart } from '../../authoring/text.ts'
import {
  asChoice,
  asTrueFalse,
  checkChoice,
  type Choice,
  choice,
  type ChoicePaper,
  multipleSchema,
  singleSchema,
  trueFalseSchema,
} from './choice.ts'
import { checkExplained } from './explained.ts'
import { asGaps, checkGaps, type Gaps, gaps, type GapsPaper, gapsSchema } from './gaps.ts'
import type { Kind } from './kind.ts'
import {
  asMatching,
  checkMatching,
  type Matching,
  matching,
  type MatchingPaper,
  matchingSchema,
} from './matching.ts'
import { asNumeric, checkNumber, type Numeric, numeric, type NumericPaper, numberSchema } from './numeric.ts'
import {
  asOrdering,
  checkOrdering,
  type Ordering,
  ordering,
  type OrderingPaper,
  orderingSchema,
} from './ordering.ts'
import { asScene, checkScene, type Scene, scene, type ScenePaper, sceneSchema } from './scene.ts'
import {
  asShortText,
  checkText,
  type ShortText,
  shortText,
  type ShortTextPaper,
  textSchema,
} from './short-text.ts'

/** A question of any kind, with its key. */
export type Question = Choice | ShortText | Numeric | Matching | Ordering | Gaps | Scene

/** What of a question depends on its kind, as it may be shown before it is answered. */
export type KindPaper =
  ChoicePaper | ShortTextPaper | NumericPaper | MatchingPaper | OrderingPaper | GapsPaper | ScenePaper

/** One question as an author writes it. */
export const questionSchema = z
  .discriminatedUnion('kind', [
    singleSchema,
    multipleSchema,
    trueFalseSchema,
    textSchema,
    numberSchema,
    matchingSchema,
    orderingSchema,
    gapsSchema,
    sceneSchema,
  ])
  .superRefine(checkQuestion)
  .transform(asQuestion)

type Written = Parameters<typeof asQuestion>[0]

function checkQuestion(written: Written, ctx: z.RefinementCtx): void {
  if (written.kind !== 'chat') checkExplained(written, ctx)
  switch (written.kind) {
    case 'single':
    case 'multiple':
      checkChoice(written, ctx)
      break
    case 'true-false':
      break
    case 'text':
      checkText(written, ctx)
      break
    case 'number':
      checkNumber(written, ctx)
      break
    case 'matching':
      checkMatching(written, ctx)
      break
    case 'ordering':
      checkOrdering(written, ctx)
      break
    case 'gaps':
      checkGaps(written, ctx)
      break
    case 'chat':
      checkScene(written, ctx)
  }
}

/** A question as the site keeps it, however it was written. */
function asQuestion(
  written:
    | z.output<typeof singleSchema>
    | z.output<typeof multipleSchema>
    | z.output<typeof trueFalseSchema>
    | z.output<typeof textSchema>
    | z.output<typeof numberSchema>
    | z.output<typeof matchingSchema>
    | z.output<typeof orderingSchema>
    | z.output<typeof gapsSchema>
    | z.output<typeof sceneSchema>,
): Question {
  switch (written.kind) {
    case 'single':
    case 'multiple':
      return asChoice(written)
    case 'true-false':
      return asTrueFalse(written)
    case 'text':
      return asShortText(written)
    case 'number':
      return asNumeric(written)
    case 'matching':
      return asMatching(written)
    case 'ordering':
      return asOrdering(written)
    case 'gaps':
      return asGaps(written)
    case 'chat':
      return asScene(written)
  }
}

const kinds = {
  single: choice,
  multiple: choice,
  'true-false': choice,
  text: shortText,
  number: numeric,
  matching,
  ordering,
  gaps,
  chat: scene,
}

/** What there is to know of a question's kind: of the same kind as the question, which the compiler can't see. */
export const kindOf = (question: Pick<Question, 'kind'>): Kind<Question, KindPaper> => kinds[question.kind]

export const questionsSchema = z.array(questionSchema).min(1).superRefine(namedApart)
