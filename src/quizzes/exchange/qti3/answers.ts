import { asMarkdown } from '../markup/markdown.ts'
import { asPlain } from '../markup/plain.ts'
import type { Taking } from '../markup/sayable.ts'
import { childrenOf, type Element, everythingIn, isElement } from '../markup/tree.ts'
import { Refusal, said } from '../reading.ts'
import { multipleFrom, singleFrom } from '../weights.ts'
import { entryFrom, type Kinded } from './entries.ts'
import type { SaidTo } from './feedback.ts'
import { gapsIn } from './gaps.ts'
import { responseOf, type Response } from './response.ts'

const blocks = ['qti-choice-interaction', 'qti-order-interaction', 'qti-match-interaction']
const inline = ['qti-text-entry-interaction', 'qti-inline-choice-interaction']
export const interactions = [...blocks, ...inline]

type Answers = Record<string, unknown> & {
  readonly kind: string
  /** Whether a part of the body belongs to the question, and not to its answers. */
  readonly inStem: (element: Element) => boolean
}

const everywhere = () => true

/** What the interactions of an item say of its kind and key. @throws Refusal where there is none that we have */
export function qtiAnswers(item: Element, body: Element, told: SaidTo, taking: Taking): Answers {
  const all = everythingIn(body).filter(({ name }) => name.endsWith('-interaction'))
  const [first] = all
  if (!first) throw new Refusal('it asks nothing', 'Put its text into the lesson.')
  const other = all.find(({ name }) => !interactions.includes(name))
  if (other)
    throw new Refusal(
      `a ${other.name.replace(/^qti-|-interaction$/g, '').replaceAll('-', ' ')} interaction is not known here`,
      'Ask it as a choice, an order, a match, a text entry or an inline choice.',
      other.line,
    )
  const isInline = all.every(({ name }) => inline.includes(name))
  if (all.length > 1 && !isInline)
    throw new Refusal('it asks several things at once', 'Make each a question of its own.', all[1]?.line)
  if (isInline && !standsAlone(first, body, all)) return gapsIn(item, body, all, told, taking)

  const response = responseOf(item, first)
  switch (first.name) {
    case 'qti-choice-interaction':
      return { inStem: everywhere, ...choiceFrom(first, response, told, taking) }
    case 'qti-order-interaction':
      return { inStem: everywhere, ...orderFrom(first, response, told, taking) }
    case 'qti-match-interaction':
      return { inStem: everywhere, ...matchFrom(first, response, told, taking) }
    default:
      return { inStem: everywhere, ...entryFrom(item, first, response, told, taking) }
  }
}

/** Whether there is one place to type, in a paragraph of its own. */
function standsAlone(entry: Element, body: Element, all: readonly Element[]): boolean {
  if (all.length > 1 || entry.name !== 'qti-text-entry-interaction') return false
  const parent = [body, ...everythingIn(body)].find(({ children }) => children.includes(entry))
  if (!parent || parent.attributes['data-kind'] === 'gaps') return false
  return (
    parent === body ||
    parent.children.every(child => child === entry || (!isElement(child) && child.trim() === ''))
  )
}

function choiceFrom(interaction: Element, response: Response, told: SaidTo, taking: Taking): Kinded {
  const options = childrenOf(interaction, 'qti-simple-choice').map(choice => ({
    id: choice.attributes.identifier ?? '',
    text: asMarkdown(withoutFeedback(choice), taking),
  }))
  const isTruth =
    options.length === 2 &&
    ['true', 'false'].every(id => options.some(one => one.id === id && one.text.toLowerCase() === id))
  const weighed = options.map(({ id, text }) => ({
    text,
    weight: response.weightOf(id),
    feedback: told.take(id),
  }))
  const rights = weighed.filter(({ weight }) => weight > 0).length
  const [right, wrong] = response.cardinality === 'single' || rights === 1 ? [told.right(), told.wrong()] : []
  const spoken = weighed.map(one => ({ ...one, feedback: one.feedback ?? (one.weight > 0 ? right : wrong) }))
  if (isTruth && response.cardinality === 'single') {
    const truth = options.findIndex(({ id }) => id === 'true')
    const answer = spoken[truth]!.weight > 0
    const [of, other] = answer ? [truth, 1 - truth] : [1 - truth, truth]
    return said({
      kind: 'true-false',
      answer,
      'when-right': spoken[of]?.feedback,
      otherwise: spoken[other]?.feedback,
    })
  }
  return response.cardinality === 'single'
    ? singleFrom(spoken, taking.note)
    : multipleFrom(spoken, taking.note, !response.isMapped)
}

const withoutFeedback = (element: Element): Element => ({
  ...element,
  children: element.children.filter(child => !isElement(child) || child.name !== 'qti-feedback-inline'),
})

function orderFrom(interaction: Element, response: Response, told: SaidTo, taking: Taking): Kinded {
  const textOf = new Map(
    childrenOf(interaction, 'qti-simple-choice').map(choice => [
      choice.attributes.identifier ?? '',
      asMarkdown(withoutFeedback(choice), taking),
    ]),
  )
  if (response.correct.length !== textOf.size || response.correct.some(id => !textOf.has(id)))
    throw new Refusal(
      'the right order does not name each of its items once',
      'Name them all in `<qti-correct-response>`.',
      response.line,
    )
  taking.note(
    'neighbours in the right order earn a part',
    'Nothing needs doing, unless only the whole is to count.',
  )
  return said({
    kind: 'ordering',
    items: response.correct.map(id => textOf.get(id)!),
    feedback: told.general ?? told.right(),
  })
}

function matchFrom(interaction: Element, response: Response, told: SaidTo, taking: Taking): Kinded {
  const [prompts = [], choices = []] = childrenOf(interaction, 'qti-simple-match-set').map(set =>
    childrenOf(set, 'qti-simple-associable-choice'),
  )
  const textOf = new Map(choices.map(choice => [choice.attributes.identifier ?? '', asPlain(choice, taking)]))
  const right = response.correct.map(pair => pair.trim().split(/\s+/))
  const pairs = prompts.map(prompt => {
    const found = right
      .filter(([from]) => from === prompt.attributes.identifier)
      .map(([, to = '']) => textOf.get(to))
    const [match] = found
    if (found.length !== 1 || match === undefined)
      throw new Refusal(
        `'${asPlain(prompt, taking).slice(0, 60)}' goes with ${found.length === 1 ? 'nothing that is there' : found.length || 'nothing'}`,
        'Here each prompt goes with one thing.',
        prompt.line,
      )
    return { prompt: asMarkdown(prompt, taking), match }
  })
  if (response.isUneven(response.correct))
    taking.note('its pairs count alike', 'Nothing needs doing, unless some are to count more.')
  if (!response.isMapped)
    taking.note('each pair earns its share', 'Nothing needs doing, unless only the whole is to count.')
  const matched = new Set(pairs.map(({ match }) => match))
  const others = [...new Set(textOf.values())].filter(text => !matched.has(text))
  return said({
    ...{ kind: 'matching', pairs, others: others.length > 0 ? others : undefined },
    feedback: told.general ?? told.right(),
  })
}
