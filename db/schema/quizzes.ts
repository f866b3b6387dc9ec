import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { FrozenQuestion, Answers } from '../../src/quizzes/marking.ts'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** One person's go at a quiz: the questions with their key as they stood, the answers, the score. */
export const attempt = pgTable(
  'attempt',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** A module's id, or `guides/<guide>` for a guide's check. */
    quiz: text().notNull(),
    number: integer().notNull(),
    questions: jsonb().$type<FrozenQuestion[]>().notNull(),
    answers: jsonb().$type<Answers>().notNull().default({}),
    /** Per cent needed, as it stood when the attempt began. */
    passMark: integer().notNull(),
    startedAt: moment().notNull().defaultNow(),
    submittedAt: moment(),
    score: integer(),
    outOf: integer().notNull(),
    passed: boolean(),
  },
  table => [
    uniqueIndex('attempt_number').on(table.personId, table.quiz, table.number),
    uniqueIndex('attempt_open')
      .on(table.personId, table.quiz)
      .where(sql`${table.submittedAt} is null`),
    index('attempt_passed')
      .on(table.personId, table.quiz)
      .where(sql`${table.passed}`),
  ],
)
