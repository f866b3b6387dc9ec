import type { FrozenQuestion } from '../../src/quizzes/marking.ts'
import { isChoice } from './answering.ts'

/** The feedback of these questions that stands in a page, each shortened to a part that no escaping changes. */
export const feedbackIn = (html: string, questions: readonly FrozenQuestion[]): string[] =>
  questions
    .filter(isChoice)
    .flatMap(({ options }) => options.map(({ feedback }) => longestPlainPart(feedback ?? '')))
    .filter(words => html.includes(words))

const longestPlainPart = (text: string) =>
  text.split(/[^a-z ,]/i).reduce((longest, part) => (part.length > longest.length ? part : longest), '')
