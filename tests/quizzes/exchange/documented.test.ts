import { expect, test } from 'vitest'
import { readAiken } from '../../../src/quizzes/exchange/aiken.ts'
import { readGift } from '../../../src/quizzes/exchange/gift/read-gift.ts'
import { readMoodleXml } from '../../../src/quizzes/exchange/moodle-xml/read-moodle-xml.ts'
import { readQti3 } from '../../../src/quizzes/exchange/qti3/read-qti3.ts'
import type { Reading } from '../../../src/quizzes/exchange/reading.ts'
import { aiken, gift, moodleXml, qti3 } from './samples.ts'

const noPictures = () => false
const drafts = ({ found }: Reading) => found.map(({ draft }) => draft)
const lines = ({ skipped }: Reading) => skipped.map(({ line, reason }) => [line, reason])
const parts = ({ found }: Reading) => found.flatMap(one => one.parts.map(({ reason }) => [one.name, reason]))

/** The line on which these words stand, from 1. */
const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split('\n').length

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

test('the kinds of Moodle XML come in, their HTML as Markdown, their weights as credit', () => {
  const reading = readMoodleXml(moodleXml, noPictures)
  const tags = ['rules']
  expect(drafts(reading)).toEqual([
    {
      ...{
        kind: 'single',
        stem: 'What do you **say**?\\\nChoose one of these:\n\n- softly\n- at once',
        feedback: 'Hello is enough.',
      },
      ...{
        points: 2,
        hints: [{ text: 'What would you like to hear?', cost: '50%' }],
        tags: ['first-words', 'rules'],
      },
      options: [{ text: 'Hello & welcome', correct: true, feedback: 'It is kind.' }, { text: 'Nothing' }],
    },
    {
      kind: 'true-false',
      stem: 'A welcome can be short.',
      answer: true,
      'when-right': 'Yes.',
      otherwise: 'It can.',
      tags,
      unexplained: true,
    },
    {
      kind: 'text',
      stem: 'What do we call it?',
      'match-case': true,
      accept: ['Safe*', { text: 'calm', credit: '50%', feedback: 'Nearly.' }],
      otherwise: 'Look again.',
      tags,
      unexplained: true,
    },
    {
      kind: 'number',
      stem: 'How many weeks?',
      accept: [{ value: 8, tolerance: 0.5 }],
      unit: ['weeks'],
      tags,
      unexplained: true,
    },
    {
      kind: 'matching',
      stem: 'Who does what?',
      pairs: [
        { prompt: 'Leads', match: 'Moderator' },
        { prompt: 'Teaches', match: 'Mentor' },
      ],
      others: ['Nobody'],
      tags,
      unexplained: true,
    },
    {
      kind: 'ordering',
      stem: 'Put them in order.',
      items: ['Ask', 'Warn', 'Remove'],
      tags,
      unexplained: true,
    },
    {
      kind: 'gaps',
      stem: 'Fill in the gaps.',
      text: 'San Francisco: [1]\nThe capital of France is [2].',
      gaps: [
        { options: ['California', 'Arizona'], correct: 'California' },
        {
          accept: [
            { text: 'Paris', feedback: 'Congratulations!' },
            { text: 'Marseille', credit: '50%', feedback: 'No.' },
          ],
        },
      ],
      tags,
      unexplained: true,
    },
    {
      kind: 'gaps',
      stem: 'Choose the missing words.',
      text: 'The [1] sat on the [2].',
      gaps: [
        { options: ['cat', 'dog'], correct: 'cat' },
        { options: ['mat', 'cap'], correct: 'mat' },
      ],
      tags,
      unexplained: true,
    },
  ])
  expect(parts(reading)).toEqual([
    ['Greeting', 'its feedback for any incorrect answer is left out'],
    ['Cities', 'what is said to single words to choose is left out'],
    ['Cities', 'what a gap says to any other answer is left out'],
  ])
  expect(lines(reading)).toEqual([
    [
      lineOf(moodleXml, 'Flag'),
      expect.stringContaining("a picture that is not on this site ('@@PLUGINFILE@@/flag.png')"),
    ],
    [lineOf(moodleXml, 'Tell us'), expect.stringContaining('one’s own words')],
    [lineOf(moodleXml, 'Look at'), 'it asks nothing'],
  ])
})

test('a picture comes in where the site has it and it says what it shows', () => {
  const pictured = moodleXml.replaceAll('@@PLUGINFILE@@', '/pictures')
  const reading = readMoodleXml(pictured, address => address === '/pictures/flag.png')
  expect(drafts(reading).map(({ stem }) => stem)).toContain('Whose flag is ![A flag](/pictures/flag.png)?')
  expect(lines(readMoodleXml(pictured.replace(' alt="A flag"', ''), () => true))[0]![1]).toContain(
    'without words',
  )
})

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
