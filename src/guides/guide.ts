import { z } from 'zod'
import { checkVersions, type Versioned, versionFields } from '../authoring/revisions.ts'
import type { Heading } from '../authoring/lesson.ts'
import { draftField, line, readingLevelField } from '../authoring/text.ts'
import { questionsSchema } from '../quizzes/questions/question.ts'
import type { Quiz } from '../quizzes/quiz.ts'

/** What guides are about, in the order in which the list shows them. */
export const topics = [
  'Welcoming',
  'Listening',
  'Keeping rooms safe',
  'Crisis',
  'Leading sessions',
  'Looking after yourself',
] as const

export type Topic = (typeof topics)[number]

/** Whom guides are for, in the order in which people come to them. */
export const levels = ['starting out', 'some practice', 'for leaders'] as const

export type Level = (typeof levels)[number]

/** The frontmatter of `content/guides/<guide>.mdx`. */
export const guideSchema = z
  .strictObject({
    title: line(80).describe("the guide's name"),
    summary: line(160).describe('one plain sentence: what it helps with'),
    topic: z.enum(topics).describe('what it is about'),
    level: z.enum(levels).default('starting out').describe('whom it is for'),
    minutes: z.int().min(1).max(60).describe('honest reading time in minutes'),
    check: questionsSchema
      .max(10)
      .refine(questions => questions.every(({ kind }) => kind !== 'chat'), {
        error: 'has a scene in it\nA scene is played turn by turn: put it into a quiz.',
      })
      .describe('a few questions on understanding; passing them completes the guide'),
    ...versionFields(['keep', 'refresh']),
    draft: draftField,
    'reading-level': readingLevelField,
  })
  .superRefine(checkVersions)

export type Guide = Versioned & {
  /** `giving-a-warning` */
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly topic: Topic
  readonly level: Level
  readonly minutes: number
  /** Passing it completes the guide. */
  readonly check: Quiz
  /** It is being written still: only mentors and admins see it. */
  readonly draft: boolean
  readonly words: number
  readonly headings: readonly Heading[]
  /** The guide as it was written, MDX and all. */
  readonly text: string
}

/** By topic, then by title: the order in which guides are listed. */
export const inListOrder = (guides: readonly Guide[]): Guide[] =>
  guides.toSorted((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic) || (a.title < b.title ? -1 : 1))
