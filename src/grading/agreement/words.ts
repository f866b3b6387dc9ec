import type { Agreement, Estimate, Measure } from './agreement.ts'
import { fewest, type Interval } from './bootstrap.ts'

/** What a figure is called, and what it says, for somebody who never met it. */
export const measureWords: Record<Measure, { title: string; says: string }> = {
  exact: { title: 'The same level', says: 'How often both chose the very same level.' },
  adjacent: {
    title: 'The same or the next',
    says: 'How often the two levels were the same or next to each other. With three levels this is nearly always so.',
  },
  kappa: {
    title: 'Weighted kappa',
    says: 'How far two markers agree beyond what luck would bring: 0 is luck alone, 1 is always the same, and two levels apart counts four times as much as one.',
  },
  alpha: {
    title: 'Krippendorff’s alpha',
    says: 'The same question asked another way, as if any mentor might have been the first or the second.',
  },
}

/**
 * Words for a kappa, from the least that each begins at. J. R. Landis and G. G. Koch (1977), "The Measurement of
 * Observer Agreement for Categorical Data", Biometrics 33, who call their divisions "clearly arbitrary".
 */
export const bands = [
  { from: 0, word: 'slight' },
  { from: 0.2, word: 'fair' },
  { from: 0.4, word: 'moderate' },
  { from: 0.6, word: 'substantial' },
  { from: 0.8, word: 'almost perfect' },
] as const

/** The word for a kappa of two decimals; one on a border belongs to the lower band, as in the source. */
export function bandOf(value: number): string {
  const shown = Math.round(value * 100) / 100
  return shown < 0 ? 'poor' : (bands.findLast(({ from }) => shown > from)?.word ?? 'slight')
}

const isPart = (measure: Measure) => measure === 'exact' || measure === 'adjacent'
const percent = (value: number) => `${Math.round(value * 100)}%`
/** Two decimals, and a minus sign that is one. */
export const decimal = (value: number) =>
  value
    .toFixed(2)
    .replace(/^-0\.00$/, '0.00')
    .replace('-', '−')

/** "71%" or "0.63"; what to say where there is no such figure. */
export function valueInWords(measure: Measure, { tries, [measure]: { value } }: Agreement): string {
  if (tries === 0) return 'No pairs yet'
  if (value === null) return 'Can’t be told'
  return isPart(measure) ? percent(value) : decimal(value)
}

/** "62% to 79%"; why there is none, where there is none. */
export function intervalInWords(
  measure: Measure,
  { tries, [measure]: { value, interval } }: Agreement,
): string {
  if (tries > 0 && value === null) return 'all the same level'
  return between(interval, isPart(measure) ? percent : decimal, tries)
}

/**
 * Whether an interval says anything: where all tries are alike, so are all samples of them, and the interval has no
 * width however few they are.
 */
export const tells = (interval: Interval | null): interval is Interval =>
  interval !== null && interval[1] - interval[0] > 1e-9

/** From where to where, or why that can't be said. */
function between(interval: Interval | null, say: (value: number) => string, tries: number): string {
  if (tells(interval)) return `${say(interval[0])} to ${say(interval[1])}`
  return tries < fewest ? 'too few to say' : 'can’t be told'
}

/** Levels with their sign, of which neither is better: "0.25 higher". */
export const stepsInWords = (value: number): string => {
  const size = decimal(Math.abs(value))
  return size === '0.00' ? 'level with others' : `${size} ${value > 0 ? 'higher' : 'lower'}`
}

/** "+0.25" or "−0.25", in levels. */
export const signed = (value: number): string =>
  decimal(value) === '0.00' ? '0.00' : `${value > 0 ? '+' : ''}${decimal(value)}`

/** "−0.12 to +0.31". */
export const stepsBetween = ({ interval }: Estimate, tries: number): string =>
  between(interval, signed, tries)

/** What a severity means, in a sentence about `whose` levels ("Your", "Their"). */
export function severityInWords(whose: string, { value, interval }: Estimate, tries: number): string {
  if (value === null) return 'No reflection has been marked twice yet.'
  if (!interval)
    return `${tries === 1 ? 'One reflection says' : `${tries} reflections say`} too little yet to tell anybody’s ways from chance.`
  if (interval[0] <= 0 && interval[1] >= 0)
    return `${whose} levels lie neither clearly above nor clearly below those of the other marker.`
  const side = value > 0 ? 'above' : 'below'
  const oneIn = Math.max(1, Math.round(1 / Math.abs(value)))
  return `${whose} levels lie ${side} the other marker’s by ${decimal(Math.abs(value))} of a level on average${
    oneIn === 1
      ? ''
      : `: as if about one criterion in ${oneIn} were a level ${value > 0 ? 'higher' : 'lower'}`
  }.`
}
