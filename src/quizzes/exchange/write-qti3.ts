import type { Choice } from '../questions/choice.ts'
import type { Gaps } from '../questions/gaps.ts'
import type { Matching } from '../questions/matching.ts'
import type { Numeric } from '../questions/numeric.ts'
import type { Ordering } from '../questions/ordering.ts'
import type { Question } from '../questions/question.ts'
import type { ShortText } from '../questions/short-text.ts'
import { type LeftOutCount, LeftOut } from './leaving-out.ts'
import { conditions, declaration, item, mapped, outcome, type Item } from './qti3-item.ts'
import { hasForbidden, inText, markup, tag } from './write-xml.ts'

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

const choiceOf = (id: string, text: string) => tag('qti-simple-choice', { identifier: id }, markup(text))

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

const isCorrect = tag(
  'qti-match',
  {},
  tag('qti-variable', { identifier: 'RESPONSE' }),
  tag('qti-correct', { identifier: 'RESPONSE' }),
)

/** The answers that can be compared word for word, each once. */
function accepted<T extends { readonly text: string }>(accept: readonly T[], out: LeftOut): T[] {
  if (accept.some(({ text }) => text.includes('*'))) throw new LeftOut.Cannot('answers with stars in them')
  const once = accept.filter(({ text }, index) => accept.findIndex(other => other.text === text) === index)
  out.part('answers that stand twice', once.length < accept.length)
  return once
}

const entry = (identifier: string, { matchCase, matchAccents }: ShortText | Gaps) =>
  tag('qti-text-entry-interaction', {
    'response-identifier': identifier,
    ...{ 'data-match-case': matchCase || undefined, 'data-match-accents': matchAccents || undefined },
  })

const variable = tag('qti-variable', { identifier: 'RESPONSE' })

function textItem(question: ShortText, out: LeftOut): Item {
  const accept = accepted(question.accept, out)
  const { points = 1, matchCase } = question
  const matches = (text: string) =>
    tag(
      'qti-string-match',
      { 'case-sensitive': matchCase },
      variable,
      tag('qti-base-value', { 'base-type': 'string' }, inText(text)),
    )
  return {
    declarations: declaration({
      ...{ cardinality: 'single', 'base-type': 'string', 'case-sensitive': matchCase },
      correct: accept
        .filter(({ credit }) => credit === 1)
        .slice(0, 1)
        .map(({ text }) => text),
      map: accept.map(({ text, credit }) => [text, credit * points] as const),
    }),
    body: tag('p', {}, entry('RESPONSE', question)),
    scoring: outcome('SCORE', mapped('RESPONSE')),
    feedbackCardinality: 'single',
    saying: conditions(
      accept.map(({ text }, index) => ({ when: matches(text), feedback: `answer-${index + 1}` })),
      { feedback: 'otherwise' },
    ),
    feedback: [
      ...accept.map(({ feedback }, index) => [`answer-${index + 1}`, feedback] as const),
      ['otherwise', question.otherwise],
    ],
    general: question.feedback,
  }
}

function numberItem({ accept, unit, points = 1, feedback, otherwise }: Numeric): Item {
  const best = accept.toSorted((a, b) => b.credit - a.credit)
  const near = ({ value, tolerance }: Numeric['accept'][number]) =>
    tag(
      'qti-equal',
      { 'tolerance-mode': 'absolute', tolerance: `${tolerance} ${tolerance}` },
      variable,
      tag('qti-base-value', { 'base-type': 'float' }, String(value)),
    )
  return {
    declarations: declaration({
      ...{ cardinality: 'single', 'base-type': 'float', correct: [String(best[0]?.value ?? 0)] },
    }),
    body: tag(
      'p',
      {},
      tag('qti-text-entry-interaction', {
        ...{ 'response-identifier': 'RESPONSE', 'data-unit': unit && JSON.stringify(unit) },
      }),
    ),
    scoring: conditions(
      best.map((one, index) => ({
        when: near(one),
        score: one.credit * points,
        feedback: `answer-${index + 1}`,
      })),
      { feedback: 'otherwise' },
    ),
    feedbackCardinality: 'single',
    feedback: [
      ...best.map((one, index) => [`answer-${index + 1}`, one.feedback] as const),
      ['otherwise', otherwise],
    ],
    general: feedback,
  }
}

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

function gapsItem(question: Gaps, out: LeftOut): Item {
  const { pieces, gaps, points = 1 } = question
  const each = points / gaps.length
  const parts = gaps.map((gap, index) => {
    const identifier = `RESPONSE${index + 1}`
    if (gap.as === 'chosen') return chosenGap(identifier, gap, each)
    const accept = accepted(gap.accept, out)
    out.part(
      'feedback for single answers in gaps',
      accept.some(({ feedback }) => feedback !== undefined),
    )
    return {
      declaration: declaration({
        ...{ identifier, cardinality: 'single', 'base-type': 'string', 'case-sensitive': question.matchCase },
        correct: accept
          .filter(({ credit }) => credit === 1)
          .slice(0, 1)
          .map(({ text }) => text),
        map: accept.map(({ text, credit }) => [text, credit * each] as const),
      }),
      body: entry(identifier, question),
    }
  })
  const piece = (text = '') => text.split('\n').map(inText).join('<br/>')
  return {
    declarations: parts.map(part => part.declaration).join(''),
    body: tag(
      'div',
      { 'data-kind': 'gaps' },
      piece(pieces[0]),
      ...parts.map(({ body }, index) => `${body}${piece(pieces[index + 1])}`),
    ),
    scoring: outcome('SCORE', tag('qti-sum', {}, ...gaps.map((_, index) => mapped(`RESPONSE${index + 1}`)))),
    general: question.feedback,
  }
}

function chosenGap(
  identifier: string,
  { options, correct }: Extract<Gaps['gaps'][number], { as: 'chosen' }>,
  each: number,
) {
  const right = `O${options.indexOf(correct) + 1}`
  return {
    declaration: declaration({
      ...{ identifier, cardinality: 'single', 'base-type': 'identifier', correct: [right] },
      map: [[right, each] as const],
    }),
    body: tag(
      'qti-inline-choice-interaction',
      { 'response-identifier': identifier },
      ...options.map((option, index) =>
        tag('qti-inline-choice', { identifier: `O${index + 1}` }, inText(option)),
      ),
    ),
  }
}
