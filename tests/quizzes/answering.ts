import type { Answers, FrozenQuestion } from '../../src/quizzes/marking.ts'
import type { Choice } from '../../src/quizzes/questions/choice.ts'
import { kindOf } from '../../src/quizzes/questions/question.ts'

/** Whether a question has options to choose from. */
export const isChoice = (question: FrozenQuestion): question is Choice => 'options' in question

/** What is right. */
export const rightAnswers = (questions: readonly FrozenQuestion[]): Answers =>
  Object.fromEntries(questions.map(question => [question.id, kindOf(question).key(question)]))

/** Of questions with options all the wrong ones; nothing of the others. */
export const wrongAnswers = (questions: readonly FrozenQuestion[]): Answers =>
  Object.fromEntries(
    questions
      .filter(isChoice)
      .map(({ id, options }) => [id, options.filter(({ correct }) => !correct).map(option => option.id)]),
  )
