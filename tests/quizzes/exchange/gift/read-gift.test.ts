import { expect, test } from 'vitest'
import { readGift } from '../../../../src/quizzes/exchange/gift/read-gift.ts'
import { gift } from '../samples.ts'
import { drafts, lineOf, lines, noPictures, parts } from '../told.ts'

test('the examples of GIFT’s documentation come in, each as the kind it is', () => {
  const reading = readGift(gift, noPictures)
  const tags = ['presidents']
  expect(drafts(reading)).toEqual([
    {
      kind: 'single',
      stem: "Who's buried in Grant's tomb?",
      options: [{ text: 'Grant' }, { text: 'Jefferson' }, { text: 'no one', correct: true }],
      tags: ['open-questions', 'presidents'],
      unexplained: true,
    },
    {
      kind: 'gaps',
      stem: 'Fill in the gap.',
      text: "Grant is [1] in Grant's tomb.",
      gaps: [{ options: ['buried', 'entombed', 'living'], correct: 'entombed' }],
      tags,
      unexplained: true,
    },
    {
      kind: 'true-false',
      stem: "Grant is buried in Grant's tomb.",
      answer: false,
      otherwise: 'No one is buried there.',
      'when-right': 'Right: entombed.',
      feedback: 'It is a riddle.',
      tags,
    },
    {
      kind: 'gaps',
      stem: 'Fill in the gap.',
      text: 'Two plus two equals [1].',
      gaps: [{ accept: ['four', '4', { text: 'five', credit: '50%', feedback: 'Close.' }] }],
      tags,
      unexplained: true,
    },
    {
      kind: 'matching',
      stem: 'Match the following countries with their capitals.',
      pairs: [
        { prompt: 'Canada', match: 'Ottawa' },
        { prompt: 'Italy', match: 'Rome' },
        { prompt: 'Japan', match: 'Tokyo' },
      ],
      others: ['Paris'],
      tags,
      unexplained: true,
    },
    {
      kind: 'number',
      stem: 'What is the value of pi (to 3 decimal places)?',
      accept: [{ value: 3.1415, tolerance: 0.0005 }],
      tags,
      unexplained: true,
    },
    {
      kind: 'number',
      stem: 'When was Ulysses S. Grant born?',
      accept: [
        { value: 1822, feedback: 'Correct! 100% credit' },
        {
          value: 1822,
          tolerance: 2,
          credit: '50%',
          feedback: 'He was born in 1822. You get 50% credit for being close.',
        },
      ],
      otherwise: 'Look it up.',
      tags,
      unexplained: true,
    },
    {
      kind: 'multiple',
      stem: "What two people are entombed in Grant's tomb?",
      options: [
        { text: 'No one' },
        { text: 'Grant', correct: true },
        { text: "Grant's wife", correct: true },
        { text: "Grant's father" },
      ],
      tags,
      unexplained: true,
    },
    {
      kind: 'single',
      stem: 'Which **answer** equals 5?',
      options: [{ text: '= 2 + 2' }, { text: '= 2 + 3', correct: true }, { text: '= 2 + 4' }],
      tags,
      unexplained: true,
    },
    {
      kind: 'single',
      stem: 'Jesus Christ was from \\_\\_\\_\\_\\_ .',
      options: [
        { text: 'Jerusalem', feedback: 'This was an important city, but the wrong answer.' },
        { text: 'Bethlehem', feedback: 'He was born here, but not raised here.' },
        { text: 'Nazareth', correct: true, feedback: "Yes! That's right!" },
      ],
      tags,
    },
  ])
  expect(parts(reading)).toEqual([
    ['Home', 'an option that earned a part, or cost something, earn nothing here'],
  ])
  expect(lines(reading)).toEqual([
    [lineOf(gift, 'Tell us'), expect.stringContaining('one’s own words')],
    [lineOf(gift, 'nineteenth'), expect.stringContaining('asks nothing')],
    [lineOf(gift, 'Broken'), expect.stringContaining('braces don’t match')],
  ])
})
