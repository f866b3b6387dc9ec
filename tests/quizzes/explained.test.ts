import { expect, test } from 'vitest'
import { choice, type Choice } from '../../src/quizzes/questions/choice.ts'
import { numeric, type Numeric } from '../../src/quizzes/questions/numeric.ts'
import { questionSchema } from '../../src/quizzes/questions/question.ts'

const single = (more: object, feedback?: string) =>
  questionSchema.safeParse({
    ...{ id: 'a', kind: 'single', stem: 'Which?' },
    options: [{ text: 'This', correct: true, feedback }, { text: 'That' }],
    ...more,
  })

test('a question that explains nothing is a mistake, unless its author owns up to it', () => {
  expect(single({}).success).toBe(false)
  expect(single({}, 'Because.').success).toBe(false)
  expect(single({ unexplained: true }).success).toBe(true)
  expect(single({ feedback: 'Because.' }).success).toBe(true)
  expect(single({}).error?.issues[0]?.message).toContain('unexplained: true')
})

test('what a choice explains in general is told to who has it right, or may see the key', () => {
  const question = single({ feedback: 'In general.' }, 'Yes.').data as Choice
  expect(choice.said(question, ['a'], false)).toEqual(['Yes.', 'In general.'])
  expect(choice.said(question, ['b'], false)).toEqual([])
  expect(choice.said(question, ['b'], true)).toEqual(['Yes.', 'In general.'])
})

test('a statement may say something else to who has it wrong', () => {
  const question = questionSchema.parse({
    ...{ id: 'a', kind: 'true-false', stem: 'So.', answer: true },
    ...{ feedback: 'Because.', otherwise: 'Look again.' },
  }) as Choice
  expect(choice.said(question, ['false'], false)).toEqual(['Look again.'])
  expect(choice.said(question, ['true'], false)).toEqual(['Because.'])
})

test('a number may have words for whoever gave it', () => {
  const question = questionSchema.parse({
    ...{ id: 'a', kind: 'number', stem: 'How many?', feedback: 'Eight.', otherwise: 'Count again.' },
    accept: [{ value: 8 }, { value: 7, credit: '50%', feedback: 'Nearly.' }],
  }) as Numeric
  expect(numeric.said(question, ['7'], false)).toEqual(['Nearly.'])
  expect(numeric.said(question, ['3'], false)).toEqual(['Count again.'])
  expect(numeric.said(question, ['8'], false)).toEqual(['Eight.'])
})
