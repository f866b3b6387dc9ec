import { didYouMean, list } from '../../authoring/nearest.ts'
import { Refusal } from './reading.ts'
import { nameFrom } from './tags.ts'

/**
 * Which section of a quiz is meant, by its place in the file; null of a quiz that has none. It is named by its title, or
 * by that in small letters and hyphens.
 * @throws Refusal, with the sections there are, where none is named, or another, or one of two that are called the same
 */
export function sectionMeant(
  titles: readonly string[] | undefined,
  wanted: string | undefined,
): number | null {
  if (!titles) {
    if (wanted === undefined) return null
    throw new Refusal('the quiz has no sections', 'Leave out `--section`.')
  }
  if (wanted === undefined)
    throw new Refusal(
      `the quiz has sections, and none is named: ${list(titles)}`,
      'Say which the questions go into, as by `--section "…"` with its title.',
    )
  const meant = called(titles, wanted)
  if (meant.length === 1) return meant[0]!
  if (meant.length > 1)
    throw new Refusal(
      `${meant.length} sections of the quiz are called '${titles[meant[0]!]}'`,
      'Give each its own title in the quiz file, and try again.',
    )
  const near = didYouMean(wanted, titles)
  throw new Refusal(
    `the quiz has no section '${wanted.slice(0, 80)}': there is ${list(titles)}`,
    near?.startsWith('Did') ? near : 'Name one of them by its title.',
  )
}

/** The places of the sections of this title; else of those that are called so but for signs, accents and capitals. */
function called(titles: readonly string[], wanted: string): number[] {
  const places = (fits: (title: string) => boolean) =>
    titles.flatMap((title, place) => (fits(title) ? [place] : []))
  const exactly = places(title => title === wanted.trim())
  const name = nameFrom(wanted, 80)
  return exactly.length > 0 || name === '' ? exactly : places(title => nameFrom(title, 80) === name)
}
