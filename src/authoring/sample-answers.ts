import { type Question, kindOf } from '../quizzes/questions/question.ts'

/** An answer that earns all. */
export const rightAnswer = (question: Question): readonly string[] => kindOf(question).key(question)

/** An answer that does not, to show what is said to it. */
export function wrongAnswer(question: Question): readonly string[] {
  const right = rightAnswer(question)
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return [question.options.find(({ id }) => !right.includes(id))?.id ?? '']
    case 'text':
    case 'number':
      return ['42']
    case 'matching':
    case 'ordering':
    case 'gaps':
      return [...right.slice(1), ...right.slice(0, 1)]
    case 'chat':
      return right.map(() => 'b')
  }
}
