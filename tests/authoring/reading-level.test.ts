import { expect, test } from 'vitest'
import { readingLevel } from '../../src/authoring/reading-level.ts'

test('the abstract of Coleman and Liau’s own paper comes out at their 14.5', () => {
  // The worked example of the formula: 639 letters, 119 words and 5 sentences, so L = 537 and S = 4.20.
  const abstract =
    'Existing computer programs that measure readability are based largely upon subroutines which estimate number of syllables, usually by counting vowels. ' +
    'The shortcoming in estimating syllables is that it necessitates keypunching the prose into the computer. ' +
    'There is no need to estimate syllables since word length in letters is a better predictor of readability than word length in syllables. ' +
    'Therefore, a new readability formula was computed that has for its predictors letters per 100 words and sentences per 100 words. ' +
    'Both predictors can be counted by an optical scanning device, and thus the formula makes it economically feasible for an organization such as the U.S. Office of Education to calibrate the readability of all textbooks for the public school system.'
  expect(readingLevel([abstract])).toBeCloseTo(14.5, 1)
})

test('a hundred words of four letters in sentences of ten are grade 4.76, by hand', () => {
  const sentence = `${'Word '.repeat(9)}word. `
  // 0.0588 · 400 − 0.296 · 10 − 15.8
  expect(readingLevel([sentence.repeat(10)])).toBeCloseTo(4.76, 6)
})

test('a block ends a sentence, and full stops within numbers and short forms end none', () => {
  const words = 'word '.repeat(49).trim()
  const two = readingLevel([`${words} last`, `${words} last`])
  expect(readingLevel([`${words} last. ${words.replace('word', 'Word')} last.`])).toBeCloseTo(two!, 6)
  expect(readingLevel([`${words} 3.5 e.g. U.S. ${words}`])).toBe(readingLevel([`${words} 35 eg US ${words}`]))
})

test('what is too short to be judged is not', () => {
  expect(readingLevel(['Hello there.'])).toBeUndefined()
  expect(readingLevel([])).toBeUndefined()
})
