import type { Gaps } from '../../questions/gaps.ts'
import type { Numeric } from '../../questions/numeric.ts'
import type { ShortText } from '../../questions/short-text.ts'
import { LeftOut } from '../leaving-out.ts'
import { inText, tag } from '../markup/write-xml.ts'
import { conditions, declaration, type Item, mapped, outcome } from './item.ts'

/** A place to type words in. */
export function textItem(question: ShortText, out: LeftOut): Item {
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

/** A place to type a number in. */
export function numberItem({ accept, unit, points = 1, feedback, otherwise }: Numeric): Item {
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

/** A text with places to type or to choose in. */
export function gapsItem(question: Gaps, out: LeftOut): Item {
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
