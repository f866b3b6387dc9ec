import type { Words } from '../words.ts'

/** A line of what a badge takes, and whether the other version has it as well. */
export interface Line {
  text: string
  differs: boolean
  parts: Line[]
}

/** Two versions in words, line by line, with those marked that stand in one of them alone. */
export function differing(one: Words, other: Words): { one: Line; other: Line } {
  return { one: marked(one, linesOf(other)), other: marked(other, linesOf(one)) }
}

/** How often each line stands there, whatever group it stands in. */
function linesOf(words: Words, lines = new Map<string, number>()): Map<string, number> {
  lines.set(words.text, (lines.get(words.text) ?? 0) + 1)
  for (const part of words.parts) linesOf(part, lines)
  return lines
}

function marked({ text, parts }: Words, others: Map<string, number>): Line {
  const left = others.get(text) ?? 0
  others.set(text, left - 1)
  return { text, differs: left <= 0, parts: parts.map(part => marked(part, others)) }
}
