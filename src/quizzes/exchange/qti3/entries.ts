import type { Taking } from '../markup/sayable.ts'
import type { Element } from '../markup/tree.ts'
import { even, numberIn } from '../numbers.ts'
import { Refusal, said } from '../reading.ts'
import { acceptedFrom, creditFrom } from '../weights.ts'
import { branchesOf, type SaidTo } from './feedback.ts'
import { closenessOf, type Response } from './response.ts'

/** What is to be a question, of whatever kind. */
export type Kinded = { kind: string } & Record<string, unknown>

/** Words or a number to type, with all that is accepted. @throws Refusal where a number is none */
export function entryFrom(
  item: Element,
  interaction: Element,
  response: Response,
  told: SaidTo,
  taking: Taking,
): Kinded {
  if (['float', 'integer'].includes(response.baseType))
    return numberFrom(item, interaction, response, told, taking)
  const feedbackOf = new Map(branchesOf(item).map(({ value, feedback }) => [value, feedback]))
  const accept = response.keys.map(({ key, weight }) => {
    const named = feedbackOf.get(key)
    return acceptedFrom(key, weight, named && told.take(named), taking.note)
  })
  return said({
    ...{ kind: 'text', accept: withRight(accept, told), otherwise: told.wrong() },
    ...closenessOf(interaction, response),
  })
}

type Accept = ReturnType<typeof acceptedFrom>

/** What is said to any right answer is said to each that earns all. */
function withRight(accept: readonly Accept[], told: SaidTo): (Accept | { text: string; feedback: string })[] {
  const feedback = told.right()
  const earnsLess = (one: Exclude<Accept, string>) => one.credit !== undefined || one.feedback !== undefined
  return accept.map(one => {
    if (feedback === undefined || (typeof one !== 'string' && earnsLess(one))) return one
    return { ...(typeof one === 'string' ? { text: one } : one), feedback }
  })
}

function numberFrom(
  item: Element,
  interaction: Element,
  response: Response,
  told: SaidTo,
  taking: Taking,
): Kinded {
  const branches = branchesOf(item).filter(({ by }) => by?.name === 'qti-equal')
  const scores = branches.map(({ score }) => numberIn(score ?? '') ?? 1)
  const most = Math.max(...scores, 0) || 1
  const compared = branches.map(({ by, value, feedback }, index) => {
    const text = value ?? response.correct[0] ?? ''
    return said({
      ...numberWith(text, by),
      credit: creditFrom(scores[index]! / most, taking.note),
      feedback: feedback && (told.take(feedback) ?? (scores[index] === most ? told.right() : undefined)),
    })
  })
  const keyed = response.keys.map(({ key, weight }) =>
    said({
      ...numberWith(key, undefined),
      credit: creditFrom(weight, taking.note),
      feedback: weight === 1 ? told.right() : undefined,
    }),
  )
  return said({
    ...{ kind: 'number', accept: compared.length > 0 ? compared : keyed, unit: unitIn(interaction) },
    otherwise: told.wrong(),
  })
}

function numberWith(text: string, by: Element | undefined): { value: number; tolerance?: number } {
  const value = numberIn(text)
  if (value === undefined)
    throw new Refusal(`'${text.slice(0, 60)}' is no number`, 'Write it in digits.', by?.line)
  const { 'tolerance-mode': mode = 'exact', tolerance = '0' } = by?.attributes ?? {}
  const sides = tolerance.trim().split(/\s+/).map(numberIn)
  const [low = 0, high = low] = sides
  if (mode === 'exact') return { value }
  if (low !== high)
    throw new Refusal(
      'a number may be further off on one side',
      'Here it may be off alike on both sides.',
      by?.line,
    )
  const off = even(mode === 'relative' ? Math.abs(value * low) / 100 : low)
  return off > 0 ? { value, tolerance: off } : { value }
}

function unitIn({ attributes }: Element): unknown {
  try {
    return JSON.parse(attributes['data-unit'] ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
