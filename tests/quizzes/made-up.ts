import fc from 'fast-check'
import { content } from '../../src/authoring/content.ts'
import type { Content } from '../../src/authoring/content.ts'
import type { Choice } from '../../src/quizzes/questions/choice.ts'
import { asCheck, type Quiz } from '../../src/quizzes/quiz.ts'

const letters = ['a', 'b', 'c', 'd', 'e']

/** A question whose feedback says KEY, so that a page that gives it away is caught. */
export const question = (id: string, kind: Choice['kind'], right: string, count = 4): Choice => ({
  id,
  kind,
  stem: `What about ${id}?`,
  options: letters.slice(0, count).map(option => ({
    id: option,
    text: `Option ${option} of ${id}`,
    correct: right.includes(option),
    feedback: `KEY of ${id}, ${option}`,
  })),
})

/** A quiz of one part that draws so many of these questions. */
export const quizOf = (
  id: string,
  { questions, draw, ...rules }: Pick<Quiz, 'questions' | 'draw'> & Partial<Quiz>,
): Quiz => ({
  ...asCheck('', []),
  ...{ id, passMark: 80, questions, draw },
  sections: [{ title: undefined, passMark: undefined, pools: [{ questions, draw }] }],
  ...rules,
})

const base = {
  draw: 2,
  questions: [question('first', 'single', 'b'), question('second', 'multiple', 'ac')],
}

/** A quiz of the first module, and content that has it in place of the one written. */
export function madeUp(changes: Partial<Quiz> = {}): { quiz: Quiz; content: Content } {
  const quiz = quizOf('introduction-to-group-support/what-group-support-is', { ...base, ...changes })
  const real = content()
  const module = { ...real.module(quiz.id)!, quiz }
  return {
    quiz,
    content: {
      ...real,
      quiz: id => (id === quiz.id ? quiz : real.quiz(id)),
      module: id => (id === quiz.id ? module : real.module(id)),
    },
  }
}

/** Any sound question called `id`. */
const anyQuestion = (id: string): fc.Arbitrary<Choice> =>
  fc
    .record({
      kind: fc.constantFrom('single', 'multiple'),
      count: fc.integer({ min: 3, max: 5 }),
      right: fc.subarray(['a', 'b'], { minLength: 1 }),
    })
    .map(({ kind, count, right }) =>
      question(id, kind, kind === 'single' ? right[0]! : right.join(''), count),
    )

/** Questions and a draw from them, with a pass mark. */
export const anyQuiz = fc.integer({ min: 1, max: 8 }).chain(count =>
  fc.record({
    questions: fc.tuple(...Array.from({ length: count }, (_, index) => anyQuestion(`q${index}`))),
    draw: fc.integer({ min: 1, max: count }),
    passMark: fc.integer({ min: 1, max: 100 }),
  }),
)
