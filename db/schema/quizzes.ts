import { sql } from 'drizzle-orm'
import { boolean, doublePrecision, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Answers, FrozenQuestion, HintsShown } from '../../src/quizzes/marking.ts'
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
    /** How many hints of each question were shown. */
    hints: jsonb().$type<HintsShown>().notNull().default({}),
    /** Per cent needed, as it stood when the attempt began. */
    passMark: integer().notNull(),
    startedAt: moment().notNull().defaultNow(),
    submittedAt: moment(),
    /** Points, of which partly right answers earn a share. */
    score: doublePrecision(),
    outOf: doublePrecision().notNull(),
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
