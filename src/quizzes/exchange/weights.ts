import { said, type Draft, type Note } from './reading.ts'

/** An option with what choosing it earns, from -1 to 1. */
export type Weighed = {
  readonly text: string
  readonly weight: number
  readonly feedback?: string | undefined
}

/** Weights are given with few places: a third may be 33.333 or 33.3. */
const alike = (one: number, other: number) => Math.abs(one - other) < 0.002

const asOptions = (weighed: readonly Weighed[], isRight: (option: Weighed) => boolean) =>
  weighed.map(option =>
    said({ text: option.text, correct: isRight(option) || undefined, feedback: option.feedback }),
  )

/** One answer is right. What others earn in part has no place in ours: it is told. */
export function singleFrom(
  weighed: readonly Weighed[],
  note: Note,
): Pick<Extract<Draft, { kind: 'single' }>, 'kind' | 'options'> {
  const part = weighed.filter(({ weight }) => weight !== 0 && !alike(weight, 1))
  if (part.length > 0)
    note(
      `${part.length === 1 ? 'an option that earned' : `${part.length} options that earned`} a part, or cost something, earn nothing here`,
      'Make it `kind: multiple`, or leave it so: a single choice is right or wrong.',
    )
  return { kind: 'single', options: asOptions(weighed, ({ weight }) => alike(weight, 1)) }
}

/** Several are right. We give each right one its share and take away a share for each wrong one. */
export function multipleFrom(
  weighed: readonly Weighed[],
  note: Note,
  whole = false,
): Pick<Extract<Draft, { kind: 'multiple' }>, 'kind' | 'options' | 'whole'> {
  const right = weighed.filter(({ weight }) => weight > 0)
  const wrong = weighed.filter(({ weight }) => weight <= 0)
  const kept =
    right.every(({ weight }) => alike(weight, 1 / right.length)) &&
    wrong.every(({ weight }) => alike(weight, -1 / wrong.length))
  if (!kept && !whole)
    note(
      'its weights become equal shares: each right option earns one, each wrong one takes one away',
      'Nothing needs doing, unless the old weights matter to you.',
    )
  return {
    ...{ kind: 'multiple', options: asOptions(weighed, ({ weight }) => weight > 0) },
    ...(whole ? { whole } : {}),
  }
}

/** A share of the points as authors write it; nothing where it is all of them. Only whole per cents are kept. */
export function creditFrom(weight: number, note: Note): string | undefined {
  if (alike(weight, 1)) return undefined
  const share = Math.round(weight * 100)
  if (!alike(share / 100, weight))
    note(`${+(weight * 100).toFixed(3)}% becomes ${share}%`, 'Shares are whole per cents here.')
  return `${Math.min(100, Math.max(0, share))}%`
}

/** Words that are right, each with what it earns. */
export const acceptedFrom = (text: string, weight: number, feedback: string | undefined, note: Note) => {
  const credit = creditFrom(weight, note)
  return credit || feedback ? said({ text, credit, feedback }) : text
}
