/**
 * Text as it is compared: case, accents' forms, apostrophes and whatever stands between words do not matter, and lines
 * that quote somebody else are left out, for they are not the writer's own.
 */
const plain = (text: string): string =>
  text
    .replaceAll(/^ {0,3}>.*$/gm, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’‘ʼ`´]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Whether a text holds one of these phrases: its words in this order, whatever stands around them. */
export function mayBeInCrisis(text: string, phrases: readonly string[]): boolean {
  const words = ` ${plain(text)} `
  return words !== '  ' && phrases.some(phrase => words.includes(` ${plain(phrase)} `))
}
