import { even, numberIn } from '../numbers.ts'
import { type Draft, type Note, Refusal, said } from '../reading.ts'
import { acceptedFrom, creditFrom, multipleFrom, singleFrom } from '../weights.ts'
import type { Texts } from './read-gift.ts'
import { shown } from './signs.ts'

type Kept =
  'kind' | 'options' | 'whole' | 'accept' | 'otherwise' | 'pairs' | 'others' | 'answer' | 'when-right'

type Narrow<D> = D extends { kind: 'single' | 'multiple' | 'text' | 'number' | 'matching' | 'true-false' }
  ? Pick<D, Kept & keyof D>
  : never

/** What the answers of a question say of its kind and key. */
export type Answers = Narrow<Draft>

type One = {
  readonly sign: string
  readonly text: string
  readonly weight: number | null
  readonly feedback: string
}

/** What stands in the braces, general feedback aside. @throws Refusal */
export function answersOf(answers: string, texts: Texts, note: Note): Answers {
  if (answers === '')
    throw new Refusal(
      'it is answered in one’s own words, which nobody can mark by a key',
      'Ask it as the module’s reflection.',
    )
  if (answers.startsWith('#')) return numberFrom(answers.slice(1).trim(), texts, note)
  const truth = /^(t|true|f|false)\s*(?:#([^#]*)(?:#([^#]*))?)?$/i.exec(answers)
  if (truth) return truthFrom(truth, texts)
  if (answers.includes('~')) return choiceFrom(split(answers, /[~=]/), texts, note)
  if (isMatching(answers)) return matchingFrom(answers, texts)
  return textFrom(split(answers.startsWith('=') ? answers : `=${answers}`, /=/), texts, note)
}

const isMatching = (answers: string) =>
  answers.startsWith('=') && split(answers, /=/).some(({ text }) => text.includes('->'))

function truthFrom([, word = '', wrong, right]: RegExpExecArray, { markdown }: Texts): Answers {
  return said({
    kind: 'true-false',
    answer: /^t/i.test(word),
    otherwise: markdown(wrong ?? ''),
    'when-right': markdown(right ?? ''),
  })
}

/** The answers, each from its sign to the next. */
export function split(answers: string, sign: RegExp): One[] {
  if (!sign.test(answers[0] ?? ''))
    throw new Refusal('there are words before its first answer', 'Begin each answer with `=` or `~`.')
  const places = [...answers.matchAll(new RegExp(sign, 'g'))].map(({ index }) => index)
  return places.map((at, index) => oneFrom(answers[at]!, answers.slice(at + 1, places[index + 1]).trim()))
}

function oneFrom(sign: string, raw: string): One {
  const [prefix = '', weight] = /^%(-?\d{1,3}(?:\.\d*)?)%/.exec(raw) ?? []
  const [text = '', ...feedback] = raw.slice(prefix.length).split('#')
  return {
    sign,
    text: text.trim(),
    weight: weight === undefined ? null : Number(weight) / 100,
    feedback: feedback.join('#'),
  }
}

function choiceFrom(answers: readonly One[], { markdown }: Texts, note: Note): Answers {
  const weighed = answers.map(({ sign, text, weight, feedback }) => ({
    ...{ text: markdown(text), weight: weight ?? (sign === '=' ? 1 : 0) },
    feedback: markdown(feedback) || undefined,
  }))
  return answers.some(({ sign }) => sign === '=') ? singleFrom(weighed, note) : multipleFrom(weighed, note)
}

function matchingFrom(answers: string, { markdown, plain }: Texts): Answers {
  const rows = split(answers, /=/).map(({ text, feedback }) => {
    const [prompt = '', ...match] = `${text}${feedback ? `#${feedback}` : ''}`.split('->')
    if (match.length === 0)
      throw new Refusal(`'${shown(text).slice(0, 60)}' is matched with nothing`, 'Write `=this -> that`.')
    return { prompt: markdown(prompt), match: plain(match.join('->')) }
  })
  const pairs = rows.filter(({ prompt }) => prompt !== '')
  const others = rows.filter(({ prompt }) => prompt === '').map(({ match }) => match)
  return said({ kind: 'matching', pairs, others: others.length > 0 ? others : undefined })
}

function textFrom(answers: readonly One[], { markdown, plain }: Texts, note: Note): Answers {
  const read = answers.map(({ text, weight, feedback }) => ({
    ...{ text: plain(text), weight: weight ?? 1 },
    feedback: markdown(feedback) || undefined,
  }))
  const rest = read.find(({ text, weight }) => text === '*' && weight === 0)
  const accept = read
    .filter(one => one !== rest)
    .map(({ text, weight, feedback }) => acceptedFrom(text, weight, feedback, note))
  return said({ kind: 'text', accept, otherwise: rest?.feedback })
}

function numberFrom(answers: string, { markdown }: Texts, note: Note): Answers {
  const wrongAt = answers.indexOf('~')
  const right = wrongAt < 0 ? answers : answers.slice(0, wrongAt)
  const [rest] = wrongAt < 0 ? [] : split(answers.slice(wrongAt), /~/)
  const read = split(right.startsWith('=') ? right : `=${right}`, /=/)
  const star = read.find(({ text, weight }) => text === '*' && weight === 0)
  const accept = read
    .filter(one => one !== star)
    .map(({ text, weight, feedback }) =>
      said({
        ...valueFrom(text),
        credit: creditFrom(weight ?? 1, note),
        feedback: markdown(feedback) || undefined,
      }),
    )
  return said({ kind: 'number', accept, otherwise: markdown((rest ?? star)?.feedback ?? '') })
}

/** `1822`, `1822:2` or `1820..1824`. @throws Refusal when it is none of them */
function valueFrom(text: string): { value: number; tolerance?: number } {
  const [low, high] = shown(text).split('..').map(numberIn)
  if (low !== undefined && high !== undefined && text.includes('..'))
    return { value: even((low + high) / 2), tolerance: even(Math.abs(high - low) / 2) }
  const [value, tolerance] = shown(text).split(':').map(numberIn)
  if (
    value === undefined ||
    (text.includes(':') && tolerance === undefined) ||
    (shown(text).includes(':') && tolerance === undefined)
  )
    throw new Refusal(
      `'${shown(text).slice(0, 60)}' is no number`,
      'Write `1822`, `1822:2` for two more or less, or `1820..1824`.',
    )
  return tolerance ? { value, tolerance } : { value }
}
