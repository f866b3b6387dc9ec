import type { FrozenQuestion } from '../marking.ts'
import type { Choice } from '../questions/choice.ts'
import type { Gaps } from '../questions/gaps.ts'
import type { Matching } from '../questions/matching.ts'
import type { Ordering } from '../questions/ordering.ts'
import type { Scene } from '../questions/scene.ts'

/** A try's questions are the same objects again and again. */
const known = new WeakMap<FrozenQuestion, string>()

/**
 * What a question asks and what is right, in whatever order its options were shown and under whatever letters: the
 * same string, the same question. What is said afterwards, hints, tags and points are not part of it.
 */
export function wordingOf(question: FrozenQuestion): string {
  let wording = known.get(question)
  if (wording === undefined) {
    const { kind, stem } = question
    wording = JSON.stringify([kind, stem.trim(), asked(question)])
    known.set(question, wording)
  }
  return wording
}

function asked(question: FrozenQuestion): unknown {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return ofChoice(question)
    case 'text':
      return [question.accept.map(({ text, credit }) => [text, credit]), closeness(question)]
    case 'number':
      return [
        question.accept.map(({ value, tolerance, credit }) => [value, tolerance, credit]),
        question.unit ?? [],
      ]
    case 'matching':
      return ofMatching(question)
    case 'ordering':
      return ofOrdering(question)
    case 'gaps':
      return ofGaps(question)
    case 'chat':
      return ofScene(question)
  }
}

const closeness = ({ matchCase, matchAccents }: { matchCase: boolean; matchAccents: boolean }) => [
  matchCase,
  matchAccents,
]

const sorted = (things: readonly unknown[]) => things.map(thing => JSON.stringify(thing)).sort()

const ofChoice = ({ options, whole }: Choice) => [
  sorted(options.map(({ text, correct }) => [text, correct])),
  whole ?? false,
]

function ofMatching({ prompts, choices }: Matching) {
  const textOf = new Map(choices.map(({ id, text }) => [id, text]))
  return [
    prompts.map(({ text, match }) => [text, textOf.get(match)]),
    sorted(choices.map(({ text }) => text)),
  ]
}

function ofOrdering({ items, order }: Ordering) {
  const textOf = new Map(items.map(({ id, text }) => [id, text]))
  return order.map(id => textOf.get(id))
}

const ofGaps = (question: Gaps) => [
  question.pieces,
  closeness(question),
  question.gaps.map(gap =>
    gap.as === 'chosen'
      ? [sorted(gap.options), gap.correct]
      : gap.accept.map(({ text, credit }) => [text, credit]),
  ),
]

const ofScene = ({ start, turns }: Scene) => [
  start,
  sorted(
    Object.entries(turns).map(([name, { says, choices }]) => [
      name,
      says.map(({ by, words }) => [by, words]),
      sorted(choices.map(({ text, worth, next }) => [text, worth, next ?? null])),
    ]),
  ),
]
