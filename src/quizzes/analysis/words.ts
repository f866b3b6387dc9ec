import { renderAuthored } from '../../authoring/markdown.ts'
import { enough, type Figure, tells } from './enough.ts'
import type { Times } from './of-question.ts'

/** `63%`. */
export const percent = (share: number): string => `${Math.round(share * 100)}%`

/** `0.41`, `−0.08`. */
export const decimal = (value: number): string => {
  const text = Math.abs(value).toFixed(2)
  return value < 0 && Number(text) > 0 ? `−${text}` : text
}

/** `1 person`, `1,204 people`. */
export const counted = (count: number, one: string, several: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : several}`

/** A share, or why there is none. */
export const shareInWords = (figure: Figure): string =>
  tells(figure, 'share') ? percent(figure.value!) : without(figure)

/** A correlation or coefficient, or why there is none. */
export const coefficientInWords = (figure: Figure): string =>
  tells(figure, 'correlation') ? decimal(figure.value!) : without(figure)

/** What is said where nothing stands out: from too few nothing can. */
export const nothingIn = (facility: Figure): string =>
  tells(facility, 'share') ? 'nothing' : without(facility)

/** Why nothing can be said of a question yet. */
export const tooFewInWords = ({ people }: Figure): string =>
  people === 0
    ? 'nobody has been asked it yet'
    : `${counted(people, 'answer', 'answers')} so far: too few to say anything`

const without = ({ value, people }: Figure): string =>
  people === 0
    ? 'nobody yet'
    : value === null && people >= enough.correlation
      ? 'not to be had'
      : 'too few to say'

/** `40 s`, `2 min 5 s`, `1 h 4 min`. */
export function secondsInWords(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
  const hours = Math.floor(minutes / 60)
  return `${hours.toLocaleString('en-GB')} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`
}

/** The median, or why there is none. */
export const timeInWords = ({ people, quartiles }: Times): string =>
  people === 0
    ? 'not measured'
    : people < enough.share || quartiles === null
      ? 'too few to say'
      : secondsInWords(quartiles[1])

/** `half between 20 s and 1 min`, from the quartiles; nothing where there is no median. */
export const middleHalf = ({ people, quartiles }: Times): string | null =>
  people < enough.share || quartiles === null
    ? null
    : `half between ${secondsInWords(quartiles[0])} and ${secondsInWords(quartiles[2])}`

/** How easy a question is, by its facility index; the bounds are those of Moodle's documentation, made fewer. */
export function easeInWords(facility: number): string {
  if (facility >= 0.95) return 'very easy'
  if (facility >= 0.8) return 'easy'
  if (facility >= 0.5) return 'fairly easy'
  if (facility > 0.25) return 'hard'
  return 'very hard'
}

/** What a discrimination says, by R. L. Ebel's and D. A. Frisbie's bounds (1991, "Essentials of Educational Measurement"). */
export function discriminationInWords(value: number): string {
  if (value < 0) return 'the wrong way round'
  if (value < 0.2) return 'weak'
  if (value < 0.3) return 'fair'
  if (value < 0.4) return 'good'
  return 'very good'
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** What an author wrote, Markdown, as words in one line: to be escaped where it is shown. */
export const inOneLine = (markdown: string): string =>
  renderAuthored(markdown)
    .replace(/<\/?(?:p|li|ul|ol|br|hr|h\d|pre|blockquote|table|t[rdh])\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#x([0-9a-f]{1,6})|(amp|lt|gt|quot));/gi, (_, hex: string | undefined, name: string) =>
      hex ? String.fromCodePoint(parseInt(hex, 16)) : entities[name.toLowerCase()]!,
    )
    .replace(/\s+/g, ' ')
    .trim()
