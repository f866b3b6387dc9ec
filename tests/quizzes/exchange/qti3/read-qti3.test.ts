import { expect, test } from 'vitest'
import { readQti3 } from '../../../../src/quizzes/exchange/qti3/read-qti3.ts'
import { qti3 } from '../samples.ts'
import { drafts, lines, noPictures, parts } from '../told.ts'

test.each([
  [
    'several',
    {
      kind: 'multiple',
      stem: 'Which of the following elements are used to form water?',
      whole: true,
      options: [{ text: 'Hydrogen', correct: true }, { text: 'Helium' }, { text: 'Oxygen', correct: true }],
      unexplained: true,
    },
  ],
  [
    'truth',
    {
      kind: 'true-false',
      stem: 'Freud and Jung both belong to the psychoanalytic school.',
      answer: true,
      'when-right': 'They do.',
      otherwise: 'They do, _both_.',
      unexplained: true,
    },
  ],
  [
    'inline',
    {
      kind: 'gaps',
      stem: 'Identify the missing word.',
      text: 'Now is the winter of our discontent\nMade glorious summer by this sun of [1];',
      gaps: [{ options: ['Gloucester', 'York'], correct: 'York' }],
      unexplained: true,
    },
  ],
  [
    'match',
    {
      kind: 'matching',
      stem: 'Match the characters to the plays:',
      pairs: [
        { prompt: 'Capulet', match: 'Romeo and Juliet' },
        { prompt: 'Demetrius', match: 'A Midsummer-Night’s Dream' },
        { prompt: 'Prospero', match: 'The Tempest' },
      ],
      unexplained: true,
    },
  ],
  [
    'order',
    {
      kind: 'ordering',
      stem: 'These drivers finished on the podium.\n\nRearrange them.',
      items: ['Schumacher', 'Barrichello', 'Button'],
      unexplained: true,
    },
  ],
  [
    'entry',
    {
      kind: 'text',
      stem: 'Which city is meant?',
      accept: ['York', { text: 'Yorkshire', credit: '50%' }],
      unexplained: true,
    },
  ],
] as const)('1EdTech’s example of QTI 3 comes in: %s', (name, draft) => {
  const reading = readQti3(qti3[name], noPictures)
  expect(reading.skipped).toEqual([])
  expect(drafts(reading)).toEqual([draft])
})

test('what QTI asks otherwise than we do is told, and an interaction we don’t have is refused by its name', () => {
  expect(parts(readQti3(qti3.match, noPictures))).toEqual([['Match Example', 'its pairs count alike']])
  expect(parts(readQti3(qti3.order, noPictures))).toEqual([
    ['Order Interaction Example', 'neighbours in the right order earn a part'],
  ])
  expect(lines(readQti3(qti3.slider, noPictures))).toEqual([[5, 'a slider interaction is not known here']])
})
