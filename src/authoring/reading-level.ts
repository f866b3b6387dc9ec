/**
 * The grade that a lesson or a guide may ask of its readers where it says nothing else: the youngest of them are
 * thirteen.
 */
export const usualLevel = 8

/** Shorter texts than this many words say too little: the formula counts by the hundred. */
const leastWords = 100

/**
 * The school grade (years of school in the United States) at which a text is read with ease, by Coleman and Liau's
 * index: 0.0588 L - 0.296 S - 15.8, where L is the letters and S the sentences in 100 words. It counts letters and not
 * syllables, which no rule counts rightly in English, so it gives every machine the same answer.
 * M. Coleman and T. L. Liau, "A computer readability formula designed for machine scoring", Journal of Applied
 * Psychology 60 (1975), 283-284.
 * @param blocks paragraphs, headings and items of lists, each of which ends a sentence
 * @returns undefined for what is too short to be judged
 */
export function readingLevel(blocks: readonly string[]): number | undefined {
  let [letters, words, sentences] = [0, 0, 0]
  for (const block of blocks) {
    const own = block.match(word) ?? []
    if (own.length === 0) continue
    words += own.length
    letters += own.reduce((sum, one) => sum + (one.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0)
    sentences += Math.max(1, block.match(endOfSentence)?.length ?? 0)
  }
  if (words < leastWords) return undefined
  return 0.0588 * ((letters / words) * 100) - 0.296 * ((sentences / words) * 100) - 15.8
}

const word = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}'’.-]*[\p{L}\p{N}])?/gu

/** A full stop within `3.5`, `e.g.` or `U.S.` ends nothing: what follows has to begin anew. */
const endOfSentence = /(?<!\b\p{Lu}(?=\.))[.!?…]+["'”’)\]]*(?=\s+["'“‘([]*[\p{Lu}\p{N}]|\s*$)/gu
