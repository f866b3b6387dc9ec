import { questionsSchema } from '../../src/quizzes/questions/question.ts'

/** A question of each kind, as an author writes it; what must not be seen before it is answered says KEY. */
export const written = [
  {
    id: 'one',
    kind: 'single',
    stem: 'Which line leaves room?',
    hints: [
      { text: 'Think of a door.', cost: '25%' },
      { text: 'An open one.', cost: '50%' },
    ],
    options: [
      { text: 'A question that opens', correct: true, feedback: 'KEY: it opens.' },
      { text: 'A question that closes', feedback: 'KEY: it closes.' },
    ],
  },
  {
    id: 'several',
    kind: 'multiple',
    stem: 'Which of these calm a room?',
    options: [
      { text: 'Slowing down', correct: true, feedback: 'KEY: slow.' },
      { text: 'Naming what one sees', correct: true, feedback: 'KEY: naming.' },
      { text: 'Capital letters', feedback: 'KEY: loud.' },
    ],
  },
  {
    id: 'statement',
    kind: 'true-false',
    stem: 'Silence is always bad.',
    answer: false,
    feedback: 'KEY: never.',
  },
  {
    id: 'typed',
    kind: 'text',
    stem: 'What do we call the steps from a reminder to removal?',
    accept: ['warning ladder', { text: '*ladder', credit: '50%', feedback: 'KEY: which one?' }],
    feedback: 'KEY: the warning ladder.',
    otherwise: 'It has rungs.',
  },
  {
    id: 'count',
    kind: 'number',
    stem: 'How long does a claim last?',
    accept: [{ value: 15, tolerance: 0.5 }],
    unit: ['minutes', 'min'],
    feedback: 'KEY: a quarter of an hour.',
  },
  {
    id: 'pairs',
    kind: 'matching',
    stem: 'Who does what?',
    pairs: [
      { prompt: 'Moderator', match: 'keeps the room safe' },
      { prompt: 'Mentor', match: 'answers reflections' },
    ],
    others: ['pays the bills'],
    feedback: 'KEY: safe and answers.',
  },
  {
    id: 'steps',
    kind: 'ordering',
    stem: 'Put the warning ladder in order.',
    items: ['A reminder', 'A private warning', 'A time-out', 'Removal'],
    feedback: 'KEY: from gentle to firm.',
  },
  {
    id: 'gapped',
    kind: 'gaps',
    stem: 'Fill the gaps.',
    text: 'First you [1], then you [2].',
    gaps: [{ accept: ['listen'] }, { options: ['ask', 'advise', 'leave'], correct: 'ask' }],
    feedback: 'KEY: listen, then ask.',
  },
  {
    id: 'scene',
    kind: 'chat',
    stem: 'You look after a quiet room.',
    turns: {
      opening: {
        says: [{ moss: 'hi. long day' }],
        choices: [
          {
            text: '“Hi @moss. Long how?”',
            points: 3,
            then: [{ moss: 'work' }],
            coaching: 'KEY: you asked.',
            next: 'second',
          },
          { text: 'Say nothing', points: 1, coaching: 'KEY: nobody answered.', next: 'second' },
          {
            text: '“Cheer up!”',
            points: 0,
            then: [{ room: 'moss has left.' }],
            coaching: 'KEY: it shuts a door.',
          },
        ],
      },
      second: {
        says: [{ room: 'A minute goes by.' }],
        choices: [
          { text: 'Wait with them', points: 3, coaching: 'KEY: you stayed.' },
          { text: 'Change the topic', points: 1, coaching: 'KEY: too soon.' },
        ],
      },
    },
  },
] as const

export const allKinds = questionsSchema.parse(structuredClone(written))
