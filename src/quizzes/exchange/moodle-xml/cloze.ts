import { decodeEntities, readHtml } from '../markup/html.ts'
import { asPlainLines } from '../markup/plain.ts'
import { childOf, type Element } from '../markup/tree.ts'
import { even, numberIn } from '../numbers.ts'
import { type Note, Refusal, said } from '../reading.ts'
import { acceptedFrom } from '../weights.ts'
import { fieldText, type Texts } from './fields.ts'

const kinds: Readonly<Record<string, 'typed' | 'cased' | 'chosen' | 'number' | 'several'>> = {
  ...{ SHORTANSWER: 'typed', SA: 'typed', MW: 'typed', SHORTANSWER_C: 'cased', SAC: 'cased', MWC: 'cased' },
  ...Object.fromEntries(
    ['MULTICHOICE', 'MC', 'MULTICHOICE_V', 'MCV', 'MULTICHOICE_H', 'MCH'].flatMap(name => [
      [name, 'chosen'],
      [`${name}S`, 'chosen'],
    ]),
  ),
  ...{ MULTICHOICE_S: 'chosen', MULTICHOICE_VS: 'chosen', MULTICHOICE_HS: 'chosen' },
  ...{ NUMERICAL: 'number', NM: 'number' },
  ...{ MULTIRESPONSE: 'several', MR: 'several', MULTIRESPONSE_H: 'several', MRH: 'several' },
}

type One = { readonly text: string; readonly weight: number; readonly feedback: string }

/** `{1:SHORTANSWER:=Berlin~%50%Bonn#Once}` and its like, whatever stands escaped in it. */
const marker = /\{(\d*):([A-Z_]+):((?:[^{}\\]|\\[\s\S])*)\}/g

/**
 * A text with gaps, as https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type describes it. The text is
 * plain here: the whole of it is what has the gaps.
 */
export function clozeFrom(question: Element, texts: Texts): Record<string, unknown> {
  const field = childOf(question, 'questiontext')
  const source = fieldText(field)
  const places = [...source.matchAll(marker)]
  if (places.length === 0)
    throw new Refusal('it has no gaps that can be read', 'Write them like `{1:SHORTANSWER:=word}`.')
  const { note } = texts.taking
  const gaps = places.map(([, , kind = '', answers = '']) => gapFrom(kind, answersIn(answers), note))
  const cased = new Set(
    places
      .filter(([, , kind = '']) => ['typed', 'cased'].includes(kinds[kind] ?? ''))
      .map(([, , kind = '']) => kinds[kind]),
  )
  if (cased.size > 1)
    throw new Refusal(
      'in some of its gaps the case of letters matters, in others not',
      'Make it two questions.',
    )
  if (new Set(places.map(([, weight]) => weight || '1')).size > 1)
    note('its gaps count alike', 'Make those that are to count more a question of their own.')
  let number = 0
  const text = asPlainLines(
    readHtml(
      source.replace(marker, () => `\u0001${++number}\u0002`),
      field?.line ?? 1,
    ),
    texts.taking,
  )
  if (/\[\d{1,2}\]/.test(text))
    throw new Refusal(
      'it has a number in square brackets, which would be a gap here',
      'Write it in round ones.',
    )
  return said({
    ...{ kind: 'gaps', stem: 'Fill in the gaps.', gaps },
    text: text.replace(/\u0001(\d+)\u0002/g, '[$1]'),
    'match-case': cased.has('cased') || undefined,
  })
}

function answersIn(answers: string): One[] {
  return split(answers, '~').map(raw => {
    const [, sign, per, rest = ''] = /^\s*(=?)(?:%(-?\d{1,3}(?:\.\d*)?)%)?([\s\S]*)$/.exec(raw) ?? []
    const [text = '', ...feedback] = split(rest, '#')
    const weight = per === undefined ? (sign === '=' ? 1 : 0) : Number(per) / 100
    return { text: unescaped(text), weight, feedback: unescaped(feedback.join('#')) }
  })
}

/** At `sign`, but not where it is escaped. */
function split(text: string, sign: '~' | '#'): string[] {
  const parts = ['']
  const add = (words: string) => {
    parts.push(`${parts.pop()}${words}`)
  }
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && at + 1 < text.length) add(text.slice(at, ++at + 1))
    else if (text[at] === sign) parts.push('')
    else add(text[at]!)
  }
  return parts
}

const unescaped = (text: string) =>
  decodeEntities(text.replace(/\\([~=#{}\\/"])/g, '$1'))
    .replace(/<[^<>]*>/g, '')
    .trim()

function gapFrom(kind: string, answers: readonly One[], note: Note): Record<string, unknown> {
  switch (kinds[kind]) {
    case 'chosen':
      return chosenFrom(answers, note)
    case 'typed':
    case 'cased':
      return {
        accept: withoutRest(answers, note).map(({ text, weight, feedback }) =>
          acceptedFrom(text, weight, feedback || undefined, note),
        ),
      }
    case 'number':
      return { accept: withoutRest(answers, note).map(one => numberFrom(one, note)) }
    case 'several':
      throw new Refusal('one of its gaps has several right answers at once', 'Make it a question of its own.')
    default:
      throw new Refusal(
        `nobody knows the gap '${kind.slice(0, 40)}'`,
        'Write SHORTANSWER, MULTICHOICE or NUMERICAL.',
      )
  }
}

function withoutRest(answers: readonly One[], note: Note): One[] {
  const kept = answers.filter(({ text, weight }) => text !== '*' || weight !== 0)
  if (kept.length < answers.length)
    note('what a gap says to any other answer is left out', 'Say it in `feedback`.')
  return kept
}

function chosenFrom(answers: readonly One[], note: Note): Record<string, unknown> {
  if (answers.some(({ weight }) => weight !== 0 && weight !== 1))
    throw new Refusal(
      'a word to choose earns a part, and here it is right or wrong',
      'Give one word all of it.',
    )
  if (answers.some(({ feedback }) => feedback))
    note('what is said to single words to choose is left out', 'Say it in `feedback`.')
  const right = answers.filter(({ weight }) => weight === 1)
  if (right.length !== 1)
    throw new Refusal(`a gap has ${right.length} right words to choose from`, 'Mark one of them with `=`.')
  return { options: answers.map(({ text }) => text), correct: right[0]!.text }
}

function numberFrom({ text, weight, feedback }: One, note: Note): unknown {
  const [value, tolerance = 0] = text.split(':').map(numberIn)
  if (value === undefined || even(tolerance) !== 0)
    throw new Refusal(
      `a gap takes '${text.slice(0, 40)}', and gaps here take words`,
      'Make it a question for a number, which may be a little off.',
    )
  note('a number in a gap is right as it is written', 'Add other ways of writing it to `accept`.')
  return acceptedFrom(String(value), weight, feedback || undefined, note)
}
