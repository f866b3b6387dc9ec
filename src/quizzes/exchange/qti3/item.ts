import type { Question } from '../../questions/question.ts'
import { inText, markup, tag } from '../markup/write-xml.ts'

/** What a kind of question makes of its item, written out. */
export type Item = {
  readonly declarations: string
  readonly body: string
  readonly scoring: string
  readonly feedbackCardinality?: 'single' | 'multiple'
  /** What sets FEEDBACK, where scoring does not. */
  readonly saying?: string
  /** By the identifier that FEEDBACK has when it is to be shown. */
  readonly feedback?: readonly (readonly [string, string | undefined])[]
  /** Shown in any case. */
  readonly general: string | undefined
}

export function item(question: Question, { feedback = [], general, ...made }: Item): string {
  const { id, points = 1 } = question
  const said = feedback.filter((one): one is [string, string] => one[1] !== undefined)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(
    'qti-assessment-item',
    {
      xmlns: 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
      ...{ identifier: id, title: id, adaptive: false, 'time-dependent': false },
    },
    made.declarations,
    tag('qti-outcome-declaration', {
      ...{ identifier: 'SCORE', cardinality: 'single', 'base-type': 'float', 'normal-maximum': points },
    }),
    tag('qti-outcome-declaration', {
      ...{
        identifier: 'FEEDBACK',
        cardinality: made.feedbackCardinality ?? 'single',
        'base-type': 'identifier',
      },
    }),
    tag(
      'qti-item-body',
      { 'data-tags': question.tags?.join(' '), 'data-difficulty': question.difficulty },
      tag('div', {}, markup(question.stem)),
      made.body,
      ...(question.hints ?? []).map(({ text, cost }) =>
        tag(
          'qti-rubric-block',
          { use: 'ext:hint', view: 'tutor', 'data-cost': `${Math.round(cost * 100)}%` },
          content(text),
        ),
      ),
    ),
    tag('qti-response-processing', {}, said.length > 0 ? (made.saying ?? '') : '', made.scoring),
    ...said.map(([identifier, text]) => modal(identifier, 'show', text)),
    ...(general === undefined ? [] : [modal('general', 'hide', general)]),
  )}\n`
}

const content = (text: string) => tag('qti-content-body', {}, markup(text))

/** What is hidden when FEEDBACK is `general`, which it never is, is always shown. */
const modal = (identifier: string, showHide: 'show' | 'hide', text: string) =>
  tag(
    'qti-modal-feedback',
    { 'outcome-identifier': 'FEEDBACK', identifier, 'show-hide': showHide },
    content(text),
  )

type Declared = {
  readonly identifier?: string
  readonly cardinality: 'single' | 'multiple' | 'ordered'
  readonly 'base-type': 'identifier' | 'string' | 'float' | 'directedPair'
  readonly correct: readonly string[]
  readonly map?: readonly (readonly [string, number])[]
  readonly bounds?: Readonly<Record<string, number>>
  readonly 'case-sensitive'?: boolean
}

/** A response with what is right and what each part of it earns. */
export const declaration = ({ correct, map = [], bounds = {}, ...declared }: Declared): string =>
  tag(
    'qti-response-declaration',
    {
      identifier: declared.identifier ?? 'RESPONSE',
      ...{ cardinality: declared.cardinality, 'base-type': declared['base-type'] },
    },
    tag('qti-correct-response', {}, ...correct.map(value => tag('qti-value', {}, inText(value)))),
    map.length === 0
      ? ''
      : tag(
          'qti-mapping',
          { 'default-value': 0, ...bounds },
          ...map.map(([key, value]) =>
            tag('qti-map-entry', {
              ...{ 'map-key': key, 'mapped-value': value, 'case-sensitive': declared['case-sensitive'] },
            }),
          ),
        ),
  )

export const mapped = (identifier: string): string => tag('qti-map-response', { identifier })

export const outcome = (identifier: string, value: string): string =>
  tag('qti-set-outcome-value', { identifier }, value)

type Consequence = { readonly score?: number; readonly feedback?: string }

/** The first of the conditions that holds has its consequence, and none of them the other. */
export function conditions(
  cases: readonly (Consequence & { when: string })[],
  otherwise?: Consequence,
): string {
  const branches = cases.map(({ when, ...then }, index) =>
    tag(index === 0 ? 'qti-response-if' : 'qti-response-else-if', {}, when, consequence(then)),
  )
  return tag(
    'qti-response-condition',
    {},
    ...branches,
    otherwise ? tag('qti-response-else', {}, consequence(otherwise)) : '',
  )
}

const consequence = ({ score, feedback }: Consequence): string =>
  [
    score === undefined
      ? ''
      : outcome('SCORE', tag('qti-base-value', { 'base-type': 'float' }, String(score))),
    feedback === undefined
      ? ''
      : outcome('FEEDBACK', tag('qti-base-value', { 'base-type': 'identifier' }, feedback)),
  ].join('')
