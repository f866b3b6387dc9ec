import { asPlain, asPlainLines } from '../markup/plain.ts'
import type { Taking } from '../markup/sayable.ts'
import { childrenOf, type Element, everythingIn, isElement } from '../markup/tree.ts'
import { Refusal, said } from '../reading.ts'
import { acceptedFrom } from '../weights.ts'
import type { SaidTo } from './feedback.ts'
import { closenessOf, responseOf } from './response.ts'

/** A text with places to type or to choose in. What stands before the first of them is the question. */
export function gapsIn(item: Element, body: Element, all: readonly Element[], told: SaidTo, taking: Taking) {
  const holders = holdersOf(body, all)
  const gaps = all.map(gap => gapFrom(item, gap, taking))
  const cased = new Set(
    gaps.flatMap(({ closeness }) => (closeness ? [closeness['match-case'] ?? false] : [])),
  )
  if (cased.size > 1)
    throw new Refusal(
      'in some of its gaps the case of letters matters, in others not',
      'Make it two questions.',
    )
  const closeness = gaps.find(one => one.closeness)?.closeness
  const text = asPlainLines({ ...body, children: holders.map(holder => numbered(holder, all)) }, taking)
  const right = told.right()
  return said({
    ...{ kind: 'gaps', text, gaps: gaps.map(({ gap }) => gap), ...closeness },
    feedback: told.general ?? right,
    inStem: (element: Element) => !holders.includes(element),
  })
}

/** The parts of the body that have gaps in them, as small as they stand beside each other. */
function holdersOf(body: Element, all: readonly Element[]): Element[] {
  const has = (element: Element) => everythingIn(element).some(one => all.includes(one))
  const parts = body.children.filter(isElement)
  const holders = parts.filter(part => all.includes(part) || has(part))
  const only = holders[0]
  // A wrapper around everything says nothing of where the question ends.
  return holders.length === 1 &&
    only &&
    parts.length === 1 &&
    only.children.filter(isElement).length > 1 &&
    !isText(only, all)
    ? holdersOf(only, all)
    : holders
}

const isText = (element: Element, all: readonly Element[]) =>
  element.name === 'p' || element.children.some(child => isElement(child) && all.includes(child))

const numbered = (element: Element, all: readonly Element[]): Element => {
  const place = all.indexOf(element)
  if (place >= 0) return { ...element, name: 'span', children: [`[${place + 1}]`] }
  return {
    ...element,
    children: element.children.map(child => (isElement(child) ? numbered(child, all) : child)),
  }
}

function gapFrom(item: Element, gap: Element, taking: Taking) {
  const response = responseOf(item, gap)
  if (gap.name === 'qti-text-entry-interaction') {
    if (['float', 'integer'].includes(response.baseType))
      taking.note(
        'a number in a gap is right as it is written',
        'Add other ways of writing it to `accept`.',
        gap.line,
      )
    const accept = response.keys.map(({ key, weight }) => acceptedFrom(key, weight, undefined, taking.note))
    return { gap: { accept }, closeness: closenessOf(gap, response) }
  }
  const options = childrenOf(gap, 'qti-inline-choice').map(choice => ({
    text: asPlain(choice, taking),
    weight: response.weightOf(choice.attributes.identifier ?? ''),
  }))
  const right = options.filter(({ weight }) => weight === 1)
  if (right.length !== 1 || options.some(({ weight }) => weight !== 0 && weight !== 1))
    throw new Refusal(
      'a gap has not one right word to choose',
      'Give one of its words all of the points.',
      gap.line,
    )
  return { gap: { options: options.map(({ text }) => text), correct: right[0]!.text }, closeness: undefined }
}
