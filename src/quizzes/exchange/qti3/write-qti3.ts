import type { Choice } from '../../questions/choice.ts'
import type { Matching } from '../../questions/matching.ts'
import type { Ordering } from '../../questions/ordering.ts'
import type { Question } from '../../questions/question.ts'
import { type LeftOutCount, LeftOut } from '../leaving-out.ts'
import { hasForbidden, inText, markup, tag } from '../markup/write-xml.ts'
import { conditions, declaration, item, type Item, mapped, outcome } from './item.ts'
import { gapsItem, numberItem, textItem } from './write-entries.ts'

export type Qti3 = {
  readonly items: readonly { readonly question: Question; readonly xml: string }[]
  readonly leftOut: readonly LeftOutCount[]
}

/**
 * Questions as items of QTI 3 (https://www.imsglobal.org/spec/qti/v3p0/impl), scored as we score them, save that an
 * order is right or wrong. Hints stand in rubric blocks for tutors, and what QTI has no name for in `data-` attributes.
 * Scenes, and answers with stars in them, can't be said.
 */
export function writeQti3(questions: readonly Question[]): Qti3 {
  const out = new LeftOut()
  const items = questions.flatMap(question =>
    out.whole(() => {
      const xml = item(question, itemOf(question, out))
      if (hasForbidden(xml)) throw new LeftOut.Cannot('signs that XML has no place for')
      return { question, xml }
    }),
  )
  return { items, leftOut: out.counts() }
}

function itemOf(question: Question, out: LeftOut): Item {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return choiceItem(question)
    case 'text':
      return textItem(question, out)
    case 'number':
      return numberItem(question)
    case 'matching':
      return matchingItem(question)
    case 'ordering':
      return orderingItem(question, out)
    case 'gaps':
      return gapsItem(question, out)
    case 'chat':
      throw new LeftOut.Cannot('chat scenes')
  }
}

function choiceItem({ kind, options, whole, feedback, points = 1 }: Choice): Item {
  const right = options.filter(({ correct }) => correct)
  const cardinality = kind === 'multiple' ? 'multiple' : 'single'
  const share = ({ correct }: Choice['options'][number]) =>
    correct ? points / right.length : -points / (options.length - right.length)
  const inParts = kind === 'multiple' && !whole
  // What is said to both alike is said in general, unless something else is.
  const sameSaid =
    kind === 'true-false' &&
    feedback === undefined &&
    options.every(one => one.feedback === options[0]?.feedback)
  return {
    declarations: declaration({
      ...{ cardinality, 'base-type': 'identifier', correct: right.map(({ id }) => id) },
      map: inParts ? options.map(option => [option.id, share(option)] as const) : [],
      bounds: { 'lower-bound': 0, 'upper-bound': points },
    }),
    body: tag(
      'qti-choice-interaction',
      { 'response-identifier': 'RESPONSE', 'max-choices': cardinality === 'single' ? 1 : 0 },
      ...options.map(({ id, text }) => choiceOf(id, text)),
    ),
    scoring: inParts
      ? outcome('SCORE', mapped('RESPONSE'))
      : conditions([{ when: isCorrect, score: points }]),
    feedbackCardinality: cardinality,
    saying: outcome('FEEDBACK', tag('qti-variable', { identifier: 'RESPONSE' })),
    feedback: sameSaid ? [] : options.map(({ id, feedback: text }) => [id, text] as const),
    general: sameSaid ? options[0]?.feedback : feedback,
  }
}

const choiceOf = (id: string, text: string) => tag('qti-simple-choice', { identifier: id }, markup(text))

const isCorrect = tag(
  'qti-match',
  {},
  tag('qti-variable', { identifier: 'RESPONSE' }),
  tag('qti-correct', { identifier: 'RESPONSE' }),
)

function matchingItem({ prompts, choices, points = 1, feedback }: Matching): Item {
  const pairs = prompts.map(({ match }, index) => `P${index + 1} ${match}`)
  const associable = (identifier: string, max: number, inside: string) =>
    tag('qti-simple-associable-choice', { identifier, 'match-max': max }, inside)
  return {
    declarations: declaration({
      ...{ cardinality: 'multiple', 'base-type': 'directedPair', correct: pairs },
      map: pairs.map(pair => [pair, points / pairs.length] as const),
    }),
    body: tag(
      'qti-match-interaction',
      { 'response-identifier': 'RESPONSE', 'max-associations': prompts.length },
      tag(
        'qti-simple-match-set',
        {},
        ...prompts.map(({ text }, index) => associable(`P${index + 1}`, 1, markup(text))),
      ),
      tag('qti-simple-match-set', {}, ...choices.map(({ id, text }) => associable(id, 0, inText(text)))),
    ),
    scoring: outcome('SCORE', mapped('RESPONSE')),
    general: feedback,
  }
}

function orderingItem({ items, order, points = 1, feedback }: Ordering, out: LeftOut): Item {
  out.part('that neighbours in the right order earn a part', true)
  return {
    declarations: declaration({ cardinality: 'ordered', 'base-type': 'identifier', correct: order }),
    body: tag(
      'qti-order-interaction',
      { 'response-identifier': 'RESPONSE' },
      ...items.map(({ id, text }) => choiceOf(id, text)),
    ),
    scoring: conditions([{ when: isCorrect, score: points }]),
    general: feedback,
  }
}
