import { stringify } from 'yaml'

/** Two courses and a bank of these tests' own: one of quizzes, one of modules that are only to be read. */
export const quizCourse = 'evening-quizzes'
export const course = 'evening-rooms'

type Statement = { id: string; stem: string; answer: boolean; tags?: string[]; difficulty?: string }

const asked = ({ id, stem, ...rest }: Statement) => ({
  ...{ id, kind: 'true-false', stem, ...rest },
  feedback: 'Talk it over with your mentor.',
})

/** Four that the first section of a quiz may draw, and others: of another tag, and of another difficulty. */
export const bank: readonly Statement[] = [
  ...[
    'A welcome can be one line.',
    'Silence is allowed.',
    'A name is enough.',
    'Late comers are welcome.',
  ].map((stem, n) => ({
    id: `fits-${n}`,
    stem,
    answer: true,
    tags: ['opening', 'tone'],
    difficulty: 'easy',
  })),
  { id: 'hard', stem: 'Too hard to be drawn.', answer: true, tags: ['opening'], difficulty: 'hard' },
  { id: 'other', stem: 'Of another tag.', answer: true, tags: ['closing'], difficulty: 'easy' },
]

/** The second section: three that each try asks. */
export const deeds: readonly Statement[] = ['You stay.', 'You read along.', 'You say goodbye.'].map(
  (stem, n) => ({ id: `deed-${n}`, stem, answer: true }),
)

const timed = {
  'pass-mark': 100,
  'time-limit': '10 minutes',
  questions: [asked({ id: 'one', stem: 'You may ask for more time.', answer: true })],
}

const inSections = {
  'pass-mark': 50,
  sections: [
    {
      ...{ title: 'Opening a room', 'pass-mark': 100 },
      from: [{ bank: 'welcomes', draw: 2, tags: ['opening'], difficulty: 'easy' }],
    },
    { title: 'Being there', questions: deeds.map(asked) },
  ],
}

/** A quiz whose first key was wrong until it was mended. */
const keyed = (right: 'hello' | 'wait') => ({
  'pass-mark': 100,
  questions: [
    {
      ...{ id: 'first-words', kind: 'single', stem: 'Somebody new comes in. What do you do?' },
      options: [
        { text: 'Say hello.', ...(right === 'hello' && { correct: true }), feedback: 'It is kind.' },
        { text: 'Wait.', ...(right === 'wait' && { correct: true }), feedback: 'They may leave.' },
      ],
    },
    asked({ id: 'second', stem: 'Reading along is taking part.', answer: true }),
  ],
})

type Frontmatter = Readonly<Record<string, unknown>>

const module = (title: string, more: Frontmatter = {}) => `---
${stringify({ title, summary: 'What one can do after it.', minutes: 5, ...more })}---

## Hello

Somebody comes in and says nothing. Say hello to them.
`

/** A module that is only to answer its question. */
const toAnswer = (title: string, more: Frontmatter = {}) =>
  module(title, {
    completion: ['reflected'],
    reflection: { question: 'When were you welcomed?', rubric: 'practice-reflection' },
    ...more,
  })

const toRead = (title: string, more: Frontmatter = {}) => module(title, { completion: ['read'], ...more })

const ofQuizzes = {
  'course.yaml': stringify({ title: 'Evening quizzes', summary: 'Quizzes of an evening.', order: 8 }),
  '01-against-the-clock.mdx': module('Against the clock'),
  '02-in-two-parts.mdx': module('In two parts'),
  '03-a-wrong-key.mdx': module('A wrong key'),
  '04-another-wrong-key.mdx': module('Another wrong key'),
  'quizzes/against-the-clock.yaml': stringify(timed),
  'quizzes/in-two-parts.yaml': stringify(inSections),
  'quizzes/a-wrong-key.yaml': stringify(keyed('wait')),
  'quizzes/another-wrong-key.yaml': stringify(keyed('wait')),
}

const ofRooms = {
  'course.yaml': stringify({ title: 'Evening rooms', summary: 'Rooms of an evening.', order: 9 }),
  '01-kept.mdx': toRead('Kept'),
  '02-refreshed.mdx': toRead('Refreshed'),
  '03-done-again.mdx': toRead('Done again'),
  '04-answered-again.mdx': toAnswer('Answered again'),
}

/** Files by their path in the content folder. */
type Files = Readonly<Record<string, string>>

const under = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`courses/${folder}/${path}`, text]))

/** As people take it first. */
export const before: Files = {
  ...under(quizCourse, ofQuizzes),
  ...under(course, ofRooms),
  'banks/welcomes.yaml': stringify({ title: 'Welcomes', questions: bank.map(asked) }),
}

const today = new Date().toISOString().slice(0, 10)

/** What an author tells of each change. */
export const changes = {
  keep: 'Two words are other words.',
  refresh: 'The ladder has a new step.',
  redo: 'It is written anew.',
}

const revision = (asks: keyof typeof changes, more: Frontmatter = {}) => ({
  version: 2,
  revisions: [{ version: 2, on: today, changed: changes[asks], asks, ...more }],
})

/** What its authors change then: keys are mended, pages revised, and a module comes in. */
export const after: Files = {
  ...under(quizCourse, {
    'quizzes/a-wrong-key.yaml': stringify(keyed('hello')),
    'quizzes/another-wrong-key.yaml': stringify(keyed('hello')),
  }),
  ...under(course, {
    '01-kept.mdx': toRead('Kept', revision('keep')),
    '02-refreshed.mdx': toRead('Refreshed', revision('refresh', { by: '4 weeks' })),
    '03-done-again.mdx': toRead('Done again', revision('redo', { again: ['read'] })),
    '04-answered-again.mdx': toAnswer('Answered again', revision('redo', { again: ['reflection'] })),
    '05-added.mdx': toRead('Added'),
  }),
}
