import bidiFactory from 'bidi-js'
import { fontFor, type Weight } from './fonts.ts'

/** A stretch of text in one font and one direction, in the order in which it is drawn from left to right. */
export interface Run {
  text: string
  font: string
}

const bidi = bidiFactory()

/**
 * Text as it is drawn: letters that no font has are left out, and what reads from right to left stands where the
 * Unicode Bidirectional Algorithm (UAX 9) puts it. Within a run, letters are in the order in which they are read.
 */
export function runsOf(text: string, weight: Weight): Run[] {
  const known = Array.from(text.normalize('NFC')).filter(letter => letter === ' ' || fontFor(letter, weight))
  const written = known.join('').trim().replaceAll(/ +/g, ' ')
  const { levels } = bidi.getEmbeddingLevels(written)
  const runs: (Run & { level: number })[] = []
  let at = 0
  for (const letter of written) {
    const level = levels[at] ?? 0
    const last = runs.at(-1)
    const font = letter === ' ' && last ? last.font : (fontFor(letter, weight) ?? fontFor('a', weight)!)
    if (last?.font === font && last.level === level) last.text += letter
    else runs.push({ text: letter, font, level })
    at += letter.length
  }
  return inVisualOrder(runs)
}

/** UAX 9, rule L2: from the highest level down, whatever is at least that high is turned around. */
function inVisualOrder(runs: (Run & { level: number })[]): Run[] {
  const ordered = [...runs]
  for (let level = Math.max(0, ...runs.map(run => run.level)); level > 0; level--) {
    for (let from = 0; from < ordered.length; from++) {
      let to = from
      while (to < ordered.length && ordered[to]!.level >= level) to++
      if (to - from > 1) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse())
      from = Math.max(from, to - 1)
    }
  }
  return ordered
}
