import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Answers, FrozenQuestion, HintsShown } from '../../src/quizzes/marking.ts'
import type { FrozenRules } from '../../src/quizzes/drawing.ts'
import type { Spent } from '../../src/quizzes/time-spent.ts'
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
    /** Its sections, and what may be shown of it, as they stood when it began; null for one part, shown as is usual. */
    rules: jsonb().$type<FrozenRules>(),
    /** Whether it counts towards having passed: not where a later one counts in its place. */
    counts: boolean().notNull().default(true),
    /** Until when answers are taken; null where time is not limited. */
    endsAt: moment(),
    startedAt: moment().notNull().defaultNow(),
    /** When an answer last changed. */
    savedAt: moment(),
    /** Seconds for each question, as `timeSpent` tells them. */
    spent: jsonb().$type<Spent>().notNull().default({}),
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
      .where(sql`${table.passed} and ${table.counts}`),
    index('attempt_ends')
      .on(table.endsAt)
      .where(sql`${table.submittedAt} is null`),
    index('attempt_submitted')
      .on(table.quiz, table.submittedAt, table.number)
      .where(sql`${table.submittedAt} is not null`),
  ],
)

/** That a person has more time than others in every quiz that limits it. */
export const extraTime = pgTable(
  'extra_time',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** Per cent of the time that others have, on top of it. */
    percent: integer().notNull(),
    reason: text().notNull(),
    byId: reference()
      .notNull()
      .references(() => person.id),
    at: moment().notNull().defaultNow(),
    endedAt: moment(),
    endedById: reference().references(() => person.id),
  },
  table => [
    check('extra_time_some', sql`${table.percent} between 1 and 400`),
    uniqueIndex('extra_time_current')
      .on(table.personId)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** That a quiz was marked anew, because a key had been wrong: who said so, why, and what it changed. */
export const remarking = pgTable(
  'remarking',
  {
    id: identity(),
    quiz: text().notNull(),
    reason: text().notNull(),
    /** Ids of the questions whose key or marking had changed. */
    questions: jsonb().$type<string[]>().notNull(),
    /** Whoever had passed keeps that, whatever the new mark says. */
    keepsPasses: boolean().notNull(),
    byId: reference()
      .notNull()
      .references(() => person.id),
    at: moment().notNull().defaultNow(),
  },
  table => [index('remarking_quiz').on(table.quiz, table.id)],
)

/** Both marks of an attempt that was marked anew; the attempt itself has the new one. */
export const remark = pgTable(
  'remark',
  {
    remarkingId: reference()
      .notNull()
      .references(() => remarking.id),
    attemptId: reference()
      .notNull()
      .references(() => attempt.id),
    /** The questions that changed, as they stood before. */
    questionsBefore: jsonb().$type<FrozenQuestion[]>().notNull(),
    scoreBefore: doublePrecision().notNull(),
    passedBefore: boolean().notNull(),
    score: doublePrecision().notNull(),
    passed: boolean().notNull(),
  },
  table => [
    primaryKey({ columns: [table.remarkingId, table.attemptId] }),
    index('remark_attempt').on(table.attemptId),
  ],
)
