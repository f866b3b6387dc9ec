import { asMarkdown } from '../markup/markdown.ts'
import type { Taking } from '../markup/sayable.ts'
import { childOf, childrenOf, type Element, everythingIn, isElement, textOf, within } from '../markup/tree.ts'
import { readXml } from '../markup/xml.ts'
import { numberIn } from '../numbers.ts'
import { type Draft, Gathering, type Note, type Reading, Refusal, said } from '../reading.ts'
import { tagsFrom } from '../tags.ts'
import { interactions, qtiAnswers } from './answers.ts'
import { feedbackIn, type SaidTo } from './feedback.ts'

/**
 * Reads items of QTI 3 (https://www.imsglobal.org/spec/qti/v3p0/impl): one, or several in whatever stands around them.
 * @throws Refusal when the file has none
 */
export function readQti3(text: string, hasPicture: Taking['hasPicture']): Reading {
  const gathering = new Gathering()
  takeItems(text, hasPicture, gathering)
  return gathering
}

/** The same, into what has been gathered from other files of a package. */
export function takeItems(text: string, hasPicture: Taking['hasPicture'], gathering: Gathering): void {
  const root = readXml(text)
  const items = root.name === 'qti-assessment-item' ? [root] : within(root, 'qti-assessment-item')
  if (items.length === 0) throw new Refusal(...noItems(root))
  for (const item of items)
    gathering.take(item.line, note => ({
      name: item.attributes.title?.trim() || item.attributes.identifier || '',
      draft: draftOf(item, { note, hasPicture }),
    }))
}

const noItems = (root: Element): [string, string, number] =>
  /^(assessmentItem|questestinterop)$/.test(root.name)
    ? [
        'the file is of an earlier version of QTI',
        'Export it as QTI 3, or turn it into QTI 3 first.',
        root.line,
      ]
    : [
        `the file begins with <${root.name}>, and has no <qti-assessment-item> in it`,
        'Name another format, or export the items themselves.',
        root.line,
      ]

function draftOf(item: Element, taking: Taking): Draft {
  const body = childOf(item, 'qti-item-body')
  if (!body) throw new Refusal('it has no <qti-item-body>', 'Export it once more.')
  refuseWhatMoves(item)
  const told = feedbackIn(item, taking)
  const { kind, inStem, ...answers } = qtiAnswers(item, body, told, taking)
  const tags = tagsFrom((body.attributes['data-tags'] ?? '').split(/\s+/).filter(Boolean), taking.note)
  const difficulty = body.attributes['data-difficulty']
  const draft = said({
    stem: asMarkdown(stemOf(body, inStem), taking) || defaultStem(kind),
    ...{ kind, ...answers, ...{ points: pointsOf(item, taking.note), hints: hintsOf(body, taking), tags } },
    difficulty: difficulty && ['easy', 'medium', 'hard'].includes(difficulty) ? difficulty : undefined,
    feedback: told.general,
  }) as Draft
  tellUnused(told, taking.note)
  return draft
}

const defaultStem = (kind: string) => (kind === 'gaps' ? 'Fill in the gaps.' : '')

function refuseWhatMoves(item: Element): void {
  if (item.attributes.adaptive === 'true')
    throw new Refusal('it goes on after an answer', 'Write it as questions of their own.')
  const [calculated] = within(item, 'qti-template-declaration', 'qti-template-processing')
  if (calculated)
    throw new Refusal(
      'it is calculated anew each time',
      'Write some of its cases as questions.',
      calculated.line,
    )
  const [stimulus] = within(item, 'qti-assessment-stimulus-ref')
  if (stimulus)
    throw new Refusal(
      'it is about a text that stands in another file',
      'Put the text into the question.',
      stimulus.line,
    )
}

/** What stands before the answers: the body and the prompt, without what is no question. */
function stemOf(body: Element, inStem: (element: Element) => boolean): Element {
  const without = (element: Element): Element => ({
    ...element,
    children: element.children
      .filter(child => !isElement(child) || (inStem(child) && !apart.has(child.name)))
      .map(child => (isElement(child) ? without(child) : child)),
  })
  const prompts = within(body, ...interactions).flatMap(one => childrenOf(one, 'qti-prompt'))
  return { ...body, children: [...without(body).children, ...prompts] }
}

const apart = new Set([...interactions, 'qti-rubric-block', 'qti-feedback-block', 'qti-feedback-inline'])

function pointsOf(item: Element, note: Note): number | undefined {
  const outcomes = childrenOf(item, 'qti-outcome-declaration')
  const named = (name: string) => outcomes.find(({ attributes }) => attributes.identifier === name)
  const most =
    numberIn(named('SCORE')?.attributes['normal-maximum'] ?? '') ?? numberIn(textOf(named('MAXSCORE'))) ?? 1
  const points = Math.min(10, Math.max(1, Math.round(most)))
  if (points !== most)
    note(`it was worth ${most} points, and is worth ${points} here`, 'Points are whole, from 1 to 10.')
  return points === 1 ? undefined : points
}

function hintsOf(body: Element, taking: Taking) {
  const blocks = everythingIn(body).filter(({ name }) => name === 'qti-rubric-block')
  const hints = blocks.filter(({ attributes }) => attributes.use === 'ext:hint')
  if (hints.length < blocks.length)
    taking.note(
      'instructions beside the question are left out',
      'Put into the question what everybody is to read.',
    )
  if (hints.length === 0) return undefined
  return hints.map(hint => ({
    text: asMarkdown(hint, taking),
    cost: /^(100|\d{1,2})%$/.test(hint.attributes['data-cost'] ?? '') ? hint.attributes['data-cost'] : '25%',
  }))
}

function tellUnused(told: SaidTo, note: Note): void {
  const unused = told.unused()
  if (unused > 0)
    note(
      `${unused === 1 ? 'one piece' : `${unused} pieces`} of its feedback can’t be told to whom it speaks, and is left out`,
      'Say it in `feedback`.',
    )
}
