import type { FrozenQuestion } from '../marking.ts'
import type { Choice } from '../questions/choice.ts'
import { mean } from './mean.ts'
import { meanAmong, ranked } from './ranked.ts'
import type { Seen } from './seen.ts'

/** The share of the strongest, the middle and the weakest third, from 0 to 1. */
export type Thirds = readonly [strong: number, middle: number, weak: number]

/** How an option drew people. */
export interface OptionPull {
  /** Markdown. */
  text: string
  right: boolean
  people: number
  /** The share of all who picked it. */
  picked: number
  /** Null where nobody was asked anything else, or all did equally well there. */
  thirds: Thirds | null
}

export interface ChosenFrom {
  as: 'options'
  /** Whether one may pick several. */
  several: boolean
  options: readonly OptionPull[]
  /** How many left it open. */
  open: number
}

/**
 * How each option of a choice drew the strong and the weak, by the share they earned of the other questions. Options
 * are told apart by their text: each try may have shown them in another order and under other letters.
 */
export function pullOf({ kind, options }: Choice, seen: readonly Seen[]): ChosenFrom {
  const picks = seen.map(one => ({ picked: textsPicked(one), rest: one.rest }))
  const blocks = ranked(
    picks.filter(({ rest }) => rest !== null),
    ({ rest }) => rest ?? 0,
  )
  const count = blocks.reduce((sum, block) => sum + block.length, 0)
  const thirdsOf = (text: string): Thirds | null => {
    if (blocks.length < 2 || count < 3) return null
    const third = (from: number) =>
      meanAmong(blocks, (count * from) / 3, (count * (from + 1)) / 3, ({ picked }) =>
        Number(picked.has(text)),
      )
    return [third(0), third(1), third(2)]
  }
  return {
    ...{ as: 'options', several: kind === 'multiple' },
    options: options.map(({ text, correct }) => ({
      ...{ text, right: correct, thirds: thirdsOf(text) },
      people: picks.filter(({ picked }) => picked.has(text)).length,
      picked: mean(picks.map(({ picked }) => Number(picked.has(text)))) ?? 0,
    })),
    open: picks.filter(({ picked }) => picked.size === 0).length,
  }
}

/** Thousands give the same few answers to the same question. */
const pickedBefore = new WeakMap<FrozenQuestion, Map<string, ReadonlySet<string>>>()

function textsPicked({ question, answer }: Seen): ReadonlySet<string> {
  const known = pickedBefore.get(question) ?? new Map<string, ReadonlySet<string>>()
  pickedBefore.set(question, known)
  const key = answer.join('\n')
  let picked = known.get(key)
  if (!picked) {
    const options = 'options' in question ? question.options : []
    picked = new Set(options.filter(({ id }) => answer.includes(id)).map(({ text }) => text))
    known.set(key, picked)
  }
  return picked
}
