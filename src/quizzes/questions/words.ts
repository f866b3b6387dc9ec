import { z } from 'zod'
import { line, markdown } from '../../authoring/text.ts'
import { creditField } from './kind.ts'

/** How closely typed words are to match: as they are, whether the case of letters matters, whether accents do. */
export type Closeness = { readonly matchCase: boolean; readonly matchAccents: boolean }

/** Words that earn something, `*` standing for any, even none. */
export type Accepted = {
  readonly text: string
  /** From 0 to 1. */
  readonly credit: number
  /** Markdown. */
  readonly feedback: string | undefined
}

export const acceptedSchema = z
  .union(
    [
      line(120),
      z.strictObject({
        text: line(120).describe('the words, `*` for any'),
        credit: creditField.describe('what they earn, such as `50%`; all where left out'),
        feedback: markdown(600).optional().describe('what to say to whoever gave them'),
      }),
    ],
    { error: 'is no answer\nWrite the words, or `{ text: …, credit: 50% }`.' },
  )
  .transform((written): Accepted =>
    typeof written === 'string'
      ? { text: written, credit: 1, feedback: undefined }
      : { ...written, feedback: written.feedback },
  )

export const closenessFields = {
  'match-case': z.boolean().default(false).describe('true where small and capital letters differ'),
  'match-accents': z.boolean().default(false).describe('true where é and e differ'),
}

export const acceptedField = z.array(acceptedSchema).min(1).max(20).describe('the words that are right')

/** At least one answer has to earn everything. @returns what is amiss, as `problem\nremedy` */
export const noFullCredit = (accepted: readonly Accepted[]): string | undefined =>
  accepted.some(({ credit }) => credit === 1)
    ? undefined
    : 'has no answer that earns all of it\nAdd one without `credit`.'

/** Which of the accepted words these are, the one that earns most; undefined where none. */
export function matching(
  typed: string,
  accepted: readonly Accepted[],
  closeness: Closeness,
): Accepted | undefined {
  const given = plain(typed, closeness)
  return accepted
    .toSorted((a, b) => b.credit - a.credit)
    .find(({ text }) => matchesPattern(given, plain(text, closeness)))
}

/** In one form of Unicode, without spaces around or doubled, typographic quotes and dashes as plain ones. */
export function plain(text: string, { matchCase, matchAccents }: Closeness): string {
  const even = text
    .normalize('NFKC')
    .replace(/[‘’‛]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐‑–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
  const cased = matchCase ? even : even.toLocaleLowerCase('en')
  return matchAccents ? cased : cased.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
}

/** Whether `text` is what `pattern` says, `*` standing for any signs: in time that grows with their product at most. */
export function matchesPattern(text: string, pattern: string): boolean {
  let [at, inPattern, star, resume] = [0, 0, -1, 0]
  while (at < text.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++
      resume = at
    } else if (pattern[inPattern] === text[at]) {
      at++
      inPattern++
    } else if (star >= 0) {
      inPattern = star + 1
      at = ++resume
    } else return false
  }
  while (pattern[inPattern] === '*') inPattern++
  return inPattern === pattern.length
}

/** What an author would call the answer: the first that earns all, without the stars. */
export const keyInWords = (accepted: readonly Accepted[]): string =>
  (accepted.find(({ credit }) => credit === 1)?.text ?? '').replaceAll('*', '').trim()
