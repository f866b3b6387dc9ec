/** A text with words put in, and where the cursor goes after them. */
export interface Inserted {
  /** What goes in place of what was selected. */
  piece: string
  /** The whole text. */
  text: string
}

/**
 * Puts words into a text in place of what is selected: as a paragraph of their own after what stands there, or with a
 * space where they come into the middle of a line.
 */
export function inserted(text: string, from: number, to: number, words: string): Inserted {
  const before = text.slice(0, from)
  const after = text.slice(to)
  const piece = gapAfter(before, after) + words + (/^\S/.test(after) ? ' ' : '')
  return { piece, text: before + piece + after }
}

function gapAfter(before: string, after: string): string {
  if (before.trim() === '' || before.endsWith('\n\n')) return ''
  if (after.trim() !== '') return /\s$/.test(before) ? '' : ' '
  return before.endsWith('\n') ? '\n' : '\n\n'
}

/** The same at the end of a text. */
export const appended = (text: string, words: string): string =>
  inserted(text.trimEnd(), text.trimEnd().length, text.trimEnd().length, words).text
