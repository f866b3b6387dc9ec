import { expect, test } from 'vitest'
import { readAiken } from '../../../src/quizzes/exchange/aiken.ts'
import { aiken } from './samples.ts'
import { drafts, lines } from './told.ts'

test('the examples of Aiken’s documentation come in, and each question without a key says where it stands', () => {
  const reading = readAiken(aiken)
  expect(
    drafts(reading).map(draft => [
      draft.stem,
      'options' in draft && draft.options.findIndex(one => one.correct),
    ]),
  ).toEqual([
    ['What is the correct answer to this question?', 3],
    ['Which LMS has the most quiz import formats?', 0],
  ])
  expect(lines(reading)).toEqual([
    [14, 'it has no line that begins with `ANSWER:`'],
    [18, "its answer 'E' is none of its options"],
  ])
})
