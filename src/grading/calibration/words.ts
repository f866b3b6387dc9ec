import { begin } from '../../layout/begin.ts'
import type { Compared, ComparedLevel, Lean, Outcome } from './comparing.ts'
import type { Why } from './rounds.ts'

/** What one may make of a reflection. */
export const outcomeWords: Record<Outcome, { title: string; help: string }> = {
  return: { title: 'Return it', help: 'It needs another try, and you would say what to change.' },
  pass: { title: 'Pass', help: 'It does what the question asks, with room to grow.' },
  distinction: { title: 'Pass with distinction', help: 'Others could learn from it.' },
}

const small = ['no', 'one', 'two', 'three', 'four', 'five']
const inWords = (count: number) => small[count] ?? String(count)

/** "The same as the reference", "One step higher than the reference, which is near enough". */
export function stepsInWords({ steps, agrees }: Pick<ComparedLevel, 'steps' | 'agrees'>): string {
  if (steps === 0) return 'The same as the reference'
  const count = inWords(Math.abs(steps))
  const words = `${count} ${Math.abs(steps) === 1 ? 'step' : 'steps'} ${steps > 0 ? 'higher' : 'lower'} than the reference`
  return begin(agrees ? `${words}, which is near enough` : words)
}

/** "3 of 4 alike". */
export const alike = ({ agreed, of }: Pick<Compared, 'agreed' | 'of'>) => `${agreed} of ${of} alike`

/** How a mentor leans on a criterion, or nothing: from a quarter of a step on, it is worth a word. */
export function leanInWords({ steps }: Pick<Lean, 'steps'>): string {
  if (Math.abs(steps) < 0.25) return ''
  const much = Math.abs(steps) < 0.75 ? 'a little ' : ''
  return `On the whole ${much}${steps > 0 ? 'more generous' : 'stricter'} than the reference.`
}

/** Why a round is on. */
export const whyWords: Record<Why, string> = {
  new: 'You begin here: these come before live work in this course.',
  again: 'Once more: read the reasons of the last round, and then each reflection afresh.',
  drift:
    'Your marks and those of others have moved apart a little, which happens to everybody. This tunes them again.',
}
