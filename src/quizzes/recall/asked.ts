import { randomFrom } from '../questions/kind.ts'
import { kindOf, type Question } from '../questions/question.ts'
import type { Quiz } from '../quiz.ts'

/**
 * A question as a person is asked it for the `number`th time: where options may stand in any order it is another one
 * each time, and the same for whoever looks again.
 */
export const askedAs = (
  quiz: Pick<Quiz, 'id' | 'shuffle'>,
  question: Question,
  person: { id: number },
  number: number,
): Question =>
  quiz.shuffle
    ? kindOf(question).shuffled(question, randomFrom(`${person.id} ${quiz.id} ${question.id} ${number}`))
    : question
