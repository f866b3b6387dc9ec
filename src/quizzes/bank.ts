import { z } from 'zod'
import { line } from '../authoring/text.ts'
import type { Difficulty } from './questions/kind.ts'
import { type Question, questionsSchema } from './questions/question.ts'

/** `content/banks/<bank>.yaml`: questions that quizzes draw from, by tag and difficulty. */
export const bankSchema = z.strictObject({
  title: line(80).describe('what its questions are about'),
  questions: questionsSchema.describe('the questions'),
})

export type Bank = {
  readonly id: string
  readonly title: string
  /** Named `<bank>--<question>`, so that no other question is called the same. */
  readonly questions: readonly Question[]
}

export const asBank = (id: string, { title, questions }: z.output<typeof bankSchema>): Bank => ({
  ...{ id, title },
  questions: questions.map(question => ({ ...question, id: `${id}--${question.id}` })),
})

/** Which questions of a bank are wanted: those with each of these tags, of this difficulty. */
export interface Wanted {
  tags?: readonly string[] | undefined
  difficulty?: Difficulty | undefined
}

export const fitting = <Q extends Pick<Question, 'tags' | 'difficulty'>>(
  questions: readonly Q[],
  { tags = [], difficulty }: Wanted,
): Q[] =>
  questions.filter(
    question =>
      tags.every(tag => question.tags?.includes(tag)) &&
      (difficulty === undefined || question.difficulty === difficulty),
  )
